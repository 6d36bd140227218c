import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { withGuidedRehearsed } from '../../src/commands/command-line/rehearsed.ts';
import { defineCommands } from '../../src/commands/command-line/root.ts';
import { everyCommand, pathOf } from '../../src/commands/process/command-tree.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { bench } from './bench.ts';

/** Every command that can be rehearsed, as it is typed. The files are there; what they say does not matter. */
const typed: Readonly<Record<string, readonly string[]>> = {
  run: ['run', '--answers', 'answers.json', '--yes'],
  plan: ['plan', '--answers', 'answers.json', '--yes'],
  apply: ['apply', 'setup.plan', '--yes'],
  verify: ['verify', '--yes'],
  'audit reconcile': ['audit', 'reconcile', '--yes'],
  undo: ['undo', '--answers', 'answers.json', '--yes'],
  resume: ['resume', 'run.cwhandoff', '--answers', 'answers.json', '--yes'],
  doctor: ['doctor'],
};
/** What asks nothing of AWS, or is nothing but a rehearsal itself. */
const asksNothing = [
  ...['demo', 'handoff', 'status', 'answers', 'runs', 'runs remove', 'export', 'audit', 'audit export'],
  ...['audit list', 'audit verify', 'audit sign'],
  ...['permissions', 'simulator', 'completion', 'man', 'help'],
];
const root = (): Command => {
  const recording = { needed: async () => ({}), of: () => ({}), begin: async () => {}, end: () => {} };
  return defineCommands(() => {}, recording as never, { head: fixture, load: async () => fixture });
};
const commands = (): readonly Command[] => everyCommand(root());

test('the guided run is rehearsed as the demo, and no command’s --simulate is taken from it', () => {
  const given = (...argv: readonly string[]) => withGuidedRehearsed(argv, root());
  expect(given('--simulate')).toEqual(['demo']);
  expect(given('--simulate', 'large')).toEqual(['demo', '--scenario', 'large']);
  expect(given('--plain', '--simulate=large', '--fresh')).toEqual([
    'demo',
    '--scenario',
    'large',
    '--fresh',
    '--plain',
  ]);
  expect(given('--simulate', '--run', 'X', '--plain')).toEqual(['demo', '--run', 'X', '--plain']);
  for (const argv of [['plan', '--simulate'], ['--plain', 'run', '--simulate', 'fresh'], ['--new'], []])
    expect(given(...argv)).toEqual(argv);
});

test('each command that talks to AWS takes --simulate, and is here', () => {
  const named = commands()
    .filter((command) => command.options.some(({ long }) => long === '--simulate'))
    .map(pathOf);
  expect(named.toSorted()).toEqual(Object.keys(typed).toSorted());
  const all = commands().filter((command) => command.parent);
  expect(
    all
      .map(pathOf)
      .filter((name) => !asksNothing.includes(name))
      .toSorted(),
  ).toEqual(named.toSorted());
});

test.each(Object.entries(typed))(
  '%s --simulate asks nothing of the AWS that is configured, and ends with the ledger',
  async (_, words) => {
    const at = await bench('fresh');
    const answers = {
      'before-you-start.understood': 'attested',
      'session-duration.seen': 'skipped',
    };
    const profiles = { management: 'management', 'delegated-administrator': 'delegated' };
    const file = (name: string): string => join(at.home, name);
    await writeFile(file('answers.json'), JSON.stringify({ profiles, answers }));
    const rehearse = (...args: readonly string[]) => at.cli([...args, '--simulate']);
    const asked = ['--answers', file('answers.json'), '--yes'];
    const made = await rehearse('plan', ...asked, '--out', file('setup.plan'));
    expect(made.err).toMatch(/Simulated: nothing happened at AWS\. .*\n$/);
    if (words[0] === 'resume') {
      await rehearse('run', ...asked);
      await at.cli(['handoff', '--to', file('run.cwhandoff')]);
    }
    const told = words.map((word) => (/\.(json|plan|cwhandoff)$/.test(word) ? file(word) : word));
    expect((await rehearse(...told)).err).toMatch(/^Simulated: nothing happened at AWS\. .*\n$/m);
    expect((await at.ledger()).requests).toEqual([]);
  },
);
