import type { Caller } from '../protocol/caller.ts';
import type { Asked } from '../protocol/codec.ts';
import { askedTogether, busyAt, deniedBy, expiredAt, throttledAt } from '../protocol/denials.ts';
import { Refusal } from '../protocol/refusal.ts';
import type { Context } from '../services/context.ts';
import { never } from '../services/requests.ts';
import { isSignInError, type SignInStrike, signInErrors } from '../services/sign-in-errors.ts';
import { keyTrouble, saidToBeMissing, storeNotFound } from './absences.ts';
import { beQuicker, changePolicy, refuseTags, registerAnother } from './concurrent-admin.ts';
import type { FaultName } from './fault-names.ts';

/** What arrives where an answer is waited for. */
export type Delivery =
  | { readonly is: 'nothing' | 'reset' | 'half' }
  | { readonly is: 'error' } // HTTP 500
  | { readonly is: 'page'; readonly status: number } // of a network, not of AWS
  | { readonly is: 'away'; readonly ms: number }; // nothing listens for that long

/** What faults do to one request, in the order in which the request comes to it. */
export interface Strike {
  /** It never reaches AWS. */
  readonly lost?: Delivery;
  /** How far AWS's clock is ahead of this machine's, in milliseconds. */
  readonly ahead?: number;
  /** Whom AWS takes the caller for. */
  readonly taken?: (caller: Caller, at: Pick<Context, 'state'>) => Caller;
  readonly refuses?: (
    asked: Asked,
    caller: Caller,
    input: unknown,
    management: string,
  ) => Refusal | undefined;
  /** What another administrator does right before. */
  readonly others?: (input: object, at: Context) => void;
  /** Asynchronous requests: why it is going to fail, and after how many milliseconds it ends. */
  readonly fails?: string;
  readonly settle?: number;
  /** Milliseconds until reads see what it changed. */
  readonly lag?: number;
  /** Milliseconds that CloudTrail needs longer to deliver its event. */
  readonly late?: number;
  /** It was done, and this is what arrives. */
  readonly delivery?: Delivery;
  /** What the sign-in service answers instead. */
  readonly signIn?: SignInStrike;
}
/** Where on its way a request meets a fault. Of each stage it meets one. */
export const stages = ['way', 'door', 'refusal', 'others', 'course', 'answer'] as const;
type Stage = (typeof stages)[number];

type Values = Readonly<Record<string, number | string>>;
/** Numbers are whole. The values are what counts where an order does not say. */
export interface Fault {
  readonly says: string;
  readonly stage: Stage;
  readonly operation: string;
  readonly after: number;
  readonly times: number;
  readonly parameters: Values;
  /** Throws an Error where the values make no sense. */
  readonly strike: (values: never) => Strike;
  /** Opens a TLS listener in front of the simulator. */
  readonly intercepts?: true;
  /** Of the sign-in service: it strikes nothing else. */
  readonly ofSignIn?: true;
}
interface Given<P extends Values> {
  readonly operation?: string; // where it strikes unless an order says otherwise: any
  readonly after?: number; // how many such requests it lets pass first
  readonly times?: number; // how many it strikes then: 1
  readonly parameters?: P;
  readonly intercepts?: true;
  readonly ofSignIn?: true;
  readonly strike: (values: { readonly [K in keyof P]: P[K] extends number ? number : string }) => Strike;
}
function fault<P extends Values = Record<never, never>>(stage: Stage, says: string, given: Given<P>): Fault {
  return { stage, says, operation: '*', after: 0, times: 1, parameters: {}, ...given };
}
const always = Number.POSITIVE_INFINITY;
const milliseconds = (ms: number): number => {
  if (ms < 0) throw new Error('ms must be 0 or more');
  return ms;
};

/** Ways in which AWS, the way to it, or the credentials fail. An order is for one of them. */
const faults = {
  hang: fault('way', 'The request is lost, and no answer ever comes.', {
    strike: () => ({ lost: { is: 'nothing' } }),
  }),
  offline: fault('way', 'The connection breaks before AWS has the request, and for ms nothing listens.', {
    parameters: { ms: 3_000 },
    strike: ({ ms }) => ({ lost: { is: 'away', ms: milliseconds(ms) } }),
  }),
  'captive-portal': fault('way', 'The sign-in page of a network answers, with the HTTP status given.', {
    parameters: { status: 200 },
    strike: ({ status }) => {
      if (status < 200 || status > 599) throw new Error('status must be from 200 to 599');
      return { lost: { is: 'page', status } };
    },
  }),
  'proxy-mitm': fault('way', 'A second address answers over TLS, with a certificate that nobody trusts.', {
    intercepts: true,
    strike: () => ({}),
  }),
  'clock-skew': fault('door', 'AWS’s clock is ahead of this machine’s by minutes; behind, where negative.', {
    times: always,
    parameters: { minutes: 20 },
    strike: ({ minutes }) => ({ ahead: minutes * 60_000 }),
  }),
  'identity-changed': fault('door', 'The credentials are another role’s or another account’s by now.', {
    times: always,
    parameters: { to: 'role' },
    strike: ({ to }) => {
      if (to !== 'role' && to !== 'account') throw new Error('to must be role or account');
      return { taken: to === 'role' ? anotherRole : anotherAccount };
    },
  }),
  'expired-before': fault('refusal', 'The session has expired.', {
    times: always,
    strike: () => ({ refuses: expiredAt }),
  }),
  'expired-mid-bulk': fault('refusal', 'The session expires after some requests.', {
    after: 10,
    times: always,
    strike: () => ({ refuses: expiredAt }),
  }),
  'denied-by-scp': fault('refusal', 'A service control policy of the organization denies it.', {
    strike: () => ({ refuses: deniedBy('with an explicit deny in a service control policy') }),
  }),
  'denied-by-boundary': fault('refusal', 'The caller’s permissions boundary does not allow it.', {
    strike: () => ({ refuses: deniedBy('because no permissions boundary allows the') }),
  }),
  'denied-by-identity-policy': fault('refusal', 'No policy of the caller allows it.', {
    strike: () => ({ refuses: deniedBy('because no identity-based policy allows the') }),
  }),
  'denied-by-session-policy': fault('refusal', 'The policy of the caller’s session does not allow it.', {
    strike: () => ({ refuses: deniedBy('because no session policy allows the') }),
  }),
  'denied-tagging': fault('others', 'No policy of the caller allows tags on what is created.', {
    operation: 'sso:CreatePermissionSet',
    times: always,
    strike: () => ({ others: refuseTags }),
  }),
  'simulation-apart': fault('refusal', 'IAM’s policy simulator wants some actions asked about apart.', {
    operation: 'iam:SimulatePrincipalPolicy',
    times: always,
    strike: () => ({ refuses: askedTogether }),
  }),
  'throttle-burst': fault('refusal', 'AWS has had too many requests for a moment.', {
    strike: () => ({ refuses: throttledAt }),
  }),
  'throttle-forever': fault('refusal', 'AWS throttles, and keeps throttling.', {
    times: always,
    strike: () => ({ refuses: throttledAt }),
  }),
  'key-trouble': fault('refusal', 'The customer managed key cannot be used, for the reason given.', {
    operation: 'identitystore:GetUserId',
    times: always,
    parameters: { reason: 'not-found' },
    strike: ({ reason }) => ({ refuses: keyTrouble(reason) }),
  }),
  'store-not-found': fault('refusal', 'AWS does not find the identity store that is asked.', {
    operation: 'identitystore:GetUserId',
    times: always,
    strike: () => ({ refuses: storeNotFound }),
  }),
  'said-to-be-missing': fault('refusal', 'AWS says that there is none, of somebody who is there.', {
    operation: 'identitystore:GetUserId',
    times: always,
    strike: () => ({ refuses: saidToBeMissing }),
  }),
  'conflict-busy': fault('refusal', 'AWS is busy with another change to the same thing.', {
    strike: () => ({ refuses: busyAt }),
  }),
  'conflict-exists': fault('others', 'Another administrator makes one of that name right before.', {
    operation: 'sso:CreatePermissionSet',
    strike: () => ({ others: beQuicker }),
  }),
  'delegated-admin-exists': fault('others', 'Another account is registered right before.', {
    operation: 'organizations:RegisterDelegatedAdministrator',
    strike: () => ({ others: registerAnother }),
  }),
  'policy-drift': fault('others', 'Another administrator changes the inline policy right before.', {
    operation: 'sso:GetInlinePolicyForPermissionSet',
    strike: () => ({ others: changePolicy }),
  }),
  'async-failed': fault('course', 'AWS takes it on, and it fails, for the reason given.', {
    operation: 'sso:CreateAccountAssignment',
    parameters: { reason: 'Received a 403 status error: Access Denied' },
    strike: ({ reason }) => ({ fails: reason }),
  }),
  'async-stuck': fault('course', 'AWS takes it on, and does not end it while the fault lasts.', {
    operation: 'sso:CreateAccountAssignment',
    strike: () => ({ settle: never }),
  }),
  'eventual-consistency': fault('course', 'Reads do not see what it changed, for ms.', {
    operation: 'writes',
    parameters: { ms: 30_000 },
    strike: ({ ms }) => ({ lag: milliseconds(ms) }),
  }),
  'trail-late': fault('course', 'CloudTrail shows its event later than usual, by ms.', {
    operation: 'writes',
    parameters: { ms: 1_800_000 },
    strike: ({ ms }) => ({ late: milliseconds(ms) }),
  }),
  'reset-after-effect': fault('answer', 'It is done, and the connection breaks instead of an answer.', {
    strike: () => ({ delivery: { is: 'reset' } }),
  }),
  '500-after-effect': fault('answer', 'It is done, and AWS answers that something went wrong (HTTP 500).', {
    strike: () => ({ delivery: { is: 'error' } }),
  }),
  'truncated-body': fault('answer', 'It is done, and half of the answer arrives.', {
    strike: () => ({ delivery: { is: 'half' } }),
  }),
  'response-lost-async': fault('answer', 'AWS takes it on, and the answer with the RequestId is lost.', {
    operation: 'sso:CreateAccountAssignment',
    strike: () => ({ delivery: { is: 'reset' } }),
  }),
  'hang-after-effect': fault('answer', 'It is done, and no answer ever comes.', {
    strike: () => ({ delivery: { is: 'nothing' } }),
  }),
  'sign-in-answers': fault('refusal', 'The sign-in service answers with the OAuth error given.', {
    operation: 'sso-oauth:CreateToken',
    ofSignIn: true,
    parameters: { error: 'authorization_pending' },
    strike: ({ error }) => {
      if (!isSignInError(error)) throw new Error(`error must be one of ${signInErrors.join(', ')}`);
      return { signIn: { error } };
    },
  }),
  'sign-in-page': fault('answer', 'People are sent to the address given to enter their code.', {
    operation: 'sso-oauth:StartDeviceAuthorization',
    ofSignIn: true,
    parameters: { page: 'https://sign-in.example.com/' },
    strike: ({ page }) => ({ signIn: { page } }),
  }),
} as const satisfies Readonly<Record<FaultName, Fault>>;

export const faultNamed = (name: FaultName): Fault => faults[name];

function anotherRole(caller: Caller): Caller {
  const arn = `arn:aws:sts::${caller.account.id}:assumed-role/ReadOnly/somebody-else`;
  return { ...caller, arn, userId: 'AROASOMEBODYELSE:somebody-else', session: true };
}
function anotherAccount(caller: Caller, { state }: Pick<Context, 'state'>): Caller {
  const { accounts, organization } = state;
  const other = accounts.find(
    ({ id, state: stands }) =>
      stands === 'ACTIVE' && id !== caller.account.id && id !== organization.management,
  );
  if (other === undefined) throw new Refusal('InternalFailure', 'There is no other account.', {}, 500);
  return { ...caller, account: other, arn: `arn:aws:iam::${other.id}:user/somebody-else` };
}
