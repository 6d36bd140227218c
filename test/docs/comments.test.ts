import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { exportedBy, neverExportedBy, openProject } from './exported.ts';

const root = join(import.meta.dirname, '../..');
const files = [
  ...['src/model', 'src/engine', 'src/journal'],
  ...['organization', 'protocol', 'services'].map((part) => `src/simulator/${part}`),
].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);
/** What somebody meets who reads a step, follows a run, or writes another screen. */
const firstMet: Readonly<Record<string, readonly string[]>> = {
  'src/model/call.ts': ['Actor', 'Deferred', 'Call', 'Known', 'ReadyCall'],
  'src/model/event.ts': ['Event', 'Intent', 'Outcome'],
  'src/model/plan.ts': ['Change', 'Goal', 'Met', 'Plan', 'Standing', 'Unknown', 'Wrong'],
  'src/model/reader.ts': ['Aws', 'CredentialsError', 'Reader', 'RequestRejected', 'OutcomeUnknown'],
  'src/model/attempt.ts': ['Attempt'],
  'src/model/run.ts': ['Run'],
  'src/model/question.ts': ['Question'],
  'src/model/step.ts': ['Definition', 'Situation', 'Step'],
  'src/engine/ask.ts': ['Ask', 'Reply'],
  'src/engine/engine.ts': ['Engine', 'Patience'],
  'src/engine/ports.ts': ['Activity', 'Ports'],
  'src/journal/journal.ts': ['Journal', 'Reading'],
  'src/journal/errors.ts': ['JournalError'],
};

/** Every rule once, kept and broken. */
const rules = 'src/in-memory.ts';
const ruled = `
import { refuse } from './simulator/protocol/refusal.ts';

/** Told. */
export const told = (): number => 1;
export const untold = (): number => 1;
/** Told, but not directly above. */

export function apart(): void {}
// A remark.
export function remarked(): void {}
/** Throws an Error. */
export function says(): void {
  throw new Error();
}
/** Keeps it to itself. */
export function silent(): void {
  throw new Error();
}
/** By another one of the same file. */
export const indirect = (): void => helper();
const helper = (): void => deeper();
function deeper(): void {
  throw new Error();
}
/** By one that never returns, in a table. */
export const table = { Get: (): never => refuse('code', 'message') } as const;
/** What it calls says so itself. */
export const outer = (): void => says();
`;

const examples = 'test/docs/in-memory.ts';
/** What is in every example's reach. */
const reach = `
import { createEngine } from '../../src/engine/engine.ts';
import type { Ports } from '../../src/engine/ports.ts';
import { walk } from '../../src/engine/walk.ts';
import { after, change, met, wrong } from '../../src/model/plan.ts';
import type { Reader } from '../../src/model/reader.ts';
import { type Step, step } from '../../src/model/step.ts';
declare const aws: Reader;
declare const ports: Ports;
declare const steps: readonly Step[];
`;
/** The code of the examples that stand in comments, by the name of what stands below them. */
const found = new Map(
  files.flatMap((file) =>
    [
      ...readFileSync(join(root, file), 'utf8').matchAll(
        /^( *) \* @example\n((?:\1 \*(?: .*)?\n)+?)\1 \*\/\n *(?:export (?:const|function) )?(\w+)/gm,
      ),
    ].map(([, , code = '', name = '']) => [name, code.replace(/^ *\* ?/gm, '')] as const),
  ),
);
const project = openProject({
  ...Object.fromEntries(files.map((file) => [file, readFileSync(join(root, file), 'utf8')])),
  [rules]: ruled,
  [examples]: [
    reach,
    ...[...found].map(([name, code]) => `async function ${name}Example() {\n${code}}`),
  ].join('\n'),
  'test/docs/in-memory-wrong.ts': `${reach}change('set', 'says', 'sso:CreatePermissionSet', { Name: 'Admins' });`,
});
afterAll(() => project.close());

const never = new Set(files.flatMap((file) => neverExportedBy(project.sourceOf(file))));
const exported = (file: string) => exportedBy(project.sourceOf(file), never);
const untold = (file: string): readonly string[] =>
  exported(file).flatMap(({ name, is, comment }) => (is === 'type' || comment !== '' ? [] : [name]));
const silent = (file: string): readonly string[] =>
  exported(file).flatMap(({ name, throws, comment }) =>
    throws && !/\bThrows\b/.test(comment) ? [name] : [],
  );

const everywhere = (look: (file: string) => readonly string[]): readonly string[] =>
  files.flatMap((file) => look(file).map((name) => `${file}: ${name}`));

test('everything that is exported says what it is for', () => expect(everywhere(untold)).toEqual([]));
test('what throws says so', () => expect(everywhere(silent)).toEqual([]));

test('the types that somebody meets first are explained', () => {
  const bare = Object.entries(firstMet).flatMap(([file, names]) => {
    const told = exported(file).flatMap(({ name, comment }) => (comment === '' ? [] : [name]));
    return names.filter((name) => !told.includes(name));
  });
  expect(bare).toEqual([]);
});

test('what has no comment, and what throws without a word, is noticed', () => {
  expect(untold(rules)).toEqual(['untold', 'apart', 'remarked']);
  expect(silent(rules)).toEqual(['silent', 'indirect', 'table']);
});

describe('examples in comments', () => {
  test('are there for what a step is written with, and an engine begins with', () =>
    expect([...found.keys()].toSorted()).toEqual(['after', 'change', 'createEngine', 'read', 'step']));
  test('compile', () => expect(project.problemsOf(examples)).toEqual([]));
  test('would not, if they were wrong', () =>
    expect(project.problemsOf('test/docs/in-memory-wrong.ts').join()).toContain('InstanceArn'));
});
