import type { Input } from '../call.ts';
import type { Output } from '../operations.ts';
import { type Reader, Refused } from '../reader.ts';

export type Result = NonNullable<Output<'iam:SimulatePrincipalPolicy'>['EvaluationResults']>[number];
/** What IAM's policy simulator answered. `unfit`: actions about which it takes no such question, and why. */
export interface Evaluated {
  readonly results: readonly Result[];
  readonly unfit: ReadonlyMap<string, string>;
}

/**
 * Asks about several actions at once. Some of them AWS does not take together ("require different authorization
 * information"), and which is documented nowhere: they are asked about again in the groups that it names, else one by one.
 */
export async function evaluate(
  aws: Reader<'iam:SimulatePrincipalPolicy'>,
  input: Omit<Input<'iam:SimulatePrincipalPolicy'>, 'ActionNames'>,
  actions: readonly string[],
): Promise<Evaluated> {
  try {
    const results: Result[] = [];
    for await (const page of aws.pages('iam:SimulatePrincipalPolicy', { ...input, ActionNames: actions }))
      results.push(...(page.EvaluationResults ?? []));
    return { results, unfit: new Map() };
  } catch (error) {
    if (!(error instanceof Refused) || !isOfRequest(error)) throw error;
    const [action] = actions;
    if (action === undefined || actions.length === 1)
      return { results: [], unfit: new Map(action === undefined ? [] : [[action, error.message]]) };
    const groups = groupsIn(error.message, actions) ?? actions.map((one) => [one]);
    const all = await Promise.all(groups.map((group) => evaluate(aws, input, group)));
    return {
      results: all.flatMap(({ results }) => results),
      unfit: new Map(all.flatMap(({ unfit }) => [...unfit])),
    };
  }
}

/** It is how the question was put that AWS does not take, not who asks or whom it is about. */
const isOfRequest = ({ code, message }: Refused): boolean =>
  /^InvalidInput(Exception)?$/.test(code) && !/entity arn/i.test(message);

/** The groups that AWS names, where they are ours: each action once. */
function groupsIn(message: string, actions: readonly string[]): readonly (readonly string[])[] | undefined {
  const groups = [...message.matchAll(/\[([^\]]*)\]/g)].map(([, names = '']) =>
    names.split(',').flatMap((name) => name.trim() || []),
  );
  const named = groups.flat().map((name) => name.toLowerCase());
  const ours = actions.map((name) => name.toLowerCase());
  return groups.length > 1 && named.toSorted().join() === ours.toSorted().join() ? groups : undefined;
}
