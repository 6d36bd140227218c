import { expect, test } from 'vitest';
import { waitingSaid } from '../../src/commands/unattended/waiting-said.ts';

test('what is waited for is told once, then for how long, and anew when it is something else', () => {
  const said: string[] = [];
  let now = 1_000_000;
  const show = waitingSaid(
    (line) => said.push(line),
    () => now,
  );
  const wait = (why: string, since: number): void =>
    show({ is: 'waiting-to-show', step: 'one', attempts: [], since, why });
  const since = now;
  for (let n = 0; n < 40; n++) {
    wait('AWS does not do it yet', since);
    show({ is: 'looking', step: 'one', since: now });
    now += 1_000;
  }
  wait('AWS does not do another thing yet', now);
  show({ is: 'waiting-to-show', step: 'one', attempts: [], since }); // a change of ours that is not shown yet
  expect(said).toEqual([
    'waiting      one: AWS does not do it yet',
    'waiting      one: AWS still answers the same after 15 s',
    'waiting      one: AWS still answers the same after 30 s',
    'waiting      one: AWS does not do another thing yet',
  ]);
});
