import account from './models/account.json' with { type: 'json' };
import identitystore from './models/identitystore.json' with { type: 'json' };
import organizations from './models/organizations.json' with { type: 'json' };
import sso from './models/sso.json' with { type: 'json' };
import sts from './models/sts.json' with { type: 'json' };

/** A shape of AWS's service models, reduced to what is checked. */
export interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, string>>;
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
  readonly document?: boolean;
  readonly union?: boolean;
  readonly sensitive?: boolean;
}
export interface OperationModel {
  readonly input?: string;
  readonly output?: string;
  readonly errors?: readonly string[];
  readonly path?: string;
}
export interface Model {
  readonly protocol: string;
  readonly targetPrefix: string | null;
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}
/** By the prefix that IAM and CloudTrail use. */
export type ServiceName = 'account' | 'identitystore' | 'organizations' | 'sso' | 'sts';
export const models = { account, identitystore, organizations, sso, sts } as unknown as Readonly<Record<ServiceName, Model>>;
