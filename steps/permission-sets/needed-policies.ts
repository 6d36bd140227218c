import { asCommand } from '../../src/model/text/own-commands.ts';
import { shellWord } from '../../src/model/text/shell.ts';
import type { Grants } from './observe-permission-set.ts';

/** Of the accounts that get a set, each has to have them itself: path and name. */
export const neededIn = ({
  customer,
  boundary,
}: Pick<Grants, 'customer' | 'boundary'>): readonly string[] => [
  ...new Set([...customer, ...(boundary === '' || boundary.startsWith('arn:') ? [] : [boundary])]),
];

const policyIn = (account: string, name: string): string =>
  `arn:aws:iam::${account}:policy${name.startsWith('/') ? name : `/${name}`}`;
const look = (account: string, name: string): string =>
  asCommand(
    `aws iam get-policy --policy-arn ${shellWord(policyIn(account, name))} --profile '<a profile of account ${account}>'`,
  );

/** What IAM Identity Center takes from each account that gets the set, and does not make there. */
export const describeNeeded = (set: Pick<Grants, 'customer' | 'boundary'>): readonly string[] => {
  const [first, ...others] = neededIn(set);
  if (first === undefined) return [];
  const names = [
    ...set.customer.map((name) => `customer managed policy ${name}`),
    ...(neededIn({ ...set, customer: [] }).length === 0 ? [] : [`permissions boundary ${set.boundary}`]),
  ];
  return [
    `Each account that gets the set must have these policies: ${names.join('; ')}. IAM Identity Center does not create them there, and an assignment in an account without them fails. This runbook cannot look into those accounts. Check each of them before you continue${others.length === 0 ? '' : ', for each of these policies'}: ${look('ACCOUNT-ID', first)}`,
  ];
};

/** The same of one account, before it gets the set. */
export const neededThere = (
  needs: readonly string[],
  { id, name }: { readonly id: string; readonly name: string },
): readonly string[] =>
  needs.map(
    (policy) =>
      `${name} has to have the policy ${policy} already, or AWS accepts the request and it fails. This runbook cannot look into that account. If AWS answers NoSuchEntity, have the policy created there first: ${look(id, policy)}`,
  );
