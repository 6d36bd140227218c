import type { Input } from '../call.ts';
import type { Output } from '../operations/sdk.ts';
import { type Reader, RequestRejected } from '../reader.ts';
import { atMost } from '../text/at-most.ts';

/** One action's result, as IAM gives it. */
export type Result = NonNullable<Output<'iam:SimulatePrincipalPolicy'>['EvaluationResults']>[number];
type Row = NonNullable<Result['ResourceSpecificResults']>[number];
/** What is said of an action on one thing that it is allowed on; and of service control policies, where they were looked at. */
export interface Permit {
  readonly row: Row & { readonly EvalResourceName: string };
  readonly scp: Result['OrganizationsDecisionDetail'];
}
/** What it says of each thing that it names, where that is simply allowed. */
export function allowedIn(one: Result): readonly Permit[] {
  const { EvalResourceName, EvalDecision: EvalResourceDecision, OrganizationsDecisionDetail: scp } = one;
  const { MissingContextValues = [], ResourceSpecificResults: rows = [] } = one;
  if (MissingContextValues.length > 0 || scp?.AllowedByOrganizations === false) return [];
  return (rows.length > 0 ? rows : [{ EvalResourceName, EvalResourceDecision }]).flatMap((row: Row) => {
    const { EvalResourceName: name, EvalResourceDecision: decision, MissingContextValues: lacks = [] } = row;
    return name !== undefined && decision === 'allowed' && lacks.length === 0
      ? [{ row: { ...row, EvalResourceName: name }, scp }]
      : [];
  });
}
/** What IAM's policy simulator answered. `inputError`: actions about which it takes no such question, and why. */
export interface Evaluated {
  readonly results: readonly Result[];
  readonly unfit: ReadonlyMap<string, string>;
}

/** Questions that may be under way together: IAM answers few of them a second. */
const together = 4;
/** About which resources it is, in which context, and of whom. */
export type Question = Omit<Input<'iam:SimulatePrincipalPolicy'>, 'ActionNames'>;
type Turn = ReturnType<typeof atMost>;

/**
 * Asks IAM's policy simulator several questions, four at a time, each about some actions. Actions that AWS does not
 * take together are asked about apart; one that it does not take alone is in `inputError`. Throws `RequestRejected` where the caller
 * may not simulate, or the principal is not there, and what else a reading throws.
 */
export async function evaluateAll(
  aws: Reader<'iam:SimulatePrincipalPolicy'>,
  questions: readonly { readonly input: Question; readonly names: readonly string[] }[],
): Promise<Evaluated> {
  const turn = atMost(together);
  return joined(await Promise.all(questions.map(({ input, names }) => evaluate(aws, input, names, turn))));
}
const joined = (all: readonly Evaluated[]): Evaluated => ({
  results: all.flatMap(({ results }) => results),
  unfit: new Map(all.flatMap(({ unfit }) => [...unfit])),
});

/**
 * Asks about several actions at once. Some of them AWS does not take together ("require different authorization
 * information"), and which is documented nowhere: they are asked about again in the groups that it names, else one by one.
 */
async function evaluate(
  aws: Reader<'iam:SimulatePrincipalPolicy'>,
  input: Question,
  actions: readonly string[],
  turn: Turn,
): Promise<Evaluated> {
  try {
    const results = await turn(async () => {
      const all: Result[] = [];
      for await (const page of aws.pages('iam:SimulatePrincipalPolicy', { ...input, ActionNames: actions }))
        all.push(...(page.EvaluationResults ?? []));
      return all;
    });
    return { results, unfit: new Map() };
  } catch (error) {
    if (!(error instanceof RequestRejected) || !isOfRequest(error)) throw error;
    const [action] = actions;
    if (action === undefined || actions.length === 1)
      return { results: [], unfit: new Map(action === undefined ? [] : [[action, error.message]]) };
    const groups = groupsIn(error.message, actions) ?? actions.map((one) => [one]);
    return joined(await Promise.all(groups.map((group) => evaluate(aws, input, group, turn))));
  }
}

/** It is how the question was put that AWS does not take, not who asks or whom it is about. */
const isOfRequest = ({ code, message }: RequestRejected): boolean =>
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
