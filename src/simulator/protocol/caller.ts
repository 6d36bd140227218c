import type { Account } from '../organization/state.ts';

/** Who signed the request. */
export interface Caller {
  readonly account: Account;
  readonly arn: string;
  readonly userId: string;
  readonly session: boolean; // temporary credentials
  readonly accessKeyId?: string;
}
