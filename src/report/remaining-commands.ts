import type { Attempt } from '../model/attempt.ts';
import { type Actor, type Call, type Deferred, replaceAfter, scopeOf } from '../model/call.ts';
import { actorName } from '../model/identity.ts';
import { factsOf, type Settles } from '../model/operations.ts';
import { type Change, type Goal, type Plan, standing } from '../model/plan.ts';
import { aheadOf } from '../model/progress/ahead.ts';
import { partsOf } from '../model/progress/applicable-steps.ts';
import { commandAt, commandLine } from '../model/progress/cli-command.ts';
import { describeIdentity, whereOf } from '../model/progress/cli-target.ts';
import { outputs } from '../model/progress/outputs.ts';
import { isDone, undoProgress } from '../model/progress/undoing.ts';
import { pending, planOf, type Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { asCommand } from '../model/text/own-commands.ts';
import { unreachable } from '../model/text/unreachable.ts';
import { foretoldLines } from './foretold-commands.ts';
import { madeLines, textOf } from './handoff.ts';

/** A call as a command of the AWS CLI. */
export const byHand = ({ intent }: Attempt, run: Run): string =>
  commandLine(intent.call, whereOf(run, intent.actor));
/** As whom such commands run, where they do not say so themselves: comments. */
export const byHandAs = (attempts: readonly Attempt[], run: Run): readonly string[] => [
  ...new Set(attempts.flatMap(({ intent }) => describeIdentity(run, intent.actor).map(comment))),
];

/**
 * What remains of a run, as a shell script for the AWS CLI: a part for each step that is not done, as it was last seen.
 * Values that AWS tells only later are taken up in variables. Whatever is no command is a comment.
 */
export function remainingCommands(run: Run, steps: readonly Step[]): readonly string[] {
  const back = undoProgress(steps, run);
  return back ? backOf(back, run) : forwardOf(run, steps);
}

/** While a run is taken back nothing of it is to be done: what would be made again by hand is what is being taken away. */
function backOf({ left, kept }: NonNullable<ReturnType<typeof undoProgress>>, run: Run): readonly string[] {
  const made = (steps: readonly Step[]): readonly string[] =>
    steps.flatMap((step) => madeLines(step, run)).map((line) => comment(`  ${textOf(line)}`));
  const nothing = left.length + kept.length === 0;
  return [
    comment(
      left.length > 0
        ? `Run ${run.id} is being undone. ${asCommand('cw-runbook undo')} continues: it checks whether each is still as the run left it.`
        : `Run ${run.id} was undone${nothing ? ': nothing that it made is left' : ', but not all of it'}.`,
    ),
    ...(left.length > 0 ? [comment('Still to undo, in this order:'), ...made(left)] : []),
    ...(kept.length > 0 ? [comment('Left as this run made it:'), ...made(kept)] : []),
    comment('To have it set up again, and what remains of that as commands: start the run again first.'),
  ];
}

function forwardOf(run: Run, steps: readonly Step[]): readonly string[] {
  const told = outputs(run);
  const known = <T>(value: T): T =>
    replaceAfter(value, (after) => {
      const found = after.path
        .split('.')
        .reduce<unknown>(
          (at, key) => (at as Record<string, unknown> | undefined)?.[key],
          told.get(nameOf(after)),
        );
      return typeof found === 'string' ? found : after;
    });
  const left = partsOf(steps, run).flatMap((step) => {
    const plan = planOf(run, step.id);
    const open = pending(run, step.id);
    if (open.length === 0 && isDone(step, run)) return [];
    return [{ step, plan: plan && known(plan), open }];
  });
  const wanted = new Map<string, Deferred>();
  for (const { plan } of left)
    for (const goal of plan?.goals ?? [])
      if (goal.is === 'change')
        replaceAfter(goal.call.input, (after) => {
          wanted.set(nameOf(after), after);
          return after;
        });
  const { changes, possible } = aheadOf(steps, run);
  const foretold = [...changes, ...possible].filter(({ is }) => is !== 'planned');
  const foretoldIn = ({ id }: Step) => foretold.filter(({ step }) => step.id === id);
  const parts = left.map(({ step, plan, open }) => [
    '',
    comment(`${step.title} (${actorName(step.actor)}${accountOf(run, step.actor)})`),
    ...(takesCommands({ plan, open }) ? describeIdentity(run, step.actor).map(comment) : []),
    ...open.flatMap((attempt) => openLines(attempt, run)),
    ...(plan
      ? plan.goals.flatMap((goal) =>
          open.some(({ intent }) => intent.change === goal.id) ? [] : goalLines(goal, step, run, wanted),
        )
      : []),
    ...(plan && standing(plan) === 'done' && open.length === 0
      ? [
          comment(
            'Was done, on something that has changed since: it is checked again when the steps before it are done.',
          ),
        ]
      : []),
    ...(plan === undefined ? [comment(uncheckedText(foretoldIn(step).length > 0))] : []),
    ...foretoldLines(foretoldIn(step), run).map(comment),
  ]);
  const looked = Math.max(0, ...Object.values(run.observations).map(({ at }) => at));
  return [
    comment(
      left.length === 0
        ? `Nothing remains of run ${run.id}.`
        : `What remains of run ${run.id}, as it was last seen${looked > 0 ? ` ${new Date(looked).toISOString()}` : ''}.`,
    ),
    ...(left.length === 0
      ? []
      : [
          ...(run.simulated
            ? [comment('This is a demo: its accounts are simulated, and AWS itself knows none of them.')]
            : []),
          comment('Look before you use it: nothing here checks, asks or writes down what you do.'),
          comment('The next start of cw-runbook finds what was done by hand, and continues from there.'),
        ]),
    ...parts.flat(),
  ];
}

const uncheckedText = (changes: boolean): string =>
  changes
    ? 'Not checked yet. What it changes, where AWS does not show it already; a value in <> is known later:'
    : 'Not checked yet: the steps before it come first.';

/** Something in it is a command: then it counts as whom it runs. */
const takesCommands = ({
  plan,
  open,
}: {
  readonly plan: Plan | undefined;
  readonly open: readonly Attempt[];
}): boolean =>
  open.length > 0 ||
  (plan?.goals ?? []).some(
    (goal) => goal.is === 'change' || (goal.is === 'by-hand' && goal.command !== undefined),
  );

const comment = (text: string): string => escapeControlChars(`# ${text}`);
const accountOf = (run: Run, actor: Actor): string => {
  const account = run.binding.accounts?.[actor] ?? run.identities[actor]?.account;
  if (account === undefined) return '';
  const name = run.names[account];
  return name === undefined ? ` ${account}` : ` ${name} ${account}`;
};
const nameOf = ({ step = '', $after }: Deferred): string => `${step}/${$after}`;
const variable = ({ step = '', path }: Deferred): string =>
  `${step}_${path.split('.').at(-1)}`.replace(/\W+/g, '_').toUpperCase();

function goalLines(
  goal: Goal,
  step: Step,
  run: Run,
  wanted: ReadonlyMap<string, Deferred>,
): readonly string[] {
  switch (goal.is) {
    case 'met':
    case 'warning':
      return [];
    case 'wrong':
      return [comment(`In the way: ${goal.says}. Found: ${goal.found}.`), comment(`  ${goal.remedy}`)];
    case 'unknown':
      return [comment(`Could not be checked: ${goal.says}: ${goal.why}.`)];
    case 'open':
      return [comment(`To be decided: ${goal.says}. ${step.questions[goal.question]?.says ?? ''}`)];
    case 'by-hand':
      return [
        comment(`By hand: ${goal.says}`),
        comment(`  ${goal.console}`),
        ...(goal.command === undefined
          ? []
          : [escapeControlChars(commandAt(goal.command, whereOf(run, step.actor)))]),
      ];
    case 'change':
      return changeLines(goal, step, run, wanted);
    default:
      return unreachable(goal);
  }
}

function changeLines(
  { call, says, id }: Change,
  step: Step,
  run: Run,
  wanted: ReadonlyMap<string, Deferred>,
): readonly string[] {
  const command = commandLine(call, whereOf(run, step.actor), (after) => `"$${variable(after)}"`);
  const later = wanted.get(`${step.id}/${id}`);
  const { settles } = factsOf(call.operation);
  return [
    comment(says),
    escapeControlChars(
      later ? `${variable(later)}=$(${command} --query '${later.path}' --output text)` : command,
    ),
    ...(settles
      ? [
          comment(
            `AWS takes it on; how it ended: ${statusCommand(settles, call, 'REQUEST-ID', step.actor, run)}`,
          ),
        ]
      : []),
  ];
}

/** Nobody knows whether it took effect: it is looked for, not made again. */
function openLines({ intent, request }: Attempt, run: Run): readonly string[] {
  const { settles, seenBy } = factsOf(intent.call.operation);
  const lines = [
    comment(
      `Not known: ${intent.says}. It was sent ${new Date(intent.at).toISOString()}: look for it first, do not make it again.`,
    ),
  ];
  const where = whereOf(run, intent.actor);
  if (seenBy !== 'its-request')
    return [...lines, escapeControlChars(commandLine(seenBy(intent.call.input as never), where))];
  if (request !== undefined)
    return [...lines, escapeControlChars(statusCommand(settles, intent.call, request, intent.actor, run))];
  const lost = { operation: settles.lost.by, input: scopeOf(settles, intent.call) };
  return [...lines, escapeControlChars(commandLine(lost, where))];
}
const statusCommand = (settles: Settles, call: Call, request: string, actor: Actor, run: Run): string =>
  commandLine(
    { operation: settles.by, input: { ...scopeOf(settles, call), [settles.id]: request } },
    whereOf(run, actor),
  );
