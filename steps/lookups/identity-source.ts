import type { Reader } from '../../src/model/reader.ts';
import type { User } from './principals.ts';

// Where an organization's people come from. No public API tells which identity source IAM Identity Center has (of
// September 2026). What tells is that users carry external ids: SCIM writes them, and so does the sync with Active
// Directory, from its objectGUID (IAM Identity Center User Guide, default mappings).

const outside = 'an identity provider or Active Directory';
export const yours = 'your identity provider or Active Directory';

/** `who`: the user name, once it is known. */
export const createElsewhere = (who?: string): string =>
  `Create ${theUser(who)} in your identity provider and let it sync to IAM Identity Center. The runbook does not create it here: it would be overwritten or stay behind.`;
const theUser = (who: string | undefined): string => (who === undefined ? 'the user' : `the user ${who}`);
export const createOutside = (somebody: string, who?: string): string =>
  `Create ${theUser(who)} in ${yours} and let it sync to IAM Identity Center (with Active Directory: add it to the scope of the sync). The runbook does not create it here: ${somebody} has an external id, so this directory is filled from outside.`;

/** What the identity source means for who is to administer IAM Identity Center. */
export const sourceNotes: readonly string[] = [
  'If your users come from Active Directory, turn on configurable AD sync before you register an account (IAM Identity Center › Settings › Identity source). No API shows which identity source you have.',
  'The delegated administrator can change the identity source and create SCIM tokens. Only the account that holds the directory, delegated or management, can change it from or to Active Directory.',
];

/**
 * A user who is provisioned from outside, if there is one: then the directory is not IAM Identity Center's own. The
 * first one found is enough. Remembered while the program runs, as is that there was nobody.
 */
export async function someoneFromOutside(
  aws: Reader<'identitystore:ListUsers'>,
  IdentityStoreId: string,
): Promise<string | undefined> {
  const key = `from outside ${IdentityStoreId}`;
  const known = aws.search.known.get(key);
  if (known !== undefined) return known === '' ? undefined : known;
  let looked = 0;
  let found = '';
  for await (const { Users = [] } of aws.pages('identitystore:ListUsers', { IdentityStoreId })) {
    const one = Users.find(({ ExternalIds }) => (ExternalIds ?? []).length > 0);
    found = one?.UserName ?? one?.UserId ?? '';
    if (found !== '') break;
    looked += Users.length;
    aws.search.count({ what: 'users checked for an external id', done: looked });
  }
  aws.search.known.set(key, found);
  return found === '' ? undefined : found;
}

/** What has to be known of a user who comes from elsewhere. */
export const notesOn = ({ UserName, ExternalIds }: User): readonly string[] =>
  ExternalIds?.length
    ? [
        `${UserName} is provisioned from ${outside}. If the user is deleted and created again there, it gets another id, and you have to assign it again.`,
      ]
    : [];
