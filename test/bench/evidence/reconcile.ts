import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newJournal } from '../../../src/journal/format.ts';
import { readJournal } from '../../../src/journal/journal.ts';
import type { Event, Intent } from '../../../src/model/event.ts';
import { markOf } from '../../../src/model/reconciling/marks.ts';
import type { TrailEvent } from '../../../src/simulator/organization/trail.ts';
import { writeProfiles } from '../../../src/simulator/profiles.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import { someoneIn } from '../../commands/someone.ts';
import { program } from '../../program/demo.ts';

/** Milliseconds for each lookup. */
const pace = 505;
/** When the run was: CloudTrail's events are there after 15 minutes. */
const behind = 20 * 60_000;
const put = 'sso:PutInlinePolicyToPermissionSet';
/** In what way a request of the run is not as it should be. */
const gaps = ['missing', 'unrecorded', 'differs'] as const;
type Gap = (typeof gaps)[number];
const gapOf = (n: number): Gap | undefined => (n % 10 === 3 ? gaps[Math.floor(n / 10) % 3] : undefined);

interface Compared {
  /** Seconds of the processor, and MiB at most: of the process that compares, not of the simulated AWS. */
  readonly busy: number;
  readonly system: number; // of these, what the system took for it
  readonly memory: number;
  readonly injected: number;
  readonly found: number;
}

/**
 * A finished run, made longer by so many requests of which every tenth is not as it should be, in a trail of so many events:
 * what `audit reconcile` finds of that, and what it takes. `folder`: an empty one. Throws where anything else is found.
 */
export async function compare(folder: string, requests: number, events: number): Promise<Compared> {
  // AWS answers two lookups a second. Its clock goes half a second on with each, from as far behind as signatures allow.
  let hurried: { readonly from: number; readonly before: number } | undefined;
  const asked = (): number => simulator.ledger().requests.length;
  let past = 0;
  const now = (): number =>
    Date.now() - past + (hurried ? hurried.from + (asked() - hurried.before) * pace : 0);
  const simulator: Simulator = await startSimulator({
    scenario: 'fresh',
    settle: 200,
    seed: 'reconcile',
    now,
  });
  try {
    const home = join(folder, 'state');
    await writeProfiles(join(folder, 'aws'), simulator);
    const env = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS_|CI$)/.test(name))),
      CW_RUNBOOK_HOME: home,
      AWS_CONFIG_FILE: join(folder, 'aws', 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws', 'credentials'),
    };
    const someone = await someoneIn(simulator);
    past = behind;
    await finish(simulator, someone, folder, { ...env, BENCH_BEHIND: String(behind) });
    past = 0;
    const injected = await lengthen(simulator, home, requests, events);
    hurried = { from: (-events / 50 / 2) * pace, before: asked() };
    const report = join(folder, 'took');
    const asking = ['audit', 'reconcile', '--yes', '--json', '--max-pages', '10000'];
    const result = await ran([...asking], { ...env, BENCH_REPORT: report }, 2);
    const took = await readFile(report, 'utf8');
    const { differences } = JSON.parse(result) as { readonly differences: readonly { readonly is: Gap }[] };
    const count = (all: readonly Gap[]) => gaps.map((gap) => all.filter((one) => one === gap).length).join();
    const found = differences.map(({ is }) => is);
    if (count(found) !== count(injected) || found.length !== injected.length)
      throw new Error(`found ${count(found)} of ${count(injected)} (${gaps})`);
    return { ...JSON.parse(took), injected: injected.length, found: found.length };
  } finally {
    await simulator.close();
  }
}

/** An unattended run, to its end. */
async function finish(
  simulator: Simulator,
  someone: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const account = (name: string) => simulator.accounts.find((one) => one.name === name)?.id ?? '';
  const answers = {
    'before-you-start.understood': 'attested',
    'session-duration.seen': 'skipped',
    'permission-set.policy': 'documented',
    'delegated-account.account': account('Shared Services'),
    'assign-administrator.target': account('Workloads Dev'),
    'administrator-user.user': someone,
  };
  const profiles = { management: 'management', 'delegated-administrator': 'delegated' };
  const file = join(folder, 'answers.json');
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify({ profiles, answers }));
  await ran(['run', '--answers', file, '--yes', '--poll', '100', '--confirm', 'Shared Services'], env);
}

/** The journal and the trail with more requests, and the gaps among them. */
async function lengthen(
  simulator: Simulator,
  home: string,
  requests: number,
  events: number,
): Promise<readonly Gap[]> {
  const [run = ''] = await readdir(join(home, 'runs'));
  const folder = join(home, 'runs', run);
  const { header, events: told } = await readJournal(folder);
  const intent = told.find(
    (event): event is Intent => event.type === 'intended' && event.call.operation === put,
  );
  const trail = simulator.trail();
  const model = trail.find(({ name }) => put.endsWith(`:${name}`));
  if (!intent || !model) throw new Error('no policy was put');
  const at = told.at(-1)?.at ?? 0;
  const more: Event[] = [];
  const seen: TrailEvent[] = [];
  const injected: Gap[] = [];
  for (let n = 0; n < requests; n++) {
    const gap = gapOf(n);
    if (gap) injected.push(gap);
    const attempt = `${intent.step}/${intent.change}#9${n}`;
    const requestId = `request-${n}`;
    if (gap !== 'unrecorded')
      more.push(
        { ...intent, at, attempt },
        { type: 'accepted', at, attempt, requestId, output: {} },
        { type: 'ended', at, attempt, outcome: { ended: 'verified', by: 'reply-and-look' } },
      );
    if (gap !== 'missing')
      seen.push({
        ...{ ...model, id: `event-${n}`, requestId: gap === 'differs' ? `other-${n}` : requestId },
        ...{ at, agent: model.agent.replace(/md\/act#\S+/, `md/act#${markOf(attempt)}`) },
      });
  }
  const rest = events - trail.length - seen.length;
  for (let n = 0; n < rest; n++)
    seen.push({
      ...{ ...model, id: `noise-${n}`, requestId: `noise-${n}`, at },
      ...{
        agent: model.agent.replace(/ ?md\/(?:run|act)#\S+/g, ''),
        by: { ...model.by, arn: `${model.by.arn}-2` },
      },
      asked: { ...Object(model.asked), permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-2/ps-2' },
    });
  trail.splice(0, trail.length, ...[...trail, ...seen].map((event) => ({ ...event, seen: 0 })));
  const open = told.filter(({ type }) => type !== 'closed');
  await writeFile(join(folder, 'journal.jsonl'), newJournal(header, [...open, ...more]).bytes);
  return injected;
}

/** What the shipped program wrote, which has to end with this code. */
function ran(args: readonly string[], env: NodeJS.ProcessEnv, expected = 0): Promise<string> {
  const hook = join(import.meta.dirname, 'preload.cjs');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--require', hook, program, ...args], {
      ...{ env, stdio: ['ignore', 'pipe', 'inherit'] },
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === expected ? resolve(out) : reject(new Error(`${args.join(' ')} ended with ${code}`)),
    );
  });
}
