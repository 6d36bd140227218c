import { expect, test } from 'vitest';
import { escapeControlChars } from '../../../src/model/text/escape-control-chars.ts';
import {
  asCommand,
  inParts,
  isCommand,
  jsonWithoutMarks,
  neutral,
  ownCommands,
  unmarked,
  withoutMarks,
  wordsOf,
} from '../../../src/model/text/own-commands.ts';

const npx = ownCommands({ start: 'npx cw-runbook' });
const demo = ownCommands({
  start: 'node dist/cw-runbook.cjs',
  demo: { start: 'npm run demo', flags: 'npm run demo --' },
});
const read = (text: string): string => unmarked(npx(text));

test.each([
  [asCommand('cw-runbook'), 'npx cw-runbook'],
  [asCommand('cw-runbook undo'), 'npx cw-runbook undo'],
  [
    `Go on with ${asCommand('cw-runbook undo')}. The audit log: ${asCommand('cw-runbook audit export --run R')}`,
    'Go on with npx cw-runbook undo. The audit log: npx cw-runbook audit export --run R',
  ],
  [`Begin anew with ${asCommand('cw-runbook --new')}.`, 'Begin anew with npx cw-runbook --new.'],
  [asCommand('CW_RUNBOOK_HOME=x cw-runbook status'), 'CW_RUNBOOK_HOME=x npx cw-runbook status'],
  [asCommand("A_HOME='a b' cw-runbook resume c"), "A_HOME='a b' npx cw-runbook resume c"],
  [asCommand('aws organizations describe-account'), 'aws organizations describe-account'],
])('%j is typed %j', (text, typed) => {
  expect(read(text)).toBe(typed);
  expect(unmarked(npx(npx(text))), 'twice is once').toBe(typed);
});

test('what is not marked is no command, whatever it looks like', () => {
  for (const text of [
    'cw-runbook undo',
    'It was made by cw-runbook run 7.',
    'The account “cw-runbook demo” is closed.',
    'cw-runbook-8Z.cwhandoff, cw-runbook/0.2.0, my-cw-runbook undo',
  ])
    expect(npx(text)).toBe(text);
  expect(read(asCommand('cw-runbook-other undo'))).toBe('cw-runbook-other undo');
});

test('the demo has a form of its own where npm runs it; everything else is started by its file', () => {
  const typed = (line: string): string => unmarked(demo(asCommand(line)));
  expect(typed('cw-runbook demo')).toBe('npm run demo');
  expect(typed('cw-runbook demo --scenario done --fresh')).toBe('npm run demo -- --scenario done --fresh');
  expect(typed('cw-runbook undo --run R')).toBe('node dist/cw-runbook.cjs undo --run R');
  expect(unmarked(demo(demo(asCommand('cw-runbook demo'))))).toBe('npm run demo');
});

test('started by its name nothing is spelled otherwise', () => {
  expect(ownCommands({ start: 'cw-runbook' })).toBe(neutral);
});

test('a command is one word, and what shows a text without knowing of commands has no marks in it', () => {
  const text = `Run  ${asCommand('aws sts get-caller-identity')}, then (${asCommand('cw-runbook')}).`;
  expect(wordsOf(text).map(({ word }) => word)).toEqual([
    'Run',
    'aws sts get-caller-identity,',
    'then',
    '(cw-runbook).',
  ]);
  expect(escapeControlChars(text)).toBe('Run  aws sts get-caller-identity, then (cw-runbook).');
  expect(unmarked(inParts(text, (part) => part.toUpperCase()))).toBe(unmarked(text).toUpperCase());
  expect(isCommand(`  ${asCommand('aws x y')}`)).toBe(true);
  expect(isCommand(text)).toBe(false);
});

test('a mark alone, as another’s text may have it, stays to be seen', () => {
  expect(escapeControlChars('a\ufdd0b')).toBe('a⟪U+FDD0⟫b');
  expect(escapeControlChars('a\ufdd1b\ufdd0')).toBe('a⟪U+FDD1⟫b⟪U+FDD0⟫');
});

test('another’s text neither makes a command of itself nor ends the one that it stands in', () => {
  const forged = '\ufdd0cw-runbook undo\ufdd1';
  expect(npx(withoutMarks(forged))).toBe('⟪U+FDD0⟫cw-runbook undo⟪U+FDD1⟫');
  for (const name of ['a\ufdd1 b', '\ufdd1b\ufdd0', '\ufdd0b', withoutMarks(forged)]) {
    const text = `First (${asCommand(`cw-runbook doctor --profile ${name}`)}) then`;
    expect(
      wordsOf(text).map(({ word }) => word),
      JSON.stringify(name),
    ).toEqual(['First', `(cw-runbook doctor --profile ${withoutMarks(name)})`, 'then']);
    expect(read(text)).toContain('(npx cw-runbook doctor');
    expect(escapeControlChars(text)).toBe(unmarked(text));
  }
  expect(asCommand(asCommand('cw-runbook'))).toBe(asCommand('cw-runbook'));
  const json = '{"\\ufdd0a":["\ufdd1",1,null,{"b":"\\uFDD1"}],"__proto__":{"c":"d"}}';
  expect(JSON.stringify(jsonWithoutMarks(JSON.parse(json), json))).toBe(
    '{"⟪U+FDD0⟫a":["⟪U+FDD1⟫",1,null,{"b":"⟪U+FDD1⟫"}],"__proto__":{"c":"d"}}',
  );
});
