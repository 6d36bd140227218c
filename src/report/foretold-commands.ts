import { factsOf } from '../model/operations.ts';
import type { ChangeAhead } from '../model/progress/ahead.ts';
import { commandLine } from '../model/progress/cli-command.ts';
import { whereOf } from '../model/progress/cli-target.ts';
import type { Run } from '../model/run.ts';
import type { KnownLater } from '../model/step.ts';

/**
 * What a step will change that nobody has looked at: lines of a comment, for a command with a placeholder in it must
 * not run. What is the same in every run, and what the run knows, has its value; every placeholder is explained.
 */
export const foretoldLines = (ahead: readonly ChangeAhead[], run: Run): readonly string[] =>
  ahead.flatMap((one) => {
    const { step, operation, says, needed, each } = one;
    const members = membersOf(one, run);
    const input = Object.fromEntries(members.map(({ member, value }) => [member, value ?? `<${member}>`]));
    const when = [each, needed].filter((text) => text !== undefined).join('; ');
    return [
      `  ${says.join('; ')}${when === '' ? '' : ` (${when})`}`,
      `    ${commandLine({ operation, input }, whereOf(run, step.actor))}`,
      ...members.flatMap(({ member, value, explained }) =>
        value === undefined && explained !== undefined ? [`    <${member}>: ${explained}`] : [],
      ),
    ];
  });

interface Shown {
  readonly member: string;
  readonly value: unknown; // undefined: known later
  readonly explained?: string;
}
function membersOf({ operation, input }: ChangeAhead, run: Run): readonly Shown[] {
  const told: Readonly<Record<string, unknown>> = input ?? {};
  const { key } = factsOf(operation);
  // What a step tells of its call is all of it but the instance; what names the effect may be left out of a call.
  const where = key.filter((member) => input === undefined || member === 'InstanceArn');
  return [...where, ...Object.keys(told)].map((member) => {
    if (member === 'InstanceArn')
      return {
        member,
        value: run.binding.instance,
        explained: 'the ARN of your IAM Identity Center instance',
      };
    const value = told[member];
    return isLater(value)
      ? { member, value: knownNow(value, run), explained: value.later }
      : { member, value };
  });
}
const isLater = (value: unknown): value is KnownLater =>
  typeof value === 'object' && value !== null && 'later' in value;
function knownNow({ answer, output }: KnownLater, run: Run): unknown {
  if (answer) return run.answers[answer[0]]?.[answer[1]];
  if (!output) return undefined;
  const gives = run.observations[output[0]]?.plan.gives as Readonly<Record<string, unknown>> | undefined;
  return gives?.[output[1]];
}
