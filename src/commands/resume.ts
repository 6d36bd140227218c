import { basename, dirname, join } from 'node:path';
import type { Header } from '../journal/format.ts';
import { type Handed, readHandoff } from '../journal/handoff.ts';
import { importJournal, type Relation, relationTo } from '../journal/import.ts';
import { openJournal, readJournal } from '../journal/journal.ts';
import type { Handoff, News } from '../model/event.ts';
import type { Told } from '../model/exchange/exchange.ts';
import { memberAccountIn } from '../model/identity.ts';
import { parkedIn } from '../model/progress/handoff.ts';
import { describeHolder, holdersOf } from '../model/progress/holders.ts';
import { leftToUndo } from '../model/progress/undoing.ts';
import { foldRun, type Run } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import type { Environment } from '../model/text/environment.ts';
import { asCommand, neutral, type Own } from '../model/text/own-commands.ts';
import { shellWord } from '../model/text/shell.ts';
import { unreachable } from '../model/text/unreachable.ts';
import { askedSections, doneSections, type Section, sectionLines } from '../report/handoff.ts';
import type { There } from './demo.ts';
import { guided } from './guided.ts';
import type { Authority } from './process/authorizing.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { print } from './process/output.ts';
import { operator, program } from './process/program.ts';
import { needTerminal } from './process/terminal.ts';
import { run as unattendedRun } from './run.ts';
import { ofAnother } from './runs/other-runbook.ts';
import { placeNow } from './runs/place-now.ts';
import { firstStep, putOne } from './runs/reclaim-handoff.ts';
import { folderOf, nameOf, type Place } from './runs/runs.ts';
import { scenarioNamed } from './runs/scenario-named.ts';
import { scenarioOf, withSummary } from './simulating.ts';
import { refuseUnknownSteps } from './unattended/keeping.ts';
import type { Consent } from './unattended/operator.ts';
import { readAnswers } from './unattended/read-answers.ts';

export interface ResumeOptions extends Consent {
  readonly runbook: Runbook;
  readonly home: string;
  readonly env: Environment;
  readonly file: string;
  readonly answers?: string; // the file: without a terminal, in plain lines
  readonly pollInterval?: number;
  readonly changeTimeout?: number;
  readonly rateLimit?: number;
  readonly answered?: Told; // of every answer of AWS
  readonly timeout?: number; // milliseconds for a credential_process
  readonly simulate?: string | true; // the scenario: it has to be a demo's run
  readonly own?: Own; // this program's own commands, as they are typed here
  readonly authority?: Authority; // under what it is done
}

/**
 * Goes on with a run that was handed off: verifies the file, shows what was done and what is asked, and once that is
 * accepted brings the journal into this state folder. Throws `CliError` and `JournalError`.
 */
export async function resume(options: ResumeOptions): Promise<ExitCode> {
  const { runbook, home, env, file, answers, simulate, own = neutral, ...consent } = options;
  refuseUnknownSteps(options.keep ?? [], runbook);
  const handed = await readHandoff(file);
  const foreign = ofAnother(runbook, handed.contents.header.run, handed.contents.events);
  if (foreign) throw foreign;
  if (answers === undefined) needTerminal('resume');
  const { header } = handed.contents;
  if (simulate !== undefined) refuseReal(header, scenarioOf(simulate));
  const named = answers === undefined ? [] : Object.values((await readAnswers(answers, runbook)).profiles);
  if (!header.simulated)
    refuseElsewhere(header.endpoint, await placeNow(env, named.length > 0 ? named : undefined));
  const folder = folderOf(home, header.run);
  const relation = await relationTo(folder, handed);
  const found = judge(relation, handed, home, own);
  if (found.is === 'refused') {
    await told(folder, relation, found.news);
    throw found.why;
  }
  if (found.is === 'take') {
    if (!(await accepted(handed, found.remarks, options))) return exitCodes.parked;
    if (header.simulated) {
      const { keepOrganization } = await import('./runs/simulated-organization.ts');
      await keepOrganization(home, header, handed.organization);
    }
    const { by: from } = givenIn(handed.run);
    await importJournal(folder, handed, {
      type: 'took-over',
      handoff: handed.handoff,
      by: operator(),
      program,
      from,
    });
  } else {
    await told(folder, relation, found.news);
    if (!(await read(handed, relation, found.remarks, options))) return exitCodes.parked;
  }
  // What is being taken back is taken back further.
  const here = foldRun((await readJournal(folder)).events, runbook);
  const undo = leftToUndo(runbook.steps, here).length > 0;
  const lead = ({ place, env, changed }: Pick<There, 'place' | 'env'> & Partial<There>): Promise<ExitCode> =>
    answers === undefined
      ? guided({
          ...{ runbook, home, env, place, run: header.run, undo },
          ...defined({ changed, answered: options.answered, own: options.own, authority: options.authority }),
        })
      : unattendedRun({ ...consent, own, runbook, home, env, place, run: header.run, undo, answers });
  if (!header.simulated) return lead({ env, place: { endpoint: header.endpoint, simulated: false } });
  const { inOrganization } = await import('./demo.ts');
  const delegate = memberAccountIn(handed.run.binding);
  const scenario = scenarioNamed(header.scenario ?? 'fresh');
  return inOrganization({ home, env, scenario, ...defined({ delegate }) }, (there, ledger) =>
    simulate === undefined ? lead(there) : withSummary(ledger, { own, env }, () => lead(there)),
  );
}

/** A rehearsal never goes on with a run that was begun at AWS. Throws `CliError`. */
function refuseReal({ run, simulated, endpoint, scenario }: Header, wanted: string): void {
  const named = scenario ?? 'fresh';
  if (simulated && named === wanted) return;
  throw new CliError(
    exitCodes.prerequisite,
    simulated
      ? `Run ${run} was begun in the scenario ${named}, and not in ${wanted}. Nothing was changed.`
      : `Run ${run} was begun at ${nameOf(endpoint)}: it is no rehearsal. Nothing was changed.`,
    simulated ? `Resume it there: --simulate ${named}.` : 'Resume it without --simulate.',
  );
}

function refuseElsewhere(begun: string, { endpoint }: Place): void {
  if (begun === endpoint) return;
  throw new CliError(
    exitCodes.prerequisite,
    `The run in this file was begun at ${nameOf(begun)}, and the endpoint now is ${nameOf(endpoint)}. A run continues only where it began. Nothing was changed.`,
    begun === 'aws'
      ? 'Take the endpoint away (AWS_ENDPOINT_URL, endpoint_url in the profile).'
      : `If you know that endpoint: AWS_ENDPOINT_URL=${begun}.`,
  );
}

/** What to do with a file, by the journal that is here. */
type Found =
  | { readonly is: 'take'; readonly remarks: readonly string[] }
  | { readonly is: 'go-on'; readonly remarks: readonly string[]; readonly news: News | undefined }
  | { readonly is: 'refused'; readonly why: CliError; readonly news: News | undefined };

function judge(relation: Relation, { handoff, contents, file }: Handed, home: string, own = neutral): Found {
  const { run } = contents.header;
  switch (relation.is) {
    case 'none':
      return { is: 'take', remarks: [] };
    case 'older': {
      const given = parkedIn(relation.contents.events);
      const remark = given
        ? `This run was handed off from here (${given.id}), and comes back: what was done elsewhere is added to the journal here.`
        : 'An older copy of this run is here. It is brought up to date from the file.';
      return { is: 'take', remarks: [remark] };
    }
    case 'same':
      return {
        is: 'go-on',
        remarks: [`Run ${run} was handed off from here. Continuing it here reclaims it.`],
        news: undefined,
      };
    case 'ahead': {
      const later = relation.contents.events.slice(contents.events.length);
      const [next] = later;
      const at = new Date(next?.at ?? 0).toISOString();
      const who = next && 'by' in next ? next.by : 'somebody';
      const said =
        next?.type === 'reclaimed'
          ? `This hand-off was reclaimed here by ${who}, ${at}: the file is out of date.`
          : `This hand-off was taken over here already, by ${who}, ${at}.`;
      const isParked = parkedIn(relation.contents.events) !== undefined;
      return {
        is: 'go-on',
        remarks: [`${said} The run here is further along than the file, and continues as it is.`],
        news: isParked ? undefined : { type: 'resumed-again', handoff, by: operator() },
      };
    }
    case 'forked': {
      const { events } = relation.contents;
      const [who, elsewhere] = [events, contents.events].map((history) => {
        const holder = holdersOf(history).findLast(({ event }) => event <= relation.at);
        return holder ? describeHolder(holder) : 'somebody';
      }) as [string, string];
      const from = events.slice(0, relation.at).findLast((event) => event.type === 'handed-off');
      const isParked = parkedIn(events) !== undefined;
      const why = new CliError(
        exitCodes.journal,
        `Run ${run} continued twice from one hand-off${from?.type === 'handed-off' ? ` (${from.handoff})` : ''}: here by ${who}; in the file by ${elsewhere}. Two histories cannot become one, and nothing was taken from the file.`,
        `Agree on one of the two. Either one checks AWS before it sends anything, and makes nothing twice. If it is the one here: ${own(asCommand('cw-runbook'))}. If it is the file’s: it opens in a state folder of its own, beside this history: ${asCommand(`CW_RUNBOOK_HOME=${shellWord(join(dirname(home), `${basename(home)}-${run.slice(-6)}`))} cw-runbook resume ${shellWord(file)}`)}, and every later command with that folder, too. To read it only: ${asCommand(`cw-runbook audit export --file ${shellWord(file)}`)}.`,
      );
      const told = events.some((event) => event.type === 'forked' && event.handoff === handoff);
      return {
        is: 'refused',
        why,
        news: isParked || told ? undefined : { type: 'forked', handoff, by: operator(), elsewhere },
      };
    }
    default:
      return unreachable(relation);
  }
}

/** Writes down in the journal here that a file of it was opened. One that is handed off stays as it is. */
async function told(folder: string, { is }: Relation, news: News | undefined): Promise<void> {
  if (news === undefined || is === 'none') return;
  const journal = await openJournal(folder);
  try {
    await journal.append(news);
  } finally {
    await journal.close();
  }
}

/**
 * Says how the journal here stands to the file. At a terminal the screen would cover it: there it is a question of its
 * own. A run that is parked here says so itself. False when the operator leaves.
 */
async function read(
  { contents: { header } }: Handed,
  relation: Relation,
  remarks: readonly string[],
  { runbook, env, answers, own = neutral }: ResumeOptions,
): Promise<boolean> {
  if (answers !== undefined) print(`${remarks.join('\n')}\n`);
  if (answers !== undefined || relation.is !== 'ahead') return true;
  const run = foldRun(relation.contents.events, runbook);
  const ask = {
    is: 'incoming',
    here: true,
    step: firstStep(runbook),
    handoff: givenIn(run),
    remarks,
  } as const;
  const { reply } = await putOne({ ...ask, sections: [] }, run, header, { ...runbook, own, env });
  if (reply.do !== 'go-on') print('Exited. Nothing was changed.\n');
  return reply.do === 'go-on';
}

/** Shows what was done and what is asked, and has it accepted: at the keys, or by --yes. */
async function accepted(
  { contents, run, file }: Handed,
  remarks: readonly string[],
  { runbook, env, answers, yes, own = neutral }: ResumeOptions,
): Promise<boolean> {
  const handoff = givenIn(run);
  const sections: readonly Section[] = [
    ...askedSections(runbook.steps, run),
    ...doneSections(runbook.steps, run),
  ];
  if (answers === undefined) {
    const { reply } = await putOne(
      { is: 'incoming', step: firstStep(runbook), handoff, remarks, sections },
      { ...run, identities: {} }, // who acted elsewhere acts no more
      contents.header,
      { ...runbook, own, env },
    );
    if (reply.do === 'go-on') return true;
    print('Exited. Nothing was taken over, and nothing was changed.\n');
    return false;
  }
  const { id, by, as, at, note } = handoff;
  const lines = [
    ...remarks,
    `Run ${contents.header.run}, handed off by ${describeHolder({ by: [by], as })}, ${new Date(at).toISOString()} (hand-off ${id}).`,
    ...(note === undefined ? [] : [`Note: ${note}`]),
    '',
    ...sectionLines(sections),
  ];
  print(`${lines.map(own).join('\n')}\n`);
  if (yes) return true;
  throw new CliError(
    exitCodes.answerNeeded,
    `Do you take over run ${contents.header.run} from ${file}?`,
    'Accept it with --yes. It also accepts the credentials, and confirms routine changes.',
  );
}
const givenIn = ({ handoff }: Run): Handoff => {
  if (!handoff) throw new Error('a hand-off’s file without a hand-off');
  return handoff;
};
