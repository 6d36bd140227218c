import { expect, test } from 'vitest';
import { frameText } from '../../src/ui/frame/frame.ts';
import { codewhisperer } from '../../steps/index.ts';
import { draw, ready } from './drive.ts';
import { scenarioAsks } from './scenario-asks.ts';

test('of the services of a policy a low window shows what fits, and names the others', async () => {
  const puts = await scenarioAsks('fresh', {}, false);
  const { ask, run } =
    puts.find(
      (one) => one.ask.is === 'confirm' && one.ask.changes.some(({ call }) => /Policy/.test(call.operation)),
    ) ?? expect.fail();
  const at = (rows: number): string =>
    frameText(draw(ask, run, ready(ask), { columns: 80, rows }, true, [], codewhisperer));
  const services = [...at(40).matchAll(/([a-z][\w-]*) \d+ (?:read|write|r\+w)/g)].map(
    ([, name = '']) => name,
  );
  expect(services).toContain('codewhisperer');
  const partly: number[] = [];
  for (let rows = 24; rows >= 18; rows -= 1) {
    const text = at(rows);
    expect(text, `${rows} rows`).not.toMatch(/↓ \d+ more/);
    const others = /\d+ more: (.*)/.exec(text)?.[1];
    if (others !== undefined) partly.push(rows);
    const named = services.filter((name) => text.includes(name));
    if (others?.includes('…')) expect(named.length, `${rows} rows`).toBeGreaterThan(services.length / 2);
    else expect(named, `${rows} rows`).toEqual(services);
  }
  expect(partly).toContain(19);
});
