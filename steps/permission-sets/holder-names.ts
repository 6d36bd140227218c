import { type Reader, Refused } from '../../src/model/reader.ts';

type Naming = Reader<'identitystore:DescribeUser' | 'identitystore:DescribeGroup'>;

/** A user or group with their name, or that they are gone: an assignment outlives whom it was for. */
export async function whoIs(aws: Naming, store: string, type: string, id: string): Promise<string> {
  const name = await nameOf(aws, store, type, id);
  if (name === undefined) return `${type} ${id}`;
  return name === gone ? `${type} ${id}, who no longer exists` : `${name} (${type} ${id})`;
}

const gone = Symbol('gone');
/** What somebody is called; `gone` where the identity store has nobody of that id; undefined where it does not say. */
async function nameOf(
  aws: Naming,
  IdentityStoreId: string,
  type: string,
  id: string,
): Promise<string | typeof gone | undefined> {
  try {
    if (type === 'user')
      return (await aws.read('identitystore:DescribeUser', { IdentityStoreId, UserId: id })).UserName;
    if (type !== 'group') return undefined;
    return (await aws.read('identitystore:DescribeGroup', { IdentityStoreId, GroupId: id })).DisplayName;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.code === 'ResourceNotFoundException') return gone;
    // Of groups it is only good to know.
    if (type === 'group') return undefined;
    throw error;
  }
}
