import { commandAt, commandLine } from '../../model/progress/cli-command.ts';
import { describeIdentity, whereOf } from '../../model/progress/cli-target.ts';
import { isForOthers } from '../../model/progress/refused.ts';
import { made, type Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { Ask } from '../session/ask.ts';

/** The AWS CLI commands that belong to what is on the screen: of what is about to be done, was sent, or is for a person. */
export function commandsOf(ask: Ask | undefined, step: Step, run: Run): readonly string[] {
  const commands = commandsIn(ask, step, run);
  return commands.length === 0 || !run.identities[step.actor]
    ? commands
    : [...describeIdentity(run, step.actor).map((text) => escapeControlChars(`# ${text}`)), ...commands];
}
function commandsIn(ask: Ask | undefined, step: Step, run: Run): readonly string[] {
  const where = whereOf(run, step.actor);
  switch (ask?.is) {
    case 'confirm':
      return ask.changes.map(({ call }) => commandLine(call, where));
    case 'by-hand':
      return ask.plan.goals.flatMap((goal) =>
        goal.is === 'by-hand' && goal.command ? [commandAt(goal.command, where)] : [],
      );
    case 'failed':
      return ask.attempts.filter(isForOthers).map(({ intent }) => commandLine(intent.call, where));
    case 'busy':
    case 'cannot-tell':
    case 'under-way':
      return ask.attempts.map(({ intent }) => commandLine(intent.call, where));
    case 'done':
      return made(run, step.id).map(({ call }) => commandLine(call, where));
    case 'credentials':
    case 'code':
    case 'sign-in':
    case 'accept':
    case 'question':
    case 'blocked':
    case 'unknown':
    case 'drifted':
    case 'declined':
    case 'undo':
    case 'undone':
    case 'finished':
    case 'watching':
    case 'handed-off':
    case 'incoming':
    case undefined:
      return [];
    default:
      return unreachable(ask);
  }
}
