import { expect, test } from 'vitest';
import type { Ask } from '../../src/engine/ask.ts';
import { sinceThen } from '../../src/model/progress/welcome.ts';
import { sinceLines } from '../../src/report/welcome-lines.ts';
import { steps } from '../../steps/index.ts';
import { documentedPolicy } from '../../steps/policies/index.ts';
import { seeing, titleOf } from '../words.ts';
import { otherPolicy } from './four-accounts.ts';
import { setup, usualAnswers } from './process.ts';

const name = 'CodeWhisperer_administrator';
const theirs = [{ Key: 'cw-runbook:run', Value: '01OTHERRUN' }];
/** The warnings that stand in a question's plan. */
const warned = (ask: Ask): readonly string[] =>
  'plan' in ask
    ? ask.plan.goals.flatMap((goal) => (goal.is === 'warning' ? [`${goal.id}: ${goal.found}`] : []))
    : [];
const says = expect.stringMatching(/^other-run: .*names another run, 01OTHERRUN: somebody else sets this up/);

test('a set that another run made is said to be so where it is first seen: in the question, and where it is confirmed', async () => {
  const asked: Ask[] = [];
  const { w, p } = setup(
    {},
    {
      answers: { ...usualAnswers, 'permission-set/existing': 'replace@' },
      on: (ask) => void asked.push(ask),
    },
  );
  w.permSet(name, otherPolicy).tags = theirs;
  expect(await p.all()).toBe('finished');
  const of = (is: Ask['is']) => asked.filter((ask) => ask.is === is && ask.step.id === 'permission-set');
  const [question] = of('question').filter(
    (ask) => ask.is === 'question' && ask.goal.question === 'existing',
  );
  expect(question && warned(question)).toEqual([says]);
  for (const confirm of of('confirm')) expect(warned(confirm)).toContainEqual(says);
  expect(of('confirm').length).toBeGreaterThan(0);
});

test('the set that this run made itself is nobody else’s, and its tags are read once at most', async () => {
  const asked: Ask[] = [];
  const { w, p } = setup({}, { on: (ask) => void asked.push(ask) });
  expect(await p.all()).toBe('finished');
  expect(asked.flatMap(warned).filter((one) => one.startsWith('other-run'))).toEqual([]);
  expect(w.reads.filter((one) => one === 'sso:ListTagsForResource').length).toBeLessThanOrEqual(1);
});

test('a run that was handed off reads whose its own set is: another copy of it may have made it again', async () => {
  const asked: Ask[] = [];
  const { w, p, start } = setup({}, { on: (ask) => void asked.push(ask) });
  expect(await p.all()).toBe('finished');
  const { record } = p.ports;
  await record({ type: 'handed-off', handoff: 'H', by: 'ann', program: 'p' });
  await record({ type: 'reclaimed', handoff: 'H', by: 'ann', typed: 'H' });
  const made = w.sets.find((one) => one.name === name) ?? expect.fail();
  made.tags = theirs;
  const again = start();
  await again.all();
  const { goals } = again.run().observations['permission-set']?.plan ?? expect.fail();
  expect(goals).toContainEqual(expect.objectContaining({ id: 'other-run', is: 'warning' }));
});

test('who takes the run up again is told that another run has made the set meanwhile', async () => {
  const { w, start, disk } = setup(
    {},
    { on: (ask) => (ask.is === 'confirm' && ask.step.id === 'permission-set' ? { do: 'leave' } : undefined) },
  );
  expect(await start().all()).toBe('permission-set: confirm');
  w.permSet(name, documentedPolicy.text).tags = theirs;
  await start().all();
  const since = sinceThen(disk, steps) ?? expect.fail('nothing was looked at again');
  // What asks nothing of AWS was not checked there, and is not counted.
  const ids = since.looked.map(({ id }) => id);
  expect(ids).toContain('home-region');
  expect(ids).not.toContain('before-you-start');
  expect(ids).not.toContain('session-duration');
  expect(sinceLines(since).join('\n')).toMatch(
    seeing`Since then at AWS: ${titleOf('permission-set')}: .*names another run, 01OTHERRUN`,
  );
});
