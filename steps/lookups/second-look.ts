import type { Reader } from '../../src/model/reader.ts';

// GetUserId and GetGroupId were seen to say that there is none where there was one (terraform-provider-aws, issue 49166).
// So before anybody is told that nobody has a name, the store is asked a second time, by listing.

/** The id of who has that user name or e-mail address, by AWS's lists. First where one question tells. */
export async function listedUser(
  aws: Reader<'identitystore:ListUsers'>,
  IdentityStoreId: string,
  sought: string,
): Promise<string | undefined> {
  const Filters = [{ AttributePath: 'UserName', AttributeValue: sought }];
  for await (const { Users = [] } of aws.pages('identitystore:ListUsers', { IdentityStoreId, Filters })) {
    const found = Users.find(({ UserName }) => UserName === sought);
    if (found?.UserId) return found.UserId;
  }
  // AWS filters by no address: all are looked through, where it may be one.
  if (!sought.includes('@')) return undefined;
  let looked = 0;
  for await (const { Users = [] } of aws.pages('identitystore:ListUsers', { IdentityStoreId })) {
    const found = Users.find(
      ({ UserName, Emails }) => UserName === sought || Emails?.some(({ Value }) => Value === sought),
    );
    if (found?.UserId) return found.UserId;
    looked += Users.length;
    aws.search.count({ what: 'users checked for that e-mail address', done: looked });
  }
  return undefined;
}

export async function listedGroup(
  aws: Reader<'identitystore:ListGroups'>,
  IdentityStoreId: string,
  sought: string,
): Promise<string | undefined> {
  const Filters = [{ AttributePath: 'DisplayName', AttributeValue: sought }];
  for await (const { Groups = [] } of aws.pages('identitystore:ListGroups', { IdentityStoreId, Filters })) {
    const found = Groups.find(({ DisplayName }) => DisplayName === sought);
    if (found?.GroupId) return found.GroupId;
  }
  return undefined;
}
