import { type Source, sourceName } from '../identity.ts';
import { formatDuration } from '../text/times.ts';
import { unreachable } from '../text/unreachable.ts';

/** What a source's credentials are, as this machine's files say. */
export type SourceKind =
  | 'sso' // a permission set
  | 'login' // aws login
  | 'role'
  | 'keys' // access keys without an end
  | 'session' // keys of a session that somebody else got
  | 'process' // a credential_process
  | 'web-identity'
  | 'environment'
  | 'incomplete'; // the settings lead to no credentials

/** Whether they can be used now, as far as can be told without asking AWS. */
export type SourceState =
  /** `left`: milliseconds that it lasts; absent where it is renewed without a person. */
  | { readonly is: 'signed-in'; readonly left?: number }
  | { readonly is: 'sign-in-first' }
  /** A code of an MFA device is asked for. */
  | { readonly is: 'code-first' }
  /** Nobody signs in to them. */
  | { readonly is: 'no-sign-in' }
  | { readonly is: 'unknown' };

/** What is known of a source before anything is asked of AWS. `role`: the name of the permission set or role. */
export interface SourceFacts {
  readonly source: Source;
  readonly account?: string;
  readonly kind: SourceKind;
  readonly role?: string;
  readonly mfa: boolean;
  readonly state: SourceState;
}

/** The kind, to stand in a column: 'SSO AdministratorAccess', 'role Auditor, MFA', 'access keys'. */
export function describeKind({ kind, role, mfa }: SourceFacts): string {
  const named = (word: string): string => (role === undefined ? word : `${word} ${role}`);
  const with_ = mfa ? ', MFA' : '';
  switch (kind) {
    case 'sso':
      return named('SSO') + with_;
    case 'role':
      return named('role') + with_;
    case 'login':
      return 'aws login';
    case 'keys':
      return 'access keys';
    case 'session':
      return 'session keys';
    case 'process':
      return 'process';
    case 'web-identity':
      return named('web identity');
    case 'environment':
      return 'environment';
    case 'incomplete':
      return 'incomplete';
    default:
      return unreachable(kind);
  }
}

/** The state, to stand in a column; '' where there is nothing to do first. */
export function describeState({ state }: SourceFacts): string {
  switch (state.is) {
    case 'signed-in':
      return state.left === undefined ? 'signed in' : `signed in, ${formatDuration(state.left)}`;
    case 'sign-in-first':
      return 'sign in first';
    case 'code-first':
      return 'asks for a code';
    case 'no-sign-in':
      return '';
    case 'unknown':
      return 'not known';
    default:
      return unreachable(state);
  }
}

/** All of it in one line: 'profile corp-audit, account 777788889999, role Auditor, MFA, asks for a code'. */
export const describeFacts = (facts: SourceFacts): string =>
  [
    sourceName(facts.source),
    facts.account === undefined ? 'account not known' : `account ${facts.account}`,
    describeKind(facts),
    describeState(facts),
  ]
    .filter((part) => part !== '')
    .join(', ');
