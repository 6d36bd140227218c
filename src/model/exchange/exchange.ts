import type { Operation } from '../operations.ts';
import type { Json } from './shapes.ts';

/**
 * What a service answered, before anything is cut away. It is handed on inside the process and never written: the
 * recorder makes an `Exchange` of it. Headers are no part of it.
 */
export interface Answered {
  readonly operation: Operation;
  readonly input: unknown;
  readonly at: 'aws' | 'elsewhere'; // AWS's own endpoint, or one that was configured
  readonly status: number; // HTTP
  /** The name of the error, where it is one. */
  readonly error?: string;
  /** How the service speaks. */
  readonly speaks: 'json' | 'xml';
  /** The body, taken apart; undefined where it cannot be. Of XML the result or the error in it. */
  readonly body: unknown;
}
/** Told of every answer of a service. It must not throw. */
export type Told = (answered: Answered) => void;

/**
 * A recorded exchange: one line of JSON. Members of AWS's models with their types, values of enums, booleans and the
 * number of things in a list are real; everything else stands for something (placeholders.ts). See docs/first-contact.md.
 */
export interface Exchange {
  readonly exchange: 1; // the format
  readonly operation: string; // sso:ListInstances
  readonly situation?: string; // in which it was answered, in words
  readonly request: Json;
  /** One of these three. */
  readonly answer?: Json;
  readonly error?: RecordedError;
  readonly unreadable?: { readonly status: number };
  readonly source?: string; // where it is from
  readonly differs?: readonly Difference[];
}
/** A refusal of AWS's as a record holds it. */
export interface RecordedError {
  readonly name: string;
  readonly status: number; // HTTP
  /** AWS's sentence, where the program knows the form of it, with placeholders in it; else how long it was. */
  readonly message?: string;
  readonly length?: number;
  /** Its other members: Reason, ResourceType … */
  readonly members: { readonly [name: string]: Json };
}
/** Where an answer is not as it was expected to be. */
export interface Difference {
  readonly from: 'model' | 'simulator';
  readonly at: string; // Instances[].State; '' for the answer as a whole
  readonly is: 'new' | 'missing' | 'type' | 'value' | 'error' | 'unreadable';
  readonly expected: string;
  readonly found: string;
}
