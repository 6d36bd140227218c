import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createJournal } from '../../src/journal/journal.ts';
import { header } from '../journal/sample.ts';
import { program, testNode } from './demo.ts';
import { openSite } from './session.ts';

const inherited = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(AWS_|CI$)/.test(name)),
);

/** The program, what it prints going where a shell sends it. */
async function printing(to: string, env: NodeJS.ProcessEnv, ...args: readonly string[]) {
  const child = spawn('/bin/sh', ['-c', `exec "$0" "$@" ${to}`, testNode, program, ...args], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, err };
}

// A device that is always full is Linux's.
describe.runIf(process.platform === 'linux')('standard output on a full disk', () => {
  test('a run stops with a sentence, and what it did is in its journal', async () => {
    const site = await openSite();
    try {
      const file = join(site.home, 'answers.json');
      const profiles = { management: 'management', 'delegated-administrator': 'delegated' };
      const answers = { 'before-you-start.understood': 'attested', 'session-duration.seen': 'skipped' };
      await writeFile(file, JSON.stringify({ profiles, answers }));
      const run = ['run', '--answers', file, '--yes', '--confirm', site.delegate] as const;
      const ended = await printing('> /dev/full', site.env, ...run);
      expect(ended).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^Standard output cannot be written \(ENOSPC: .+\n.*cw-runbook status/m),
      });
      expect(ended.err.match(/Standard output/g)).toHaveLength(1);
      // Where nothing can be printed, nothing can be said on standard error either: the code says it.
      expect(await printing('> /dev/full 2>&1', site.env, ...run)).toMatchObject({ code: 1 });
    } finally {
      await site.close();
    }
  });

  test.each([[['permissions']], [['run', '--questions']], [['--help']], [['status']], [['audit', 'export']]])(
    '%j says that it is not whole',
    async (args) => {
      const site = await openSite();
      try {
        const folder = join(site.home, 'state', 'runs', header.run);
        await (await createJournal(folder, header)).close();
        const env = { ...site.env, CW_RUNBOOK_HOME: join(site.home, 'state') };
        expect(await printing('> /dev/full', env, ...args)).toMatchObject({
          code: 1,
          err: expect.stringContaining('Standard output cannot be written (ENOSPC'),
        });
        // Who has read enough is not told that there was more.
        expect(await printing('| true', env, ...args)).toMatchObject({ err: '' });
      } finally {
        await site.close();
      }
    },
  );
});
