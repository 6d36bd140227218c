import { expect } from 'vitest';
import { finished } from '../commands/finished.ts';
import { planning } from '../commands/planned.ts';
import { both, sampled, test } from '../more.ts';
import { openSession } from './session.ts';

const prompt = 'Use these credentials? (y/n)';
const whoOnly = new Set(['sts:GetCallerIdentity', 'organizations:DescribeOrganization']);

/** A command that looks at a finished run, at a terminal, where it asks whose credentials may be used. */
async function asking(args: readonly string[]) {
  const { at } = await finished();
  const before = (await at.ledger()).requests.length;
  const asked = async (): Promise<readonly string[]> =>
    (await at.ledger()).requests.slice(before).map(({ operation }) => operation);
  const more = args[0] === 'plan' ? await planning(at, {}) : [];
  const { CW_RUNBOOK_HOME: home = '', ...env } = at.env;
  const { terminal, left } = await openSession({ args: [...args, ...more], env, home });
  const screen = await terminal.waitFor(prompt);
  return { at, terminal, left, asked, screen };
}

const commands: readonly (readonly string[])[] = [['verify'], ['audit', 'reconcile'], ['plan']];

both.each(
  sampled(
    commands.map((args) => [args.join(' '), args] as const),
    3,
  ),
)('%s: who acts is shown, and after n nothing more is asked of AWS', async (_, args) => {
  const { at, terminal, left, asked, screen } = await asking(args);
  const [first] = at.simulator.accounts;
  for (const one of [/^ *Account +\d{12}/m, /^ *ARN +arn:aws:\S+/m, /organization o-\w+/])
    expect(screen).toMatch(one);
  expect(first?.id).toBeDefined();
  const before = await asked();
  expect(new Set(before)).toEqual(whoOnly);
  terminal.press('n\r');
  expect(await terminal.exit).toMatchObject({ code: 3 });
  expect(terminal.written()).toContain('were not accepted');
  expect(await asked()).toEqual(before);
  expect(await left()).toEqual([]);
});

const keys: readonly (readonly [string, string, number])[] = [
  ['Ctrl-D', '\x04', 3],
  ['Enter', '\r', 3],
  ['Ctrl-C', '\x03', 130],
];
both.each(sampled(keys, 3))('%s stops as n does', async (_, pressed, code) => {
  const { terminal, left, asked } = await asking(['audit', 'reconcile']);
  const before = await asked();
  terminal.press(pressed);
  expect(await terminal.exit).toMatchObject({ code });
  expect(await asked()).toEqual(before);
  expect(await left()).toEqual([]);
});

test('y goes on to the other account, which is asked about by itself; then everything is looked at', async () => {
  const { terminal, left, asked } = await asking(['verify']);
  terminal.press('y\r');
  await terminal.waitFor(() => terminal.written().split(prompt).length === 3);
  expect(new Set(await asked())).not.toContain('sso-admin:ListPermissionSets');
  terminal.press('y\r');
  expect(await terminal.exit).toMatchObject({ code: 0 });
  expect(terminal.written()).toContain('As verified');
  expect((await asked()).length).toBeGreaterThan(10);
  expect(await left()).toEqual([]);
});
