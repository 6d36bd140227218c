import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { steps } from '../../steps/index.ts';
import { path } from './call-reasons.ts';
import { runner } from './in-process.ts';
import { ledgered, type Sent } from './ledgered.ts';

// How many requests an unattended run makes, what each is for, and which of them wait for one another: docs/calls.md.

/** What an answer of AWS takes, in milliseconds. Longer than what is asked together takes to set out. */
const latency = 80;
const runs: Record<'fresh' | 'done', readonly Sent[]> = { fresh: [], done: [] };

test.each([
  ['fresh', 4, 100],
  ['done', 0, 50],
] as const)('%s: %i changes, and no more than %i requests', async (scenario, changes, most) => {
  const at = await runner(scenario, { latency });
  const { ended, sent, took, cpu } = await ledgered(at);
  expect(ended, ended.said).toMatchObject({ code: 0 });
  expect(at.simulator.ledger().effects).toHaveLength(changes);
  expect(
    sent.length,
    sent.map(({ part, operation }) => `${part} ${operation}`).join('\n'),
  ).toBeLessThanOrEqual(most);
  runs[scenario] = sent;
  const deepest = Math.max(...sent.map(({ depth }) => depth));
  if (process.env.SHOW_CALLS)
    console.log({ scenario, requests: sent.length, deepest, took, cpu, ratio: took / latency / path.length });
});

test('the run waits for one answer after the other no longer than it must: 1.2 times the critical path', () => {
  // Each of the path sets out when the one before was answered. The last belongs to the final check, all of whose steps
  // look at once: another of them may have asked the same a moment earlier, and it is not asked twice.
  let after = -1;
  for (const [n, { operation, actor }] of path.entries()) {
    const isLast = n === path.length - 1;
    const next = runs.fresh.find(
      (one) => one.operation === operation && one.actor === actor && (isLast ? one.until : one.from) > after,
    );
    expect(next, `${n + 1}. ${operation}`).toBeDefined();
    after = next?.until ?? after;
  }
  const deepest = Math.max(...runs.fresh.map(({ depth }) => depth));
  expect(deepest).toBeGreaterThanOrEqual(path.length);
  expect(deepest / path.length).toBeLessThanOrEqual(1.2);
});

// WRITE_CALLS=1 writes it: the numbers, the path, and a row for what is new. What a request is for, a person writes there.
test('docs/calls.md has every request, what it is for, and the path', async () => {
  const file = join(import.meta.dirname, '..', '..', 'docs', 'calls.md');
  const text = await readFile(file, 'utf8');
  const [head = '', tail = ''] = text.split(/<!-- requests -->\n[\s\S]*<!-- end of requests -->/);
  const wanted = `${head}<!-- requests -->\n${table(text)}\n\n${pathListed()}\n<!-- end of requests -->${tail}`;
  if (process.env.WRITE_CALLS) await writeFile(file, wanted);
  else expect(text).toBe(wanted);
  expect(wanted.includes(nobodySaid), 'a row of docs/calls.md does not say what its request is for').toBe(
    false,
  );
});
const nobodySaid = '(say what it is for)';

/**
 * A row for each kind of request of a part, in the order of the document: what goes together arrives in any order. What
 * is not in it yet comes behind the last row of its part.
 */
function table(text: string): string {
  const written = [...text.matchAll(/^\| (\S+) \| `(\S+)` \|.*\| ([^|]+) \|$/gm)];
  const reasons = new Map(written.map(([, part, operation, why = '']) => [`${part} · ${operation}`, why]));
  const sent = [...new Set([...runs.fresh, ...runs.done].map(keyOf))];
  const keys = [...reasons.keys()].filter((key) => sent.includes(key));
  for (const key of sent.filter((one) => !reasons.has(one))) {
    const last = keys.findLastIndex((one) => partOf(one) === partOf(key));
    keys.splice(last < 0 ? keys.length : last + 1, 0, key);
  }
  const rows = keys.map((key) => {
    const [part = '', operation = ''] = key.split(' · ');
    const counts = [runs.fresh, runs.done].map((all) => all.filter((one) => keyOf(one) === key).length);
    const informs = steps.find(({ id }) => id === part)?.informs?.some((one) => one === operation);
    const needed = informs || part === 'permissions' ? 'informs' : 'needed';
    const why = reasons.get(key) ?? nobodySaid;
    return `| ${part} | \`${operation}\` | ${counts.map((n) => n || '–').join(' | ')} | ${needed} | ${why} |`;
  });
  const sums = [runs.fresh, runs.done].map(({ length }) => length).join(' | ');
  return [
    '| Step or purpose | Request | Fresh | Done | Needed? | Why |',
    '| --- | --- | ---: | ---: | --- | --- |',
    ...rows,
    `| all | | ${sums} | | |`,
  ].join('\n');
}
const partOf = (key: string): string | undefined => key.split(' · ')[0];
const keyOf = ({ part, operation }: Sent): string => `${part} · ${operation}`;

const pathListed = (): string =>
  [
    '## The critical path of a fresh run',
    '',
    'The longest chain of requests in which each one needs the answer to the one before it, to know what to ask or whether to ask at all. With 80 ms for every answer, a run waits for no more than 1.2 times as many answers in a row.',
    '',
    ...path.map(({ operation, why }, n) => `${n + 1}. \`${operation}\`: ${why}.`),
  ].join('\n');
