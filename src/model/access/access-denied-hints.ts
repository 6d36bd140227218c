/** The kinds of policies that deny, and the key that may not be used. */
export type Layer =
  | 'scp'
  | 'rcp'
  | 'boundary'
  | 'session'
  | 'identity'
  | 'identity-denies'
  | 'endpoint'
  | 'not-let-in'
  | 'key';

interface Kind {
  readonly layer: Layer;
  /** As AWS names it where it denies. */
  readonly named: RegExp;
  readonly name: string;
  /** Who can do something about it, and what. */
  readonly says: string;
}
const kinds: readonly Kind[] = [
  {
    layer: 'key',
    named: /kms:|\bKMS_\w+/,
    name: 'the key of IAM Identity Center',
    says: 'IAM Identity Center is encrypted with a customer managed key, and these credentials cannot use it: the key’s administrator (usually the management account) must allow it in the key policy, and the policies of these credentials must allow it too',
  },
  {
    layer: 'scp',
    named: /service control polic/i,
    name: 'a service control policy',
    says: 'A service control policy of the organization denies it: who manages the organization’s policies has to allow it for this account',
  },
  {
    layer: 'rcp',
    named: /resource control polic/i,
    name: 'a resource control policy',
    says: 'A resource control policy of the organization denies it: who manages the organization’s policies has to allow it',
  },
  {
    layer: 'boundary',
    named: /permissions boundary/i,
    name: 'the permissions boundary',
    says: 'The permissions boundary of these credentials denies it: use a role without that boundary, or have it widened',
  },
  {
    layer: 'session',
    named: /session polic/i,
    name: 'the policy of the session',
    says: 'The policy of this session denies it: sign in without a session policy, or with one that allows it',
  },
  {
    layer: 'identity-denies',
    named: /explicit deny in an identity-based polic/i,
    name: 'an identity-based policy that denies it',
    says: 'A policy of these credentials denies it outright: have that statement taken away, or use another role',
  },
  {
    layer: 'identity',
    named: /identity-based polic/i,
    name: 'no identity-based policy allows it',
    says: 'The policies of these credentials do not allow it: have one attached that does, or use another role',
  },
  {
    layer: 'endpoint',
    named: /VPC endpoint polic/i,
    name: 'the policy of the VPC endpoint',
    says: 'The policy of the VPC endpoint in between denies it: have it widened',
  },
  // Last: where a policy of the caller denies it too, that is what can be changed.
  {
    layer: 'not-let-in',
    named:
      /perform: (sso|identitystore):[\s\S]*(does not exist in this Region|no resource-based polic(y|ies) allows? access)/i,
    name: 'the account does not administer IAM Identity Center, or the Region is another one',
    says: 'AWS answers so to every account that does not administer IAM Identity Center, and in every Region but the instance’s: use credentials of the management account or of the delegated administrator, and check the Region. Where an account was registered or deregistered just now, AWS may take a few minutes to act on it',
  },
];
/** What denies it, from AWS's words. Undefined where it does not say. */
const kindIn = (why: string): Kind | undefined => kinds.find(({ named }) => named.test(why));
/** The same, by its name. */
export const layerOf = (why: string): Layer | undefined => kindIn(why)?.layer;
/**
 * Whether AWS does not let the caller's account in, and names no policy that stands in the way: the account does not
 * administer IAM Identity Center, or not yet, or it asked in another Region. All other denials last until somebody
 * changes a policy. `why`: AWS's message.
 */
export const isNotLetIn = (why: string): boolean => layerOf(why) === 'not-let-in';

const kindOf = (wanted: Layer): Kind => kinds.find(({ layer }) => layer === wanted) as Kind;

/** Which kind of policy it is, in a few words that follow an action's name in parentheses. */
export const layerName = (layer: Layer): string => kindOf(layer).name;
/** Who can change a policy of that kind, in a sentence without its period. */
export const describeLayer = (layer: Layer): string => kindOf(layer).says;

/** What is the matter with a customer managed key, where it is more than a permission. From the Reason of the error. */
const ofKey: readonly (readonly [reason: RegExp, says: string])[] = [
  [
    /KMS_Disabled/i,
    'The customer managed key of IAM Identity Center is disabled: its administrator must enable it',
  ],
  [
    /KMS_Invalid_?(State|Key_?Usage)/i,
    'The customer managed key of IAM Identity Center is not usable in its current state (perhaps its deletion is scheduled): ask its administrator to check it in AWS KMS',
  ],
  [
    /KMS_(Key_)?Not_?Found/i,
    'The customer managed key of IAM Identity Center no longer exists: ask its administrator to look for it in AWS KMS; AWS Support can help',
  ],
  [
    /KMS_Invalid_?Arn/i,
    'AWS KMS does not accept the ARN that names the customer managed key of IAM Identity Center: ask the administrator of IAM Identity Center to check its settings',
  ],
  [/KMS_Throttling/i, 'AWS KMS throttled the key of IAM Identity Center: temporary; retry'],
];

/** Kinds that AWS names where they deny the use of a key. */
const deniesBeside: readonly Layer[] = ['scp', 'rcp', 'boundary', 'session', 'identity-denies'];

/**
 * Which kind of policy denied what, and who can change that: a sentence, or two where a key is in the way as well.
 * Empty where AWS's words do not tell. `why`: AWS's message, and its Reason where it has one.
 */
export function describeDenied(why: string): readonly string[] {
  const key = ofKey.find(([reason]) => reason.test(why));
  if (key) return [`${key[1]}.`];
  const action = deniedAction(why);
  const found = kindIn(why);
  if (found === undefined || (action === undefined && found.layer !== 'key')) return [];
  const said = `${found.says} (${action ?? 'kms:Decrypt'}).`;
  // Of the key's own policy AWS says nothing; of others that deny its use it does.
  const more =
    found.layer === 'key'
      ? kinds.find(({ layer, named }) => deniesBeside.includes(layer) && named.test(why))
      : undefined;
  return [said, ...(more ? [`${more.says}.`] : [])];
}

/** The action that AWS says is not allowed: `sso:TagResource`. Undefined where it names none. */
export const deniedAction = (why: string): string | undefined =>
  /not authorized to perform: (\S+)/.exec(why)?.[1];
/** Whether AWS says that a key of AWS KMS is in the way. */
export const isAboutKey = (why: string): boolean => /kms/i.test(why);
