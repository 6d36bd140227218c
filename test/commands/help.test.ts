import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defineCommands } from '../../src/commands/command-line/root.ts';
import { everyCommand, pathOf } from '../../src/commands/process/command-tree.ts';
import { recordingIn } from '../../src/commands/record/recording.ts';
import { faultNames } from '../../src/simulator/faults/fault-names.ts';
import { scenarios } from '../../src/simulator/organization/scenario-names.ts';
import { head } from '../../steps/product.ts';
import { here } from '../here.ts';

const env = async (): Promise<NodeJS.ProcessEnv> => ({
  ...process.env,
  CW_RUNBOOK_HOME: join(await mkdtemp(join(tmpdir(), 'cw-help-')), 'state'),
});
const root = defineCommands(() => undefined, recordingIn(), {
  head,
  load: () => Promise.reject(new Error('help needs no steps')),
});
const commands = everyCommand(root).filter((one) => one.name() !== 'help');
const typed = (path: string): readonly string[] => (path === 'cw-runbook' ? [] : path.split(' '));

test.each([
  [['rnu'], 'There is no command “rnu”. Did you mean “run”?'],
  [['completion', 'zhs'], 'There is no shell “zhs”. Did you mean “zsh”? Allowed: bash, zsh, fish.'],
  [['export', 'terrafrom'], 'There is no format “terrafrom”. Did you mean “terraform”?'],
  [['audit', 'export', '--format', 'jsnol'], '--format cannot be “jsnol”. Did you mean “jsonl”?'],
  [['demo', '--scenario', 'frsh'], 'There is no scenario “frsh”.\nDid you mean “fresh”? Scenarios: '],
  [['status', '--comands'], 'Did you mean --commands?'],
])('%j: what may be meant is said', async (words, says) => {
  const { code, err } = await here(words, await env());
  expect({ code, err }).toEqual({ code: 64, err: expect.stringContaining(says) });
});

describe.each(commands.map((one) => [pathOf(one), one] as const))('%s --help', (path, command) => {
  test('fits into 80 columns, ends with examples, and shows no default that says nothing', async () => {
    const { code, out } = await here([...typed(path), '--help'], await env());
    expect(code).toBe(0);
    expect(out).toContain('\nExamples:\n');
    expect(out).not.toMatch(/default: (\[|false|")/);
    const long = out.split('\n').filter((line) => line.length > 80 && !/^ {2}cw-runbook /.test(line));
    expect(long).toEqual([]);
  });

  test('its examples are commands and flags that there are', async () => {
    const { out } = await here([...typed(path), '--help'], await env());
    const lines = [...out.matchAll(/\bcw-runbook((?: [^|>)\n]+)?)[|>)]?.*$/gm)].map(([, rest = '']) => rest);
    for (const line of lines.filter((one) => !/^ (\[|COMMAND)/.test(one))) {
      const words = line.trim().split(/ +/).filter(Boolean);
      let at = root;
      for (const word of words) at = at.commands.find((one) => one.name() === word) ?? at;
      const flags = [...at.options, ...root.options].map(({ long }) => long);
      const used = words.filter((word) => word.startsWith('--'));
      expect(
        used.filter((flag) => !flags.includes(flag)),
        line,
      ).toEqual([]);
      if (words[0] === 'help') expect(root.commands.map((one) => one.name())).toContain(words[1]);
      else if (words[0] && !words[0].startsWith('-')) expect(at, line).not.toBe(root);
    }
    expect(command.description()).not.toBe('');
  });

  test('help COMMAND shows the same', async () => {
    const [asked, said] = [
      await here([...typed(path), '--help'], await env()),
      await here(['help', ...typed(path)], await env()),
    ];
    expect(said).toEqual(asked);
  });
});

test.each(['demo', 'simulator'])('%s --help lists every scenario and every fault', async (name) => {
  const { out } = await here([name, '--help'], await env());
  const words = new Set(out.split(/[\s,]+/));
  expect([...scenarios, ...faultNames].filter((one) => !words.has(one))).toEqual([]);
});

describe('what is mistyped', () => {
  test.each([
    [['statsu', '--commands'], 'Did you mean “status”?'],
    [['Run', '--answers', 'x'], 'Did you mean “run”?'],
    [['frobnicate'], 'Commands: demo, run, undo'],
    [['--run', 'X', 'hand-off'], 'Did you mean “handoff”?'],
    [['help', 'dokter'], 'Did you mean “doctor”?'],
    [['run', '--anwers', 'x'], '--answers'],
    [['stat'], 'Did you mean “status”?'],
    [['runs', 'remov', 'X'], 'There is no command “runs remov”. Did you mean “runs remove”?'],
    [['audit', 'exprt'], 'There is no command “audit exprt”. Did you mean “audit export”?'],
    [['help', 'audit', 'exprt'], 'There is no command “audit exprt”. Did you mean “audit export”?'],
  ])('%j is answered with the nearest', async (args, says) => {
    const { code, err } = await here(args, await env());
    expect([code, err]).toEqual([64, expect.stringContaining(says)]);
  });
});

test.each([
  [['--bogus'], 'There is no option “--bogus”.\ncw-runbook --help shows the options.'],
  [
    ['status', '--comands'],
    'There is no option “--comands”. Did you mean --commands?\ncw-runbook help status shows the options.',
  ],
  [
    ['run', '--answers'],
    'Option --answers needs a value: --answers <file>.\ncw-runbook help run shows the options.',
  ],
  [['export'], 'The argument <format> is missing.\ncw-runbook help export shows what it can be.'],
  [
    ['audit', 'sign'],
    'Option --key is missing: --key <file>.\ncw-runbook help audit sign shows the options.',
  ],
  [['completion'], 'The argument <shell> is missing.\ncw-runbook help completion shows what it can be.'],
  [
    ['demo', 'extra', 'words'],
    'Too many arguments: demo takes none, and 2 were given.\ncw-runbook help demo shows the options.',
  ],
  [
    ['runs', 'remove', 'X', 'Y'],
    'Too many arguments: runs remove takes 1, and 2 were given.\ncw-runbook help runs remove shows the options.',
  ],
])('%j: what was found, and where to read on', async (args, says) => {
  expect(await here(args, await env())).toEqual({ code: 64, out: '', err: `${says}\n` });
});

test('--profile names a profile that there is, and goes with the commands that ask for credentials', async () => {
  expect(
    await here(['--profile', 'nobody'], { ...(await env()), AWS_CONFIG_FILE: '/nonexistent' }),
  ).toMatchObject({
    code: 6,
    err: expect.stringContaining('There is no profile “nobody”'),
  });
  expect(await here(['run', '--profile', 'x', '--answers', 'y'], await env())).toMatchObject({
    code: 64,
    err: expect.stringContaining('"profiles"'),
  });
  expect(await here(['status', '--profile', 'x'], await env())).toMatchObject({ code: 64 });
});
