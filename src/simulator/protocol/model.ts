import account from '../models/account.json' with { type: 'json' };
import cloudtrail from '../models/cloudtrail.json' with { type: 'json' };
import iam from '../models/iam.json' with { type: 'json' };
import identitystore from '../models/identitystore.json' with { type: 'json' };
import organizations from '../models/organizations.json' with { type: 'json' };
import sso from '../models/sso.json' with { type: 'json' };
import sts from '../models/sts.json' with { type: 'json' };

/** A shape of AWS's service models: what a value may be. */
export interface Shape {
  readonly type: string; // string, integer, boolean, timestamp, structure, list, map, document, …
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly union?: boolean;
  readonly timestampFormat?: string; // seconds since 1970, unless it is iso8601
  readonly sensitive?: boolean; // its values are not to be told
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, string>>;
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
}
interface OperationModel {
  readonly input?: string;
  readonly output?: string;
  readonly path?: string; // REST only
  readonly errors: readonly string[];
}
interface ErrorModel {
  readonly members: Readonly<Record<string, string>>;
  readonly code?: string; // where it is not the shape's name
  readonly status?: number;
}
/** One service, cut down to what the simulator answers. The files say where they were taken from. */
export interface ServiceModel {
  readonly source: string;
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly errors: Readonly<Record<string, ErrorModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** The services, by the prefix that IAM and CloudTrail use for them. */
export type Service = 'organizations' | 'sso' | 'identitystore' | 'account' | 'iam' | 'sts' | 'cloudtrail';
/** The services' own models, cut down to what the simulator answers (`src/simulator/models`). */
export const models: Readonly<Record<Service, ServiceModel>> = {
  organizations,
  sso,
  identitystore,
  account,
  iam,
  sts,
  cloudtrail,
};
/** Those that speak AWS Query: parameters in, XML out. */
export type QueryService = 'iam' | 'sts';
/** Whether a service speaks AWS Query, as a type guard. */
export const isQuery = (service: Service): service is QueryService => service === 'iam' || service === 'sts';

/** A shape of a model. Throws an Error where there is none: then the model was cut down too far. */
export function shapeNamed(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (shape === undefined) throw new Error(`The model has no shape ${name}`);
  return shape;
}
