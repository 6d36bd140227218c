import type { Call } from '../model/call.ts';
import { type Actor, isAfter, type Json } from '../model/call.ts';
import { withoutHead } from '../model/evidence/head-tag.ts';
import type { Told } from '../model/exchange/exchange.ts';
import { actorName, sourceName } from '../model/identity.ts';
import { type Moved, movedSince } from '../model/progress/run-plan.ts';
import type { Run } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import type { Environment } from '../model/text/environment.ts';
import { asCommand, neutral, type Own } from '../model/text/own-commands.ts';
import { type PlanDocument, runPlanIn } from '../report/plan-document.ts';
import { movedLines } from '../report/plan-lines.ts';
import { baseAt, lookAhead, refuseUnaccepted } from './planning/look-ahead.ts';
import { placeFor } from './planning/place-for.ts';
import { readPlan } from './planning/plan-file.ts';
import { profilesOf } from './planning/profiles-of.ts';
import type { Authority } from './process/authorizing.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { print } from './process/output.ts';
import { run } from './run.ts';
import { nameOf, type Place } from './runs/runs.ts';
import type { Answers } from './unattended/answers.ts';
import { answersThere } from './unattended/answers-there.ts';
import type { Consent, Reason } from './unattended/operator.ts';
import { readAnswers } from './unattended/read-answers.ts';
import type { Confirmation } from './unattended/start.ts';

export interface ApplyOptions extends Consent {
  readonly runbook: Runbook;
  readonly home: string;
  readonly env: Environment;
  readonly plan: string; // the file
  readonly answers?: string; // a file: its profiles count instead of the plan's
  readonly json?: boolean; // events as JSON lines on standard output, all else on standard error
  readonly pollInterval?: number;
  readonly changeTimeout?: number;
  readonly timeout?: number;
  readonly rateLimit?: number;
  readonly place?: Place;
  readonly changed?: (run: Run) => Promise<void>; // told of the run after each event
  readonly answered?: Told;
  readonly own?: Own; // this program's own commands, as they are typed here
  readonly authority?: Authority; // under what it is done
}

/**
 * Carries a plan out, and nothing else: looks again first, and refuses where AWS, the identities or what the program
 * plans differ from it. Each confirmation is compared with the plan once more.
 */
export async function apply(options: ApplyOptions): Promise<ExitCode> {
  const { runbook, home, plan: file, yes, own = neutral } = options;
  const document = await readPlan(file);
  if (document.runbook !== runbook.id)
    throw new CliError(
      exitCodes.usage,
      `${file} is a plan of the runbook ${document.runbook}, and this program leads through ${runbook.id}.`,
      'Apply it with the program that made it.',
    );
  if (document.undo)
    throw new CliError(
      exitCodes.usage,
      `${file} is the plan of an undo, and apply sets up.`,
      `Undo it with ${asCommand('cw-runbook undo')}, which shows each change once more.`,
    );
  const answers = answersThere(await answersOf(document, options.answers, runbook), options.place, runbook);
  const place = options.place ?? (await placeFor(answers, options.env));
  if (place.endpoint !== document.endpoint)
    throw new CliError(
      exitCodes.prerequisite,
      `${file} was made at ${nameOf(document.endpoint)}, and the endpoint now is ${nameOf(place.endpoint)}. A plan is applied only where it was made.`,
      'Set the endpoint as it was (AWS_ENDPOINT_URL), or make a new plan.',
    );
  const base = await baseAt(home, runbook, place, { run: document.run });
  const ahead = await lookAhead({ ...options, base, answers, accounts: accountsOf(document), yes });
  refuseUnaccepted(ahead);
  refuseOther(file, document, ahead.run);
  const moved = [...movedIdentities(document, ahead.run), ...movedSince(runPlanIn(document), ahead.plan)];
  if (moved.length > 0) {
    print(
      `${own(['AWS is not as it was planned for. Nothing was changed.', ...movedLines(moved), `Make a new plan: ${asCommand(`cw-runbook plan --answers FILE --out ${file}`)}`].join('\n'))}\n`,
      'stderr',
    );
    return exitCodes.changesPending;
  }
  const { told = {}, required = {} } = options.authority ?? {};
  const authority = { told: { ...told, plan: document.hash }, required };
  return run({ ...options, authority, answers, begin: document.run, place, allows: onlyPlanned(document) });
}

/** What the plan was made with. Profiles may have other names on the machine where it is applied. */
async function answersOf(
  { answers, waive, identities }: PlanDocument,
  file: string | undefined,
  runbook: Runbook,
): Promise<Answers> {
  const planned: Answers = { ...profilesOf(identities), answers, waive };
  if (file === undefined) return planned;
  const { profiles, roles, externalIds, change } = await readAnswers(file, runbook);
  return { ...planned, profiles, roles, externalIds, ...defined({ change }) };
}
const accountsOf = ({ identities }: PlanDocument) =>
  Object.fromEntries(Object.entries(identities).map(([actor, { account }]) => [actor, account]));

/** Refuses credentials of another organization, and those that were not found for everybody who acts. Throws `CliError`. */
function refuseOther(
  file: string,
  { organization, identities }: PlanDocument,
  { binding, identities: now }: Run,
): void {
  if (
    organization !== undefined &&
    binding.organization !== undefined &&
    organization !== binding.organization
  )
    throw new CliError(
      exitCodes.credentials,
      `${file} is a plan for organization ${organization}, and these credentials belong to organization ${binding.organization}.`,
      'Name credentials of the plan’s organization, or make a plan for this one.',
    );
  for (const [actor, { account, source }] of Object.entries(identities))
    if (now[actor as Actor] === undefined)
      throw new CliError(
        exitCodes.credentials,
        `The plan acts as ${actorName(actor as Actor)} ${account} (${sourceName(source)}), and no credentials of that account were found.`,
        `Name them in an answers file: ${asCommand('cw-runbook apply PLAN --answers FILE')}.`,
      );
}
/** Other callers than were planned, in the same accounts. */
const movedIdentities = ({ identities }: PlanDocument, { identities: now }: Run): readonly Moved[] =>
  Object.entries(identities).flatMap(([actor, { arn }]) => {
    const found = now[actor as Actor]?.arn ?? '';
    if (found === arn) return [];
    return [
      { step: '', goal: actor, says: `The caller for the ${actorName(actor as Actor)}`, before: arn, found },
    ];
  });

/** Lets nothing be confirmed that the plan does not hold: a colleague may change something right now. */
const onlyPlanned =
  ({ steps }: PlanDocument) =>
  ({ step, changes }: Confirmation): Reason | undefined => {
    const planned = steps.find(({ id }) => id === step.id)?.goals ?? [];
    const others = changes.filter(
      ({ id, call }) =>
        !planned.some((goal) => goal.is === 'change' && goal.id === id && fits(goal.call, call)),
    );
    if (others.length === 0) return undefined;
    return {
      code: exitCodes.changesPending,
      says: [
        ...others.map(({ says }) => `Not in the plan: ${says}. It was not confirmed.`),
        `Make a new plan: ${asCommand('cw-runbook plan --answers FILE --out FILE')}.`,
      ],
    };
  };
/** Whether a call is the planned one, where the plan left to AWS what comes later. */
const fits = (planned: Call, now: Call): boolean =>
  planned.operation === now.operation &&
  fitsValue(withoutHead(planned.input) as Json, withoutHead(now.input) as Json);
function fitsValue(planned: Json | undefined, now: Json | undefined): boolean {
  if (isAfter(planned as Json)) return true;
  if (typeof planned !== 'object' || planned === null || typeof now !== 'object' || now === null)
    return planned === now;
  const [a, b] = [planned, now] as Readonly<Record<string, Json>>[];
  const names = [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])];
  return (
    Array.isArray(planned) === Array.isArray(now) && names.every((name) => fitsValue(a?.[name], b?.[name]))
  );
}
