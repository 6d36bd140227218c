import type { Operation } from '../model/operations.ts';
import { OutcomeUnknown } from '../model/reader.ts';
import { withoutMarks } from '../model/text/own-commands.ts';
import { answerShapes, type List, type Members, type Shape } from './answer-shapes.ts';

/** No text of AWS comes near: an inline policy has 32,768 characters at most. */
const longestText = 100_000;

/** An answer that does not fit AWS's model: it may not be AWS's, and what it is about is not known. */
export const notUnderstood = (operation: Operation, why: string): OutcomeUnknown =>
  new OutcomeUnknown(`AWS’s answer to ${operation} is not one we understand: ${why}`);

/** The answer, a member that is null left out. Throws `OutcomeUnknown` where a member that is used is not what it has to be. */
export function understood<T extends object>(operation: Operation, answer: T): T {
  return fitted(answer, answerShapes[operation] as Shape, '', (why) => {
    throw notUnderstood(operation, why);
  }) as T;
}

type Wrong = (why: string) => never;

function fitted(value: unknown, shape: Shape, at: string, wrong: Wrong): unknown {
  const unfit = (wanted: string): never => wrong(`${at || 'it'} is ${named(value)}, not ${wanted}`);
  if (shape === 'text' || shape === 'text!' || shape === 'id')
    return typeof value === 'string' ? textFitted(value, shape, at, wrong) : unfit('a text');
  if (shape === 'flag') return typeof value === 'boolean' ? value : unfit('true or false');
  if (shape === 'date')
    return value instanceof Date && !Number.isNaN(value.getTime()) ? value : unfit('a time');
  if (isList(shape)) {
    if (!Array.isArray(value)) return unfit('a list');
    if (value.length === 0 && shape.length > 1) return wrong(`${at} is empty`);
    return value.map((one, n) => fitted(one, shape[0], `${at}[${n}]`, wrong));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date)
    return unfit('an object');
  return membersFitted(value, shape, at, wrong);
}

function textFitted(value: string, shape: 'text' | 'text!' | 'id', at: string, wrong: Wrong): string {
  if (value.length > longestText)
    return wrong(`${at} has ${value.length.toLocaleString('en-US')} characters`);
  return value === '' && shape !== 'text' ? wrong(`${at} is empty`) : withoutMarks(value);
}

function membersFitted(value: object, members: Members, at: string, wrong: Wrong): object {
  const kept: Record<string, unknown> = { ...value };
  for (const [member, wanted] of Object.entries(members)) {
    if (wanted === undefined) continue;
    const path = at === '' ? member : `${at}.${member}`;
    const found = kept[member] ?? undefined;
    if (found !== undefined) kept[member] = fitted(found, wanted, path, wrong);
    else if (isNeeded(wanted)) wrong(`${path} is missing`);
    else delete kept[member];
  }
  return kept;
}

const isList = (shape: Shape): shape is List => Array.isArray(shape);
/** A list may be absent: it is empty then. */
const isNeeded = (shape: Shape): boolean =>
  shape === 'text!' ||
  (isList(shape) && shape.length > 1) ||
  (typeof shape === 'object' &&
    !isList(shape) &&
    Object.values(shape as Members).some((one) => one !== undefined && isNeeded(one)));

function named(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? 'a text' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
