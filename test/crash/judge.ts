import { isDeepStrictEqual } from 'node:util';
import { JournalError } from '../../src/journal/errors.ts';
import { type Reading, readJournal } from '../../src/journal/journal.ts';
import { listRuns } from '../../src/journal/runs.ts';
import type { Intent } from '../../src/model/event.ts';
import type { Ledger, LedgerRequest } from '../../src/simulator/organization/state.ts';
import { describe } from './organization.ts';
import type { Ended, Rig } from './rig.ts';
import type { Finding } from './tally.ts';

/** The journals of a state folder, and what is wrong with those that do not read. */
export async function journalsIn(
  home: string,
): Promise<{ readonly readings: readonly Reading[]; readonly findings: readonly Finding[] }> {
  const readings: Reading[] = [];
  try {
    for (const { folder } of await listRuns(home)) readings.push(await readJournal(folder));
    return { readings, findings: [] };
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return { readings, findings: [{ is: 'invalid', says: error.message }] };
  }
}

const isWrite = ({ operation }: Pick<LedgerRequest, 'operation'>): boolean =>
  !/:(Get|List|Describe|Simulate)/.test(operation);
/** Run and attempt, which a change names in its user agent. */
export const markIn = (userAgent: string): string | undefined =>
  / md\/run#(\S+ md\/act#\S+)/.exec(userAgent)?.[1];
export const markFor = (run: string, { attempt }: Intent): string =>
  `${run} md/act#${attempt.replace(/[^A-Za-z0-9._-]+/g, '-')}`;

/**
 * What holds at every moment, also right after a kill: every change that AWS was asked for has an intent on disk that
 * names it, and each intent was sent at most once.
 */
function unintended({ requests }: Ledger, journals: readonly Reading[]): readonly Finding[] {
  const findings: Finding[] = [];
  const intents = new Map(
    journals.flatMap(({ header, events }) =>
      events.flatMap((event) => (event.type === 'intended' ? [[markFor(header.run, event), event]] : [])),
    ) as readonly (readonly [string, Intent])[],
  );
  const seen = new Set<string>();
  for (const row of requests.filter(isWrite)) {
    const mark = markIn(row.userAgent);
    const intent = mark === undefined ? undefined : intents.get(mark);
    const what = `request ${row.n}, ${row.operation} (${mark ?? 'unmarked'})`;
    const stranger = row.account !== '' && row.account !== intent?.account; // '': it did not come as far
    if (!intent || intent.call.operation !== row.operation || stranger)
      findings.push({ is: 'unrecorded', says: `${what} has no intent in the journal` });
    else if (seen.has(mark ?? ''))
      findings.push({ is: 'duplicated', says: `${what}: its intent was sent before` });
    seen.add(mark ?? '');
  }
  return findings;
}

/** Nothing takes effect twice, where nobody else undoes it in between. */
function secondEffects({ effects }: Ledger): readonly Finding[] {
  const keys = effects.map(({ key }) => key);
  return keys
    .filter((one, index) => keys.indexOf(one) < index)
    .map((key) => ({ is: 'duplicated', says: `a second effect: ${key}` }));
}

/** Judges a rig in which nothing runs just now. `alone`: no other administrator changes the same things. */
export async function judge(rig: Rig, alone = true): Promise<readonly Finding[]> {
  const { readings, findings } = await journalsIn(rig.home);
  // What cannot be read says nothing of what was sent.
  if (findings.length > 0) return findings;
  const ledger = await rig.ledger();
  return [...unintended(ledger, readings), ...(alone ? secondEffects(ledger) : [])];
}

/**
 * Judges a rig whose last start should have finished the run, and closes it. `wanted`: what `describe` says of the
 * organization after an undisturbed run; an undisturbed run itself has none.
 */
export async function judgeEnd(rig: Rig, last: Ended, wanted?: object): Promise<readonly Finding[]> {
  const findings = [...(await judge(rig))];
  await rig.close();
  if (last.code !== 0)
    findings.push({
      is: 'wrong',
      says: `the last start ended with ${last.code ?? last.signal}: ${last.err}`,
    });
  if (wanted !== undefined && !isDeepStrictEqual(describe(await rig.organization()), wanted))
    findings.push({ is: 'wrong', says: 'the organization is not as an undisturbed run leaves it' });
  const { readings } = await journalsIn(rig.home);
  if (readings.length !== 1) findings.push({ is: 'wrong', says: `there are ${readings.length} runs` });
  for (const { torn } of readings)
    if (torn > 0) findings.push({ is: 'invalid', says: `${torn} torn bytes were left in the journal` });
  const { code, out, err } = await rig.start(['audit', 'export', '--format', 'jsonl']).ended;
  const lines = out.split('\n').filter(Boolean).length;
  if (code !== 0 || err !== '' || lines !== readings.at(-1)?.events.length)
    findings.push({ is: 'invalid', says: `audit export ended with ${code} and ${lines} lines: ${err}` });
  return findings;
}

/** 1 where the last change of a run was begun and is not known to have ended, else 0. */
export async function openIn(home: string): Promise<number> {
  const { readings } = await journalsIn(home);
  const last = readings.at(-1)?.events.findLast(({ type }) => type === 'intended' || type === 'ended');
  return last?.type === 'intended' ? 1 : 0;
}
