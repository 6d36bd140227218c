import type { Actor } from '../model/call.ts';
import { actorName } from '../model/identity.ts';
import { isWrite } from '../model/operations.ts';
import { type Goal, standing } from '../model/plan.ts';
import { partsOf } from '../model/progress/applicable-steps.ts';
import { commandAt, commandLine } from '../model/progress/cli-command.ts';
import { describeElsewhere, whereElsewhere } from '../model/progress/cli-target.ts';
import { leftToUndo } from '../model/progress/undoing.ts';
import { made, pending, planOf, type Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import { asCommand } from '../model/text/own-commands.ts';
import { unreachable } from '../model/text/unreachable.ts';
import { howKnown } from './lines.ts';

/** One part of what the next person reads. `lines`: a sentence or a command each. */
export interface Section {
  readonly title: string;
  readonly lines: readonly SectionLine[];
}
/** `under`: it belongs to the line before. */
export interface SectionLine {
  readonly text: string;
  readonly under?: true;
}
const of = (text: string): SectionLine => ({ text });
const under = (text: string): SectionLine => ({ text, under: true });
type Steps = readonly Step[];

/** What was done so far, who acted, and what was decided. */
export function doneSections(steps: Steps, run: Run): readonly Section[] {
  const ended = run.attempts.filter(({ outcome }) => outcome !== undefined && outcome.ended !== 'lapsed');
  return [
    {
      title: 'What was done',
      lines:
        ended.length === 0
          ? [of('Nothing was changed.')]
          : ended.flatMap(({ intent, outcome }) => [
              of(`${intent.says}, by ${intent.arn}`),
              ...(outcome ? [under(`${outcome.ended}: ${howKnown(outcome)}`)] : []),
            ]),
    },
    {
      title: 'What was decided',
      lines: steps.flatMap((step) =>
        Object.entries(run.answers[step.id] ?? {}).map(([name, answer]) =>
          of(`${step.questions[name]?.says ?? `${step.id}.${name}`} ${answer}`),
        ),
      ),
    },
  ].filter(({ lines }) => lines.length > 0);
}

/** What is asked of whoever goes on: whose credentials, what has to be found out, and what remains. */
export function askedSections(steps: Steps, run: Run): readonly Section[] {
  const back = leftToUndo(steps, run);
  const left = back.length > 0 ? back : partsOf(steps, run).filter((step) => isLeft(step.id, run));
  const open = steps.flatMap((step) => pending(run, step.id));
  const actors = new Set<Actor>([
    ...left.filter(isFor).map(({ actor }) => actor),
    ...open.map(({ intent }) => intent.actor),
  ]);
  return [
    {
      title: 'Credentials that are needed',
      lines: [...actors].map((actor) => {
        const account = run.binding.accounts?.[actor] ?? run.identities[actor]?.account;
        return of(
          `of the ${actorName(actor)}${account === undefined ? ', which is not chosen yet' : ` ${account}`}`,
        );
      }),
    },
    {
      title: 'Sent, outcome unknown: checked first, and never sent again before that',
      lines: open.flatMap(({ intent, request }) => [
        of(`${intent.says}, ${new Date(intent.at).toISOString()}, by ${intent.arn}`),
        ...(request === undefined ? [] : [under(`AWS’s request ${request}`)]),
      ]),
    },
    back.length > 0
      ? {
          title: 'The run is being undone. What is left of it, in the order in which it goes',
          lines: back.flatMap((step) => madeLines(step, run)),
        }
      : { title: 'What remains, as last seen', lines: left.flatMap((step) => stepLines(step, run)) },
  ].filter(({ lines }) => lines.length > 0);
}

/** Somebody's in particular: it changes something, or is about those credentials. */
const isFor = ({ observedBy, calls }: Step): boolean =>
  observedBy === 'actor' || (observedBy === 'either' && calls.some(isWrite));

const isLeft = (id: string, run: Run): boolean => {
  const plan = planOf(run, id);
  return plan === undefined || standing(plan) !== 'done' || pending(run, id).length > 0;
};

/** Made by this run, and still to be taken back. How that is done is for a look to say. */
export const madeLines = ({ id, title, actor }: Step, run: Run): readonly SectionLine[] => [
  of(`${title} (${actorName(actor)})`),
  ...made(run, id)
    .toReversed()
    .map(({ says }) => under(`made: ${says}`)),
];

/** A command that holds a policy is longer than all the rest. */
const longest = 600; // characters
const inShort = (command: string): string =>
  command.length <= longest
    ? asCommand(command)
    : `${command.split(' ').slice(0, 3).join(' ')} … with a policy. The whole command, once you have taken the run over: ${asCommand('cw-runbook status --commands')}`;

function stepLines(step: Step, run: Run): readonly SectionLine[] {
  const { id, title, actor, questions } = step;
  const plan = planOf(run, id);
  // The next person's machine has other profiles, or others of the same name.
  const where = whereElsewhere(run, actor);
  const who = isFor(step) ? ` (${actorName(actor)})` : '';
  if (!plan) return [of(`${title}${who}: not checked yet`)];
  const goals = plan.goals.flatMap((goal): readonly SectionLine[] => {
    switch (goal.is) {
      case 'change':
        // What was sent must not be sent again by hand.
        return pending(run, id).some(({ intent }) => intent.change === goal.id)
          ? [under(`${goal.says}: sent already, outcome not known yet`)]
          : [under(`${goal.says}`), under(inShort(commandLine(goal.call, where)))];
      case 'open':
        return [under(`to be decided: ${questions[goal.question]?.says ?? goal.says}`)];
      case 'by-hand':
        return [
          under(`by hand: ${goal.says} (${goal.console})`),
          ...(goal.command ? [under(asCommand(commandAt(goal.command, where)))] : []),
        ];
      case 'wrong':
        return [under(`Check failed: ${goal.says}. Found: ${goal.found}. ${goal.remedy}`)];
      case 'unknown':
        return [under(`${goal.says}: could not be checked: ${goal.why}`)];
      case 'met':
      case 'warning':
        return [];
      default:
        return unreachable(goal);
    }
  });
  const as = plan.goals.some(hasCommand) ? [under(asCommand(`# ${describeElsewhere(run, actor)}`))] : [];
  return [of(`${title}${who}${goals.length === 0 ? ': not known yet how it ended' : ''}`), ...as, ...goals];
}

const hasCommand = (goal: Goal): boolean =>
  goal.is === 'change' || (goal.is === 'by-hand' && goal.command !== undefined);

/** All of it as plain text. */
export const sectionLines = (sections: readonly Section[]): readonly string[] =>
  sections.flatMap(({ title, lines }) => [`${title}:`, ...lines.map((line) => `  ${textOf(line)}`), '']);
/** A line, further in where it belongs to the one before. */
export const textOf = ({ text, under }: SectionLine): string => (under ? `  ${text}` : text);
