import { keysOf } from './ids.ts';
import { type MfaDevice, mfaDeviceOf } from './mfa.ts';
import type { State } from './state.ts';

export interface SimulatorAccount {
  readonly name: string;
  readonly id: string;
  readonly role: 'management' | 'delegated-administrator' | 'member' | 'suspended';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of the account's IAM user: `codeAt` in organization/mfa.ts says what it shows. */
  readonly mfa: MfaDevice;
}

/** The accounts of an organization, the management account first. */
export function accountsOf({ accounts, organization, delegated, seed }: State): SimulatorAccount[] {
  const role = (id: string, stands: string): SimulatorAccount['role'] => {
    if (id === organization.management) return 'management';
    if (stands !== 'ACTIVE') return 'suspended';
    return delegated.some(({ account, service }) => account === id && service === 'sso.amazonaws.com')
      ? 'delegated-administrator'
      : 'member';
  };
  return accounts
    .map(({ id, name, state }) => ({
      name,
      id,
      role: role(id, state),
      ...keysOf(seed, id),
      mfa: mfaDeviceOf(seed, id),
    }))
    .sort((a, b) => Number(b.role === 'management') - Number(a.role === 'management'));
}
