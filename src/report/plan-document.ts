import type { Actor, Json } from '../model/call.ts';
import { replaceAfter } from '../model/call.ts';
import type { Source } from '../model/identity.ts';
import type { Change, Goal } from '../model/plan.ts';
import { commandLine } from '../model/progress/cli-command.ts';
import { whereElsewhere } from '../model/progress/cli-target.ts';
import {
  changesIn,
  type Forecast,
  kindOf,
  type RunPlan,
  type Sum,
  sumOf,
} from '../model/progress/run-plan.ts';
import type { Run } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import type { Step } from '../model/step.ts';
import { defined } from '../model/text/defined.ts';
import { fingerprint } from '../model/text/fingerprint.ts';
import { followsFrom } from '../model/text/follows-from.ts';
import { asCommand } from '../model/text/own-commands.ts';

/** The form of the document, and its version: a member that changes its meaning, or goes, raises it. */
export const planFormat = 'cw-runbook/plan/1';

/** A whole run, planned: what `plan --json` prints, and `plan --out` writes for `apply`. JSON. */
export interface PlanDocument {
  readonly format: typeof planFormat;
  readonly program: string;
  readonly made: string; // ISO 8601
  readonly runbook: string;
  readonly run: string;
  readonly undo?: true; // what undoing the run would do: `apply` takes none of these
  readonly endpoint: string;
  readonly simulated: boolean;
  readonly organization?: string;
  readonly instance?: string;
  readonly region?: string;
  /** As whom it was looked, and who will act. */
  readonly identities: Readonly<Record<Actor, PlannedIdentity>>;
  /** By 'step.question': those of the answers file, and what stands there unless it says otherwise. */
  readonly answers: Readonly<Record<string, string>>;
  /** Reasons to go on although it could not be checked, by 'step.goal'. */
  readonly waive: Readonly<Record<string, string>>;
  readonly steps: readonly PlannedStep[];
  readonly summary: Sum;
  /** What `apply` wants beside --yes: one word of each list, by change or question. */
  readonly confirm: Readonly<Record<string, readonly string[]>>;
  /** SHA-256 of what was seen and planned: of the whole document without `made`, `program` and this member. */
  readonly hash: string;
}
interface PlannedIdentity {
  readonly account: string;
  readonly arn: string;
  readonly source: Source;
}
interface PlannedStep {
  readonly id: string;
  readonly title: string;
  readonly actor: Actor;
  readonly stands: Forecast['stands'];
  /** Of a step that nobody could look at. */
  readonly why?: string;
  /** Of a step whose question was not answered: its key, and what to write there. */
  readonly asks?: { readonly key: string; readonly says: readonly string[] };
  /** How each goal stands, as the program has it: what `apply` compares. */
  readonly goals: readonly Goal[];
  readonly changes: readonly PlannedChange[];
}
/** A change as a change board reads it. */
interface PlannedChange {
  readonly id: string;
  readonly says: string;
  readonly kind: 'make' | 'replace' | 'remove';
  readonly operation: string;
  readonly input: Json; // a value that comes later is the text '(known after STEP)'
  readonly risk: Change['risk'];
  readonly identity: { readonly actor: Actor; readonly account?: string };
  readonly consequences: readonly string[];
  readonly undo: string;
  readonly command: string;
}

/** The plan as a document. `made`: milliseconds since 1970. */
export function planDocument(
  plan: RunPlan,
  run: Run,
  runbook: Runbook,
  more: {
    readonly program: string;
    readonly made: number;
    readonly simulated: boolean;
    readonly waive: Readonly<Record<string, string>>;
    readonly dangers: ReadonlyMap<string, readonly string[]>;
    readonly undo?: boolean;
  },
): PlanDocument {
  const { program, made, simulated, waive, dangers, undo = false } = more;
  const { organization, instance, region } = run.binding;
  const body = {
    format: planFormat,
    runbook: runbook.id,
    run: run.id,
    ...defined({ undo: undo || undefined }),
    endpoint: run.endpoint,
    simulated,
    ...defined({ organization, instance, region }),
    identities: identitiesIn(run),
    answers: Object.fromEntries(
      Object.entries(run.answers).flatMap(([step, all]) =>
        Object.entries(all).map(([question, answer]) => [`${step}.${question}`, answer]),
      ),
    ),
    waive,
    steps: plan.map((one) => stepOf(one, run, runbook, undo)),
    summary: sumOf(plan),
    confirm: confirmOf(plan, dangers),
  } as const;
  const plain = JSON.parse(JSON.stringify(body)) as typeof body;
  return { ...plain, program, made: new Date(made).toISOString(), hash: hashOf(plain) };
}
type Body = Omit<PlanDocument, 'program' | 'made' | 'hash'>;
/** SHA-256 of a document, as `hash` has it. */
export const hashOf = ({
  format,
  runbook,
  run,
  endpoint,
  simulated,
  organization,
  instance,
  region,
  identities,
  answers,
  waive,
  steps,
  summary,
  confirm,
  undo,
}: Body): string =>
  fingerprint(
    JSON.parse(
      JSON.stringify([
        ...[format, runbook, run, endpoint, simulated, organization, instance, region],
        ...[identities, answers, waive, steps, summary, confirm],
        ...(undo ? ['undo'] : []),
      ]),
    ),
  );

/** The plan that a document holds, as it was made. */
export const runPlanIn = ({ steps }: Pick<PlanDocument, 'steps'>): RunPlan =>
  steps.map(({ id, title, actor, stands, why = '', asks, goals }): Forecast => {
    const of = { step: id, title, actor };
    if (stands === 'unseen') return { ...of, stands, why };
    if (stands === 'question') return { ...of, stands, plan: { goals }, asks: asks ?? { key: id, says: [] } };
    return { ...of, stands, plan: { goals } };
  });

const identitiesIn = ({ identities }: Run): PlanDocument['identities'] =>
  Object.fromEntries(
    Object.entries(identities).map(([actor, { account, arn, source }]) => [actor, { account, arn, source }]),
  );

function stepOf(forecast: Forecast, run: Run, { steps }: Runbook, undo: boolean): PlannedStep {
  const { step: id, title, actor, stands } = forecast;
  const step = steps.find((one) => one.id === id);
  return {
    ...{ id, title, actor, stands },
    ...defined({
      why: forecast.stands === 'unseen' ? forecast.why : undefined,
      asks: forecast.stands === 'question' ? forecast.asks : undefined,
    }),
    goals: forecast.stands === 'unseen' ? [] : forecast.plan.goals,
    changes: changesIn(forecast).map((change) =>
      changeOf(change, undo ? 'cw-runbook sets it up again' : undoOf(step), run, actor),
    ),
  };
}
function changeOf(change: Change, undo: string, run: Run, actor: Actor): PlannedChange {
  const { id, says, call, risk } = change;
  const account = run.binding.accounts?.[actor] ?? run.identities[actor]?.account;
  return {
    ...{ id, says, kind: kindOf(change), operation: call.operation },
    input: replaceAfter(call.input as Json, ({ step: from = '' }) => `(known after ${from})`),
    risk,
    identity: { actor, ...defined({ account }) },
    consequences: followsFrom(change),
    undo,
    command: commandLine(call, whereElsewhere(run, actor)),
  };
}
const undoOf = (step: Step | undefined): string =>
  step?.undo
    ? `${asCommand('cw-runbook undo')}: ${step.undo.says ?? 'it is undone, if nobody has changed it since'}`
    : 'not by this program';

/** By 'step.change' or 'step.question': the words of which one has to be given. */
const confirmOf = (
  plan: RunPlan,
  dangers: ReadonlyMap<string, readonly string[]>,
): PlanDocument['confirm'] => ({
  ...Object.fromEntries(
    plan.flatMap((one) =>
      changesIn(one).flatMap(({ id, risk, typed = [] }) =>
        risk === 'dangerous' ? [[`${one.step}.${id}`, typed]] : [],
      ),
    ),
  ),
  ...Object.fromEntries(dangers),
});
