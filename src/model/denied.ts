/** The kinds of policies, as AWS names them where one of them denies, and who can do something about it. */
const kinds: readonly (readonly [named: RegExp, says: string])[] = [
  [
    /service control polic/i,
    'A service control policy of the organization denies it: who manages the organization’s policies has to allow it for this account',
  ],
  [
    /resource control polic/i,
    'A resource control policy of the organization denies it: who manages the organization’s policies has to allow it',
  ],
  [
    /permissions boundary/i,
    'The permissions boundary of these credentials denies it: use a role without that boundary, or have it widened',
  ],
  [
    /session polic/i,
    'The policy of this session denies it: log in without a session policy, or with one that allows it',
  ],
  [
    /identity-based polic/i,
    'The policies of these credentials do not allow it: have one attached that does, or use another role',
  ],
  [/VPC endpoint polic/i, 'The policy of the VPC endpoint in between denies it: have it widened'],
];

/** One sentence: which kind of policy denied what, and who can change that. From AWS's words; none where it does not say. */
export function deniedSays(why: string): readonly string[] {
  const [, action] = /not authorized to perform: (\S+)/.exec(why) ?? [];
  const found = kinds.find(([named]) => named.test(why));
  return action === undefined || found === undefined ? [] : [`${found[1]} (${action}).`];
}
