import { actorName } from '../model/identity.ts';
import { type Ahead, type ChangeAhead, countAhead } from '../model/progress/ahead.ts';
import type { Run } from '../model/run.ts';
import { formatCount } from '../model/text/format-count.ts';

/** So many calls of one confirmation are named: the others are counted. */
const named = 3;

/** What is ahead of a run, for whoever reads lines. */
export const aheadLines = (ahead: Ahead, run: Run): readonly string[] =>
  aheadRows(ahead, run).map(({ lead, says }) => `${lead}${says}`);

interface Row {
  readonly lead: string; // what stands before it: rows that follow are indented by as much
  readonly says: string;
}
/** What is ahead of a run: how many changes, each in words, and whose credentials they take. */
export function aheadRows(ahead: Ahead, run: Run): readonly Row[] {
  const { changes, possible, exact, actors, made, way } = ahead;
  if (changes.length + possible.length === 0) return [];
  const each =
    way === 'undo'
      ? 'Each is shown, and confirmed by typing a name.'
      : `Each is shown and confirmed first.${exact ? '' : ' What AWS has already is not made again.'}`;
  return [
    row('', `${capital(countAhead(ahead))}. ${each}`),
    ...changes.flatMap((one, n) => [
      row(
        `  ${made + n + 1}  `,
        `${describeAhead(one)} (${actorName(one.actor)}${one.risk === 'dangerous' ? ', with care' : ''})`,
      ),
      ...one.later.map((text) => row('       ', `known only later: ${text}`)),
    ]),
    ...(possible.length === 0 ? [] : [row('', 'Only in some runs:')]),
    ...byCondition(possible).map(([needed, all]) =>
      row('  ›  ', `${capital(needed)}: ${all.map(describeAhead).join('; ')}`),
    ),
    ...(actors.length === 0
      ? []
      : [row('', `Credentials you need: ${actors.map((actor) => who(run, actor)).join(', then ')}`)]),
  ];
}

const row = (lead: string, says: string): Row => ({ lead, says });

/** What comes under the same condition is told together: the condition once, and first. */
function byCondition(
  possible: readonly ChangeAhead[],
): readonly (readonly [string, readonly ChangeAhead[]])[] {
  const found = new Map<string, ChangeAhead[]>();
  for (const one of possible) {
    const needed = one.needed ?? '';
    found.set(needed, [...(found.get(needed) ?? []), one]);
  }
  return [...found];
}

/** A confirmation in words: of many calls the first few. */
function describeAhead({ says, each }: ChangeAhead): string {
  const rest = says.length - named;
  const all = `${says.slice(0, named).join('; ')}${rest > 0 ? `; and ${formatCount(rest)} more` : ''}`;
  return each === undefined ? all : `${all}: ${each}`;
}

function who({ binding, identities, names }: Run, actor: Ahead['actors'][number]): string {
  const account = binding.accounts?.[actor] ?? identities[actor]?.account;
  const name = account === undefined ? undefined : names[account];
  if (account === undefined) return `${actorName(actor)} (not chosen yet)`;
  return `${actorName(actor)} ${name === undefined ? account : `${name} (${account})`}`;
}
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
