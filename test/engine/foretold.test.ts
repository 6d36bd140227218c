import { expect, test } from 'vitest';
import { survey } from '../../src/engine/observe.ts';
import { replaceAfter } from '../../src/model/call.ts';
import type { News } from '../../src/model/event.ts';
import { type Change, changes } from '../../src/model/plan.ts';
import { commandLine } from '../../src/model/progress/cli-command.ts';
import { standingOf } from '../../src/model/run.ts';
import { steps } from '../../steps/index.ts';
import { otherPolicy, PROD } from './four-accounts.ts';
import { process, setup, usualAnswers } from './process.ts';

test('a whole-run plan of a fresh organization foretells across steps, is JSON, and sends nothing', async () => {
  const { w, p, disk, clock } = setup({}, {}, { delegated: true });
  for (const [key, answer] of Object.entries(usualAnswers)) {
    const [step = '', question = ''] = key.split('/');
    disk.push({ at: clock.now, type: 'answered', step, question, answer });
  }
  const q = process(disk, clock, w);
  for (const actor of ['management', 'delegated-administrator'] as const) {
    const name = actor === 'management' ? 'mgmt' : 'delegate';
    q.engine.live.set(actor, { source: { kind: 'profile', name }, region: 'eu-west-1' });
  }
  await survey(steps, q.engine);
  const plan = q.run().observations['assign-administrator']?.plan ?? { goals: [] };
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  const [assign] = changes(plan);
  expect(assign?.call.input).toMatchObject({
    PermissionSetArn: { $after: 'set', step: 'permission-set', path: 'PermissionSet.PermissionSetArn' },
  });
  expect(assign && commandLine(assign.call)).toContain(
    "--permission-set-arn '<known after permission-set/set>'",
  );
  expect(w.sent).toEqual([]);
  void p;
});

test.each([
  ['a fresh organization', undefined],
  ['a set to replace', otherPolicy],
])(
  'the plan keeps its word (%s): after its first change, the rest of it is the next plan',
  async (_, policy) => {
    const { w, p } = setup({}, { answers: { ...usualAnswers, 'permission-set/existing': 'replace@' } });
    if (policy !== undefined) w.permSet('CodeWhisperer_administrator', policy, [PROD]);
    const { record } = p.ports;
    const foretold = new Map<string, readonly Change[]>();
    let checked = 0;
    // The link leads to the set itself once there is one.
    const wild = (one: Change) => ({
      ...one,
      link: expect.any(String),
      call: replaceAfter(one.call, () => expect.anything()),
    });
    const watch = (news: News): void => {
      if (news.type === 'ended')
        for (const [step, list] of foretold)
          foretold.set(
            step,
            list.filter((one) => !news.attempt.startsWith(`${step}/${one.id}#`)),
          );
      if (news.type !== 'looked') return;
      const before = foretold.get(news.step);
      const now = changes(news.plan);
      foretold.set(news.step, now);
      if (!before?.length) return;
      expect(now).toEqual(before.map(wild));
      checked++;
    };
    Object.assign(p.engine.ports, {
      record: async (news: News) => {
        const event = await record(news);
        watch(news);
        return event;
      },
    });
    expect(await p.all()).toBe('finished');
    expect(checked).toBeGreaterThan(0);
  },
);

test('what an earlier process saw is remembered, not believed', async () => {
  const { p, start } = setup();
  expect(await p.all()).toBe('finished');
  const q = start();
  await q.ports.record({ type: 'opened', by: 'later', program: 'test' });
  expect(standingOf(q.run(), 'permission-set')).toBe('remembered');
});
