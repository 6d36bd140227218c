import type { CustomerPolicy, PermissionSet } from '../organization/state.ts';
import type { Context } from './context.ts';

/**
 * Why AWS fails to bring a set into an account for want of a customer managed policy; undefined where none is missing.
 * A set names such policies, and its boundary, by path and name: each account that is to have the set needs one of that
 * name (IAM Identity Center user guide). An account has those that it was given with POST /_policies. The sentence:
 * test/recorded/answers/assignments.jsonl.
 */
export function lacksPolicy(set: PermissionSet, account: string, { truth }: Context): string | undefined {
  const { boundary, customer } = set;
  const { CustomerManagedPolicyReference: limit } = boundary ?? {};
  const lacks = [...customer, ...(limit === undefined ? [] : [limit])].find(
    ({ Name, Path }) =>
      !(truth.policies ?? []).some(
        (one) => one.account === account && one.name === Name && one.path === Path,
      ),
  );
  return lacks === undefined
    ? undefined
    : `Received a 404 status error: Not supported policy arn:aws:iam::${account}:policy${lacks.Path}${lacks.Name}.`;
}

/**
 * The order `{"account": "111122223333", "name": "Boundary", "path": "/"}` as a policy; `path` may be left out. Throws
 * an Error that says what is expected.
 */
export function policyFrom(order: unknown): CustomerPolicy {
  const { account, name, path = '/' } = Object(order) as Readonly<Record<string, unknown>>;
  if (typeof account !== 'string' || typeof name !== 'string' || typeof path !== 'string')
    throw new Error('Say {"account": "111122223333", "name": "Boundary", "path": "/"}.');
  return { account, name, path };
}
