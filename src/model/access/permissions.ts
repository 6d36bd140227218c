import type { Actor } from '../call.ts';
import { iamActions } from '../call.ts';
import { management } from '../identity.ts';
import type { Operation, WriteOperation } from '../operations.ts';
import { factsOf, isRead, isWrite, writes } from '../operations.ts';
import type { Step } from '../step.ts';

/** Only taking the run back needs these. */
const reverses = (operation: Operation): boolean =>
  isWrite(operation) && factsOf(operation).effect === 'removes';

/** IAM actions, by what becomes of a run that lacks one. */
export interface Needed {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /**
   * Without these it comes to its end all the same: what is allowed is not known beforehand, the account that acts is
   * shown without its name, a permission set is made without its tag, and how a request ended is taken from what AWS shows.
   */
  readonly spare: readonly string[];
  /** With which IAM Identity Center makes its own roles, where it does so with the caller's rights. */
  readonly besides: readonly string[];
}
/**
 * The IAM actions that an actor needs for the runbook: all of the steps that it acts in, and the reads of the others
 * that it may look into. `undo`: with what taking the run back needs. `optional`: with what steps need that not every
 * run has. Each list is without duplicates; no action is in two of `reads`, `writes` and `spare`.
 */
export function permissionsOf(
  steps: readonly Step[],
  actor: Actor,
  { undo = false, optional = false }: { readonly undo?: boolean; readonly optional?: boolean } = {},
): Needed {
  const counted = steps.filter(({ appliesWhen }) => optional || appliesWhen === undefined);
  // The management account acts after the other only in steps that not every run has. Then it has to see how all stands.
  const looksInto = ({ observedBy }: Step) => observedBy === 'either' && (actor !== management || optional);
  const calls = counted.flatMap((step): readonly Operation[] => {
    if (step.observedBy === 'none') return [];
    if (step.actor === actor) return step.calls.filter((call) => undo || !reverses(call));
    return looksInto(step) ? step.calls.filter((call) => !isWrite(call)) : [];
  });
  // What decides in no step that counts for this actor: nothing stops for want of it.
  const decides = new Set<string>(counted.flatMap((step) => decidingIn(step, actor, looksInto(step))));
  const informs = new Set<string>(counted.flatMap(({ informs: some = [] }) => some));
  const spare = new Set<string>(
    iamActions(calls).filter(
      (action) => (informs.has(action) && !decides.has(action)) || dispensable.has(action),
    ),
  );
  const needed = iamActions(calls).filter((action) => !spare.has(action));
  const changing = new Set(iamActions(calls.filter(isWrite)).filter((action) => !isRead(action)));
  const besides = counted.flatMap((step) => (step.actor === actor ? (step.besides ?? []) : []));
  return {
    reads: needed.filter((action) => !changing.has(action)),
    writes: needed.filter((action) => changing.has(action)),
    spare: [...spare],
    besides: [...new Set(besides)].sort(),
  };
}
function decidingIn({ calls, informs = [], actor: own, observedBy }: Step, actor: Actor, looksInto: boolean) {
  if (observedBy === 'none' || (own !== actor && !looksInto)) return [];
  return calls.filter((call) => !informs.some((one) => one === call));
}
/** Parts of a change that AWS leaves out where it must, and how a request is followed: what AWS lists tells the same, later. */
const dispensable = new Set(
  (Object.keys(writes) as WriteOperation[]).flatMap((write): readonly string[] => {
    const { settles, iam } = factsOf(write);
    const parts = iam.also.flatMap(({ action, spare }) => (spare ? [action] : []));
    return [...parts, ...(settles ? [settles.by, settles.lost.by] : [])];
  }),
);

/**
 * A policy statement that lets the key be used that encrypts IAM Identity Center, through its services alone (IAM
 * Identity Center User Guide, "Troubleshoot customer managed keys"). `key`: its ARN.
 */
export const keyStatement = (key: string): object => ({
  Sid: 'CwRunbookUsesTheKey',
  Effect: 'Allow',
  Action: ['kms:Decrypt'],
  Resource: key,
  Condition: {
    StringLike: { 'kms:ViaService': ['sso.*.amazonaws.com', 'identitystore.*.amazonaws.com'] },
  },
});

/**
 * The ARN, as a pattern, that such an action (`besides`) is about: IAM Identity Center's own roles and identity
 * provider, and no others; '*' for those that list. `account`: 12 digits; '*' while it is not known.
 */
export const rolesOf = (action: string, account = '*'): string => {
  if (action === 'iam:ListRoles' || action === 'iam:ListPolicies') return '*';
  return action.endsWith('SAMLProvider')
    ? `arn:aws:iam::${account}:saml-provider/AWSSSO_*_DO_NOT_DELETE`
    : `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/*`;
};
