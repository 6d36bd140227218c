import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { headsOf } from '../../src/journal/evidence/heads.ts';
import { createJournal, readJournal } from '../../src/journal/journal.ts';
import { type Bench, bench } from './bench.ts';
import { goesOn, judge, said, times, whole } from './judge.ts';

const [register = '', , , assign = ''] = whole;
const day = 86_400_000;

/** The run’s journal as it would be, had everything in it happened so much earlier. */
async function longAgo(at: Bench, ms: number): Promise<void> {
  const [folder = ''] = await at.runs();
  const { header, events } = await readJournal(folder);
  await rm(folder, { recursive: true });
  let now = 0;
  const journal = await createJournal(folder, header, () => now);
  for (const { at: then, ...news } of events) {
    now = then - ms;
    // What AWS was told of is a hash that the records before would have had.
    const told = news.type === 'anchored' ? { head: (await headsOf(folder))[news.record] } : {};
    await journal.append({ ...news, ...told } as Parameters<typeof journal.append>[0]);
  }
  await journal.close();
}

test('40 resume-after-90-days: what was confirmed then and not sent is asked for again', async () => {
  const list = 'organizations:ListDelegatedAdministrators';
  const undisturbed = await bench();
  await undisturbed.run();
  const operations = (await undisturbed.ledger()).requests.map(({ operation }) => operation);
  const looks = operations.slice(0, operations.indexOf(register)).filter((operation) => operation === list);

  const at = await bench();
  await at.order({ fault: 'hang', operation: list, after: looks.length - 1, times: 'always' });
  const started = await at.began();
  await started.sees(/^confirmed +register/m);
  started.signal('SIGKILL');
  await started.ended;
  await at.end();
  expect((await at.events()).at(-1)).toMatchObject({ type: 'confirmed' });
  await longAgo(at, 90 * day);
  const ended = await at.run({ consent: ['--yes'] });
  await said('40 resume-after-90-days', ended);
  expect(ended.code).toBe(4);
  expect(await times(at, register)).toBe(0);
  await goesOn(at);
});

test('40 resume-after-90-days: what AWS was still at is followed, and not made again', async () => {
  const at = await bench();
  await at.order({ fault: 'async-stuck' });
  expect((await at.run()).code).toBe(3);
  await longAgo(at, 90 * day);
  await goesOn(at);
  expect(await times(at, assign)).toBe(1);
});

test('41 two-terminals: the second start of a run says who has it, and changes nothing', async () => {
  const at = await bench();
  await at.order({ fault: 'async-stuck' });
  const first = await at.began({ flags: ['--patience', '60000'] });
  await first.sees(/^accepted +assign-administrator/m);
  const before = (await at.events()).length;
  const second = await at.run({ shipped: true });
  await said('41 two-terminals', second);
  expect(second.code).toBe(7);
  expect((await at.events()).length).toBe(before);
  await at.end();
  expect(await first.ended).toMatchObject({ code: 0, err: '' });
  await goesOn(at);
});

test('42 paused-holder: while it sleeps nobody else writes, and when it wakes it goes on', async () => {
  const at = await bench();
  await at.order({ fault: 'async-stuck' });
  const first = await at.began({ flags: ['--patience', '60000'] });
  await first.sees(/^accepted +assign-administrator/m);
  first.signal('SIGSTOP');
  const second = await at.run({ shipped: true });
  await said('42 paused-holder', second);
  expect(second.code).toBe(7);
  await judge(at);
  await at.end();
  first.signal('SIGCONT');
  expect(await first.ended).toMatchObject({ code: 0, err: '' });
  await goesOn(at);
});
