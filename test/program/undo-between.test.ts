import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { all } from '../commands/bench.ts';
import { two } from '../commands/people.ts';
import { flat, openTerminal } from '../terminal.ts';
import { changes, seeing } from '../words.ts';
import { go, program, type Stop, testNode, typed } from './demo.ts';

const confirm = (screen: string): readonly string[] => [/or “(\d{12})” and/.exec(flat(screen))?.[1] ?? '?'];
const dangerous = (name: string, sees: RegExp): readonly Stop[] => [
  { name, sees, keys: confirm },
  { name: `${name}-typed`, ...typed },
];
const begin: Stop = { name: 'made', sees: /Changes made by this run[\s\S]*check at AWS/, keys: ['enter'] };
test('two people at two terminals take a run back: each what is theirs, the rest handed on with h', async () => {
  const { at, ann, ben, file } = await two();
  await ann.run();
  await ann.handoff('--to', file('1.cwhandoff'));
  expect(await ben.resume(file('1.cwhandoff'))).toMatchObject({ code: 0 });
  const cwd = await mkdtemp(join(tmpdir(), 'cw-desk-'));
  const open = (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    openTerminal({ command: testNode, args: [program, ...args], env, cwd });

  const first = open(ben.env, 'undo');
  await go(first, [
    begin,
    {
      name: 'plan',
      sees: seeing`\? ${changes.register} Shared Services[\s\S]*Undone later[\s\S]*handed to them[\s\S]*Enter begin`,
      keys: ['enter'],
    },
    ...dangerous('assignment', /with care: Remove[\s\S]*and press Enter/),
    ...dangerous('set', seeing`with care: ${changes.delete}[\s\S]*and press Enter`),
    { name: 'hers', sees: /Undo[\s\S]*Whose credentials\?[\s\S]*h hand off/, keys: ['h'] },
    { name: 'note', sees: 'Hand this run to someone else.', keys: ['enter'] },
  ]);
  expect(await first.exit).toMatchObject({ code: 3 });
  expect(first.written()).toMatch(/Handed off\.[\s\S]*The run is being undone/);

  const [handed = ''] = (await readdir(cwd)).filter((name) => name.endsWith('.cwhandoff'));
  const second = open(ann.env, 'resume', handed);
  await go(second, [
    {
      name: 'incoming',
      sees: /A run is handed to you[\s\S]*being undone[\s\S]*y yes/,
      keys: ['y'],
    },
    begin,
    { name: 'credentials', sees: /Whose credentials\?/, keys: ['enter'] },
    {
      name: 'plan',
      sees: /these changes are made[\s\S]*Deregister[\s\S]*Enter begin/,
      keys: ['enter'],
    },
    ...dangerous('register', /with care: Deregister[\s\S]*and press Enter/),
    { name: 'undone', sees: /The run is undone[\s\S]*Enter end/, keys: ['enter'] },
  ]);
  expect(await second.exit).toMatchObject({ code: 0 });
  expect((await at.effects()).slice(all.length)).toEqual([
    'sso:DeleteAccountAssignment',
    'sso:DeletePermissionSet',
    'organizations:DeregisterDelegatedAdministrator',
  ]);
});
