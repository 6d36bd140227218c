import type { Service } from '../operations/sdk.ts';

/** A shape of AWS's service models: what a value may be. */
export interface Shape {
  readonly type: string; // string, integer, boolean, timestamp, structure, list, map, document, …
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, string>>;
  readonly member?: string; // of a list
  readonly value?: string; // of a map
}
/** The part of a service's model that recorded exchanges are cut down and held against. */
export interface ServiceShapes {
  readonly operations: Readonly<
    Record<
      string,
      { readonly input?: string; readonly output?: string; readonly errors: readonly string[] } | undefined
    >
  >;
  readonly errors: Readonly<
    Record<string, { readonly members: Readonly<Record<string, string>>; readonly code?: string } | undefined>
  >;
  readonly shapes: Readonly<Record<string, Shape | undefined>>;
}
/** All services. The program is handed them: the files lie with the simulator. */
export type Shapes = Readonly<Record<Service, ServiceShapes>>;

/** Data without meaning of its own, as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * An operation ('sso:ListInstances') taken apart: the model of its service, and what it says of the operation. Each is
 * undefined where it is not known.
 */
export function modelOf(shapes: Shapes, operation: string) {
  const [service = '', name = ''] = operation.split(':');
  const model: ServiceShapes | undefined = Object.hasOwn(shapes, service)
    ? shapes[service as Service]
    : undefined;
  const known = model && Object.hasOwn(model.operations, name) ? model.operations[name] : undefined;
  return { model, known };
}
/** A shape by its name; undefined where there is no such shape. */
export const shapeIn = (model: ServiceShapes | undefined, name: string | undefined): Shape | undefined =>
  model && name !== undefined && Object.hasOwn(model.shapes, name) ? model.shapes[name] : undefined;
/** The name of a member's shape; undefined where the model has no such member. */
export const memberIn = (shape: Shape, name: string): string | undefined =>
  shape.members && Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;

/** Whether a value is an object and no list, as a type guard. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
