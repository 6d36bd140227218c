/** The simulated organization, as it is kept in its file. Times are milliseconds since 1970. */
export interface State {
  readonly simulator: 1;
  readonly scenario: string;
  readonly seed: string;
  /** How many ids the seed has given so far. */
  drawn: number;
  readonly organization: { readonly id: string; readonly management: string };
  readonly accounts: Account[];
  readonly trusted: { readonly principal: string; readonly since: number }[];
  readonly delegated: { readonly account: string; readonly service: string; readonly since: number }[];
  readonly instance?: { readonly id: string; readonly store: string; readonly region: string; readonly created: number };
  /** Opt-in Regions that are on, in every account. */
  readonly optedIn: string[];
  readonly users: User[];
  readonly groups: { readonly id: string; readonly name: string }[];
  readonly sets: PermissionSet[];
  readonly assignments: Assignment[];
  readonly requests: AsyncRequest[];
  readonly sessions: Session[];
  readonly ledger: Ledger;
}
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly joined: number;
  readonly method: 'INVITED' | 'CREATED';
  state: 'ACTIVE' | 'SUSPENDED';
}
export interface User {
  readonly id: string;
  readonly userName: string;
  readonly given: string;
  readonly family: string;
  readonly display: string;
  readonly email?: string;
  readonly externalId?: string;
  readonly status: 'ENABLED' | 'DISABLED';
  readonly created: number;
}
export interface PermissionSet {
  readonly arn: string;
  readonly name: string;
  readonly created: number;
  description?: string;
  session: string;
  relay?: string;
  inline: string;
  managed: string[];
  customer: { readonly Name: string; readonly Path: string }[];
  boundary?: object;
  tags: { Key: string; Value: string }[];
  /** Raised by every change of what the set grants. */
  version: number;
  /** By account: the version it has. */
  readonly provisioned: Record<string, number>;
}
export interface Assignment {
  readonly set: string;
  readonly account: string;
  readonly type: 'USER' | 'GROUP';
  readonly principal: string;
}
/** `ends`: how it ends once it is due; decided when it is accepted. */
export interface AsyncRequest {
  readonly id: string;
  readonly kind: 'create' | 'delete' | 'provision' | 'account';
  readonly input: Readonly<Record<string, string>>;
  readonly created: number;
  readonly due: number;
  readonly ends: 'SUCCEEDED' | 'FAILED';
  readonly why?: string;
  applied: boolean;
}
export interface Session {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly token: string;
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  readonly expires: number;
}
export interface Ledger {
  readonly requests: {
    readonly n: number;
    readonly operation: string;
    readonly account: string;
    readonly region: string;
    readonly key: string;
    readonly status: number;
    readonly userAgent: string;
  }[];
  /** One a state change. `n`: the request that made it. */
  readonly effects: { readonly operation: string; readonly key: string; readonly n: number }[];
}
