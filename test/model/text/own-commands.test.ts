import { expect, test } from 'vitest';
import { neutral, ownCommands } from '../../../src/model/text/own-commands.ts';

const commands = ['demo', 'run', 'undo', 'status', 'audit', 'permissions'];
const npx = ownCommands({ start: 'npx cw-runbook' }, commands);
const demo = ownCommands(
  { start: 'node dist/cw-runbook.cjs', demo: { start: 'npm run demo', flags: 'npm run demo --' } },
  commands,
);

test.each([
  ['cw-runbook', 'npx cw-runbook'],
  ['cw-runbook undo', 'npx cw-runbook undo'],
  [
    'Go on with cw-runbook undo. The audit log: cw-runbook audit export --run R',
    'Go on with npx cw-runbook undo. The audit log: npx cw-runbook audit export --run R',
  ],
  ['Begin anew with cw-runbook --new.', 'Begin anew with npx cw-runbook --new.'],
  ['CW_RUNBOOK_HOME=x cw-runbook status', 'CW_RUNBOOK_HOME=x npx cw-runbook status'],
  // The program's name is no command, nor is what others are told to type.
  ['The next start of cw-runbook sees it.', 'The next start of cw-runbook sees it.'],
  ['It was made by cw-runbook 0.1.0.', 'It was made by cw-runbook 0.1.0.'],
  ['npx cw-runbook@0.1.0 undo', 'npx cw-runbook@0.1.0 undo'],
  [
    'cw-runbook-8Z.cwhandoff, cw-runbook/0.2.0, my-cw-runbook undo',
    'cw-runbook-8Z.cwhandoff, cw-runbook/0.2.0, my-cw-runbook undo',
  ],
  ['cw-runbook undoes nothing', 'cw-runbook undoes nothing'],
])('%j is typed %j', (text, typed) => {
  expect(npx(text)).toBe(typed);
  expect(npx(npx(text)), 'twice is once').toBe(text === 'cw-runbook' ? typed : npx(text));
});

test('the demo has a form of its own where npm runs it; everything else is started by its file', () => {
  expect(demo('cw-runbook demo')).toBe('npm run demo');
  expect(demo('To look around: cw-runbook demo --scenario done --fresh.')).toBe(
    'To look around: npm run demo -- --scenario done --fresh.',
  );
  expect(demo('cw-runbook undo --run R')).toBe('node dist/cw-runbook.cjs undo --run R');
  expect(demo(demo('cw-runbook status'))).toBe('node dist/cw-runbook.cjs status');
});

test('started by its name nothing is spelled otherwise', () => {
  expect(ownCommands({ start: 'cw-runbook' }, commands)).toBe(neutral);
});
