import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { program, testNode } from '../program/demo.ts';
import { eventsIn, openSite, type Site } from '../program/session.ts';

const sites: Site[] = [];
afterEach(async () => {
  for (const site of sites.splice(0)) await site.close();
});

/** An unattended run up to its first change. */
async function started() {
  const site = await openSite();
  sites.push(site);
  const file = join(site.home, 'answers.json');
  await writeFile(
    file,
    JSON.stringify({
      profiles: { management: 'management', 'delegated-administrator': 'delegated' },
      answers: {
        'before-you-start.understood': 'attested',
        'session-duration.seen': 'skipped',
        'delegated-account.account': site.delegate,
      },
    }),
  );
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS_|CI$)/.test(name));
  const child = spawn(testNode, [program, 'run', '--answers', file, '--yes', '--confirm', site.delegate], {
    env: { ...Object.fromEntries(inherited), ...site.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  /** What happened to the change, by the journal. */
  const traces = async (): Promise<readonly string[]> =>
    (await eventsIn(site.home)).flatMap((event) => ('attempt' in event ? [event.type] : []));
  return {
    site,
    child,
    ended,
    traces,
    out: () => out,
    err: () => err,
    says: (what: string) => eventually(() => expect(out).toContain(what)),
  };
}
async function inFlight() {
  const run = await started();
  run.site.gate.hold('RegisterDelegatedAdministrator');
  await run.site.gate.held;
  return run;
}
const registered = ['organizations:RegisterDelegatedAdministrator'];

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  '%s once: the call in flight is finished and written down, then it ends with %i',
  async (signal, code) => {
    const { site, child, ended, traces, says } = await inFlight();
    child.kill(signal);
    await says('a call in flight is finished and written down');
    site.gate.open();
    expect(await ended).toEqual({ code, signal: null });
    expect(await traces()).toEqual(['intended', 'accepted']);
    expect(await site.effects()).toEqual(registered);
  },
);

test('a Ctrl-C that npm passes on as well is one Ctrl-C', async () => {
  const { site, child, ended, traces, says } = await inFlight();
  child.kill('SIGINT');
  child.kill('SIGINT');
  await says('a call in flight is finished and written down');
  site.gate.open();
  expect(await ended).toEqual({ code: 130, signal: null });
  expect(await traces()).toEqual(['intended', 'accepted']);
});

test('twice: nobody waits, and the intent is on disk', async () => {
  const { child, ended, traces, says } = await inFlight();
  child.kill('SIGINT');
  await says('again: leave at once');
  child.kill('SIGINT');
  expect(await ended).toEqual({ code: 130, signal: null }); // the answer is still kept back
  expect(await traces()).toEqual(['intended']);
});

test('whoever reads the output goes away: the call in flight is finished and written down, and nothing is begun after it', async () => {
  const { site, child, ended, traces, err } = await inFlight();
  child.stdout.destroy();
  site.gate.open();
  expect(await ended).toEqual({ code: 129, signal: null });
  expect(await traces()).toEqual(['intended', 'accepted']);
  expect(await site.effects()).toEqual(registered);
  expect(err()).toBe('');
});

test('a look that is not answered is not waited for', async () => {
  const run = await started();
  run.site.gate.hold('ListDelegatedAdministrators');
  await run.site.gate.held;
  run.child.kill('SIGTERM');
  expect(await run.ended).toEqual({ code: 143, signal: null }); // the answer is still kept back
  expect(await run.traces()).toEqual([]);
});
