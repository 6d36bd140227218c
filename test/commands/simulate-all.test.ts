import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { defineCommands } from '../../src/commands/command-line/root.ts';
import { everyCommand } from '../../src/commands/command-line/tree.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { bench } from './bench.ts';

/** Every command that can be rehearsed, as it is typed. The files are there; what they say does not matter. */
const typed: Readonly<Record<string, readonly string[]>> = {
  run: ['run', '--answers', 'answers.json', '--yes'],
  plan: ['plan', '--answers', 'answers.json', '--yes'],
  apply: ['apply', 'setup.plan', '--yes'],
  verify: ['verify', '--yes'],
};

test('each command that takes --simulate is here', () => {
  const recording = { needed: async () => ({}), of: () => ({}), begin: async () => {}, end: () => {} };
  const root = defineCommands(() => {}, recording as never, { head: fixture, load: async () => fixture });
  const named = everyCommand(root)
    .filter((command: Command) => command.options.some(({ long }) => long === '--simulate'))
    .map((command: Command) => command.name());
  expect(named.toSorted()).toEqual(Object.keys(typed).toSorted());
});

test.each(Object.entries(typed))(
  '%s --simulate asks nothing of the AWS that is configured',
  async (_, words) => {
    const at = await bench('fresh');
    const answers = {
      'before-you-start.understood': 'attested',
      'session-duration.seen': 'skipped',
    };
    const profiles = { management: 'management', 'delegated-administrator': 'delegated' };
    const file = join(at.home, 'answers.json');
    const plan = join(at.home, 'setup.plan');
    await writeFile(file, JSON.stringify({ profiles, answers }));
    const made = await at.shipped(['plan', '--answers', file, '--yes', '--simulate', '--out', plan]);
    expect(made.err).toContain('Simulated: nothing happened at AWS.');
    await at.shipped([
      ...words.map((word) => (word === 'answers.json' ? file : word === 'setup.plan' ? plan : word)),
      '--simulate',
    ]);
    expect((await at.ledger()).requests).toEqual([]);
  },
);
