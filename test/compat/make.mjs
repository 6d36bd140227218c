// Makes the runs, hand-offs and answers files that later versions of the program have to go on with:
//   node test/compat/make.mjs PROGRAM OUT
// PROGRAM: the built program of the version, a dist/cw-runbook.cjs. OUT: a folder that does not exist yet. See README.md.
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { spawn as spawnInTerminal } from '@lydell/node-pty';

const [programFile, outFolder] = process.argv.slice(2);
if (!programFile || !outFolder || existsSync(outFolder)) {
  console.error('node test/compat/make.mjs PROGRAM OUT   (OUT must not exist yet)');
  process.exit(64);
}
const program = resolve(programFile);
const out = resolve(outFolder);
const endpoint = 'http://127.84.19.1:8419'; // see preload.cjs
const preload = join(import.meta.dirname, 'preload.cjs');
const work = mkdtempSync(join(tmpdir(), 'cw-compat-'));
const at = (...parts) => join(work, ...parts);

const environment = (more = {}) => ({
  PATH: process.env.PATH,
  HOME: work,
  CW_COMPAT_OPERATOR: 'ann@ann-laptop',
  NODE_OPTIONS: `--require "${preload}"`,
  ...more,
});

/** Starts the program. `dies`: when it has printed that, it is killed. */
function cw(args, env, dies) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [program, ...args], {
      env: environment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said.out += text;
      if (dies?.test(said.out)) dying(child);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said.err += text;
    });
    child.on('close', (code) => done({ code, ...said }));
  });
}
let dying = (child) => child.kill('SIGKILL');
async function expecting(code, args, env, dies) {
  const ended = await cw(args, env, dies);
  if (ended.code !== code)
    throw new Error(`cw-runbook ${args.join(' ')} ended with ${ended.code}:\n${ended.out}${ended.err}`);
  return ended;
}

/** The simulated organization in a file, while `go` runs. */
async function organization(file, scenario, go, faults = []) {
  const profiles = mkdtempSync(at('aws-'));
  const flags = ['--scenario', scenario, '--state', file, '--profiles', profiles, '--settle', '0'];
  const child = spawn(
    process.execPath,
    [program, 'simulator', ...flags, ...faults.flatMap((fault) => ['--fault', fault])],
    { env: environment(), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((done) => child.on('close', done));
  try {
    const [line] = await new Promise((done) =>
      createInterface({ input: child.stdout }).on('line', (text) => done([text])),
    );
    const { url, accounts } = JSON.parse(line);
    const get = async (path) => (await fetch(`${url}${path}`)).json();
    return await go({
      account: (name) => accounts.find((one) => one.name === name || one.role === name).id,
      effects: async () => (await get('/_ledger')).effects.map(({ operation }) => operation),
      order: (path, body) => fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) }),
      env: (home) => ({
        CW_RUNBOOK_HOME: home,
        CW_COMPAT_PORT: new URL(url).port,
        AWS_ENDPOINT_URL: endpoint,
        AWS_CONFIG_FILE: join(profiles, 'config'),
        AWS_SHARED_CREDENTIALS_FILE: join(profiles, 'credentials'),
      }),
    });
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}
const stateIn = (file) => JSON.parse(readFileSync(file, 'utf8')).state;
const json = (file, value) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
};
/** A simulated organization's file, its ledger without the requests that changed nothing: they are most of it. */
const thinned = (file) => {
  const { ledger, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
  const made = new Set(ledger.effects.map(({ n }) => n));
  const requests = ledger.requests.filter(({ n }) => made.has(n));
  writeFileSync(file, JSON.stringify({ ...rest, ledger: { ...ledger, requests } }));
};
const copy = (from, to) => {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true });
};
const runsIn = (home) => readdirSync(join(home, 'runs'));

/** An organization as it is before anything is done. All that begin in the same one have the same ids. */
async function begin(scenario) {
  const file = join(out, 'organizations', `${scenario}.json`);
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    await organization(file, scenario, async () => undefined);
  }
  const { accounts, users } = stateIn(file);
  const id = (name) => accounts.find((one) => one.name === name).id;
  const names = users.filter(({ status }) => status === 'ENABLED').map(({ userName }) => userName);
  return { scenario, file, id, names };
}
const both = { management: 'management', 'delegated-administrator': 'delegated' };
const attested = { 'before-you-start.understood': 'attested', 'session-duration.seen': 'skipped' };
const usual = ({ id, names }) => ({
  ...attested,
  'delegated-account.account': id('Shared Services'),
  'administrator-user.user': names[0],
  'permission-set.policy': 'documented',
  'assign-administrator.target': id('Workloads Dev'),
});
const without = (answers, ...keys) =>
  Object.fromEntries(Object.entries(answers).filter(([key]) => !keys.includes(key)));
const flags = (confirm, patience = '300') => [
  ...['--yes', '--poll', '10', '--patience', patience],
  ...confirm.flatMap((word) => ['--confirm', word]),
];

const manifest = { program: '', endpoint, runs: [], handoffs: [], answers: [] };

/** What the program prints of a run, with its state folder's path taken out. */
async function exported(folder, env, more = []) {
  const files = {
    'audit.md': ['audit', 'export'],
    'audit.jsonl': ['audit', 'export', '--format', 'jsonl'],
    ...(more.length > 0 ? {} : { 'status.txt': ['status'], 'commands.txt': ['status', '--commands'] }),
  };
  for (const [name, args] of Object.entries(files)) {
    const { out: text } = await expecting(0, [...args, ...more], env);
    writeFileSync(join(folder, name), text.replaceAll(env.CW_RUNBOOK_HOME ?? work, 'CW_RUNBOOK_HOME'));
  }
}

/** Stores a run of the state folder `home`, and how this very program goes on with it: to its end, and back. */
async function store(name, { home, state, begun, answers, confirm }) {
  const folder = join(out, 'runs', name);
  const [run] = runsIn(home);
  copy(join(home, 'runs', run, 'journal.jsonl'), join(folder, 'journal.jsonl'));
  copy(state, join(folder, 'organization.json'));
  thinned(join(folder, 'organization.json'));
  json(join(folder, 'answers.json'), { profiles: both, answers });
  await exported(folder, { CW_RUNBOOK_HOME: home });
  const later = at(`${name}-later`);
  copy(home, join(later, 'home'));
  copy(state, join(later, 'organization.json'));
  const how = ['--answers', join(folder, 'answers.json'), ...flags(confirm)];
  const told = await organization(join(later, 'organization.json'), begun.scenario, async (o) => {
    const env = o.env(join(later, 'home'));
    const before = await o.effects();
    // What is taken back already is not set up again, so that there is something to go back from in either case.
    await expecting(0, ['run', ...how], env);
    const middle = await o.effects();
    await expecting(0, ['undo', ...how], env);
    const end = await o.effects();
    return {
      before,
      resumed: middle.slice(before.length),
      undone: end.slice(middle.length),
    };
  });
  const { scenario } = begun;
  manifest.runs.push({ name, run, scenario, organization: scenario, confirm, ...told });
}

/** A run as far as `go` leads it, in a state folder and a copy of the organization of its own. */
async function played(name, scenario, go, faults) {
  const begun = await begin(scenario);
  const [home, state] = [at(name, 'home'), at(name, 'organization.json')];
  copy(begun.file, state);
  const answers = usual(begun);
  const confirm = ['Shared Services', 'Workloads Dev'];
  const tell = (given, profiles = both, waive = {}) => {
    json(at(name, 'answers.json'), { profiles, answers: given, waive });
    return ['--answers', at(name, 'answers.json'), ...flags(confirm)];
  };
  const more = await organization(
    state,
    scenario,
    (o) => go({ o, begun, answers, tell, home, env: o.env(home) }),
    faults,
  );
  return { home, state, begun, answers, confirm, ...more };
}

const finished = await played('finished', 'fresh', async ({ tell, answers, env }) => {
  await expecting(0, ['run', ...tell(answers)], env);
});
await store('finished', finished);

await store(
  'killed',
  await played(
    'killed',
    'fresh',
    async ({ o, tell, answers, env }) => {
      // AWS has made the set, its answer never comes, and the program is killed while it waits.
      dying = async (child) => {
        while (!(await o.effects()).includes('sso:CreatePermissionSet'));
        child.kill('SIGKILL');
      };
      await expecting(null, ['run', ...tell(answers)], env, /^intended +permission-set/m);
    },
    ['hang-after-effect:operation=sso:CreatePermissionSet'],
  ),
);

await store(
  'undone',
  await played('undone', 'fresh', async ({ tell, answers, env }) => {
    await expecting(0, ['run', ...tell(answers)], env);
    await expecting(0, ['undo', ...tell(answers)], env);
  }),
);

// What rarely happens, all in one run: each kind of event should be in some journal.
await store(
  'troubled',
  await played(
    'troubled',
    'fresh',
    async ({ o, begun, tell, answers, home, env }) => {
      const account = begun.id('Example Corp Management');
      await o.order('/_permissions', { account, without: ['sso:DescribeInstance'] });
      const waive = { 'home-region.permission-sets': 'Seen in the console: permission sets are on.' };
      const how = tell(answers, both, waive);
      await expecting(1, ['run', ...how], env);
      const [run] = runsIn(home);
      const journal = join(home, 'runs', run, 'journal.jsonl');
      appendFileSync(journal, '{"seq":99,"prev":"torn by a power cut');
      await expecting(3, ['handoff', '--to', at('troubled.cwhandoff')], env);
      const [, id] = /"handoff":"([^"]+)"/.exec(readFileSync(journal, 'utf8'));
      await cw(['run', ...how, '--take-back', id], env);
      const types = new Set(readFileSync(journal, 'utf8').match(/"type":"[^"]+/g));
      for (const type of ['waived', 'unclear', 'repaired', 'handed-off', 'reclaimed'])
        if (!types.has(`"type":"${type}`)) throw new Error(`The run in trouble has no event ${type}`);
    },
    [
      'reset-after-effect:operation=sso:CreatePermissionSet',
      'denied-by-scp:operation=sso:PutInlinePolicyToPermissionSet',
      'async-failed',
    ],
  ),
);

// The operator decides to use a set that is there already and grants something else; nobody is assigned yet.
await store(
  'adopted',
  await played('adopted', 'existing-set', async ({ begun, tell, answers, env }) => {
    const without_ = without(answers, 'assign-administrator.target', 'permission-set.policy');
    const { err } = await expecting(4, ['run', ...tell(without_)], env);
    const [choice] = /\buse@\S+/.exec(err);
    const decided = { 'permission-set.existing': choice };
    await expecting(4, ['run', ...tell({ ...without_, ...decided })], env);
    return { answers: { ...answers, ...decided }, begun };
  }),
);

// Ann has the management account's credentials, Ben the delegated administrator's.
const given = await played('handoff', 'fresh', async ({ tell, answers, env }) => {
  const hers = tell(without(answers, 'assign-administrator.target'), { management: 'management' });
  await expecting(4, ['run', ...hers], env);
  const file = at('run.cwhandoff');
  await expecting(3, ['handoff', '--to', file, '--note', 'The rest is yours, Ben.'], env);
});
{
  const folder = join(out, 'handoff');
  copy(at('run.cwhandoff'), join(folder, 'run.cwhandoff'));
  copy(given.state, join(folder, 'organization.json'));
  thinned(join(folder, 'organization.json'));
  json(join(folder, 'answers.json'), { profiles: both, answers: given.answers });
  await exported(folder, {}, ['--file', at('run.cwhandoff')]);
  const how = ['--answers', join(folder, 'answers.json'), ...flags(given.confirm)];
  copy(given.state, at('handoff-later', 'organization.json'));
  const told = await organization(at('handoff-later', 'organization.json'), 'fresh', async (o) => {
    const env = { ...o.env(at('handoff-later', 'home')), CW_COMPAT_OPERATOR: 'ben@ben-desktop' };
    const before = await o.effects();
    await expecting(0, ['resume', at('run.cwhandoff'), ...how], env);
    const middle = await o.effects();
    await expecting(0, ['undo', ...how], env);
    return { before, resumed: middle.slice(before.length), undone: (await o.effects()).slice(middle.length) };
  });
  const [run] = runsIn(given.home);
  const { confirm } = given;
  manifest.handoffs.push({
    name: 'handoff',
    run,
    scenario: 'fresh',
    organization: 'fresh',
    confirm,
    ...told,
  });
}
{
  const [home, state] = [at('resumed', 'home'), at('resumed', 'organization.json')];
  copy(given.state, state);
  const { begun, answers, confirm } = given;
  const his = at('resumed', 'answers.json');
  json(his, {
    profiles: { 'delegated-administrator': 'delegated' },
    answers: without(answers, 'assign-administrator.target'),
  });
  await organization(state, 'fresh', async (o) => {
    const env = { ...o.env(home), CW_COMPAT_OPERATOR: 'ben@ben-desktop' };
    await expecting(4, ['resume', at('run.cwhandoff'), '--answers', his, ...flags(confirm)], env);
  });
  await store('resumed', { home, state, begun, answers, confirm });
}

// A demo, by keys in a terminal, left once the delegated administrator is registered.
{
  const home = at('demo', 'home');
  const env = environment({ CW_RUNBOOK_HOME: home, TERM: 'dumb', CW_RUNBOOK_DEMO_SEED: 'compat' });
  const terminal = spawnInTerminal(process.execPath, [program, 'demo', '--plain'], {
    cols: 200,
    rows: 50,
    env,
  });
  const ended = new Promise((done) => terminal.onExit(done));
  const registered = () =>
    existsSync(join(home, 'runs')) &&
    runsIn(home).some((run) =>
      /"type":"ended"/.test(readFileSync(join(home, 'runs', run, 'journal.jsonl'), 'utf8')),
    );
  const inHome = ['demo', 'fresh', 'organization.json'];
  let unread = '';
  terminal.onData((text) => {
    unread += text;
    const before = join(out, 'organizations', 'demo.json');
    if (!existsSync(before) && existsSync(join(home, ...inHome))) copy(join(home, ...inHome), before);
    const [, typed] = /To confirm, type “([^”]+)”[\s\S]*leaves\./.exec(unread) ?? [];
    const key = registered()
      ? '\u0003'
      : /Type 1\.|Type a number from 1/.test(unread)
        ? '1\r'
        : typed
          ? `${typed}\r`
          : /^y: /m.test(unread)
            ? 'y\r'
            : /^Enter: /m.test(unread)
              ? '\r'
              : undefined;
    if (key === undefined) return;
    unread = '';
    terminal.write(key);
  });
  await ended;
  if (!registered()) throw new Error(`The demo has registered nobody:\n${unread}`);
  const folder = join(out, 'runs', 'demo');
  const [run] = runsIn(home);
  copy(join(home, 'runs', run, 'journal.jsonl'), join(folder, 'journal.jsonl'));
  copy(join(home, ...inHome), join(folder, 'organization.json'));
  thinned(join(folder, 'organization.json'));
  await exported(folder, { CW_RUNBOOK_HOME: home });

  const { accounts, users, delegated } = stateIn(join(folder, 'organization.json'));
  const user = users.find(({ status }) => status === 'ENABLED').userName;
  const begun = { id: (name) => accounts.find((one) => one.name === name).id, names: [user] };
  const answers = { ...usual(begun), 'delegated-account.account': delegated[0].account };
  const confirm = [delegated[0].account, 'Workloads Dev'];
  json(join(folder, 'answers.json'), { profiles: both, answers });
  const how = ['--answers', join(folder, 'answers.json'), ...flags(confirm, '5000')];
  const effects = (where) =>
    JSON.parse(readFileSync(join(where, ...inHome), 'utf8')).ledger.effects.map(({ operation }) => operation);
  // A demo has no command without a terminal, but for one that is handed off.
  await expecting(3, ['handoff', '--to', at('demo.cwhandoff')], { CW_RUNBOOK_HOME: home });
  const later = { CW_RUNBOOK_HOME: at('demo-later') };
  const before = effects(home);
  await expecting(0, ['resume', at('demo.cwhandoff'), ...how], later);
  const middle = effects(later.CW_RUNBOOK_HOME);
  await expecting(0, ['undo', ...how], later);
  const end = effects(later.CW_RUNBOOK_HOME);
  const told = { before, resumed: middle.slice(before.length), undone: end.slice(middle.length) };
  manifest.runs.push({ name: 'demo', run, scenario: 'fresh', organization: 'demo', confirm, ...told });
}

/** Answers files, each run to its end in a new organization. `permissions`: what the credentials may not do. */
async function answered(name, scenario, file, confirm, permissions = []) {
  const begun = await begin(scenario);
  const stored = join(out, 'answers', `${name}.json`);
  const state = at(`answers-${name}`, 'organization.json');
  copy(begun.file, state);
  await organization(state, scenario, async (o) => {
    for (const body of permissions) await o.order('/_permissions', body);
    const env = o.env(at(`answers-${name}`, 'home'));
    json(
      stored,
      await file(begun, (given) => {
        json(at('asking.json'), given);
        return cw(['run', '--answers', at('asking.json'), ...flags(confirm)], env);
      }),
    );
    await expecting(0, ['run', '--answers', stored, ...flags(confirm), '--new'], env);
    const effects = await o.effects();
    manifest.answers.push({ name, scenario, organization: scenario, confirm, permissions, effects });
  });
}
const fresh = await begin('fresh');
await answered(
  'small',
  'fresh',
  (begun) => ({ profiles: both, answers: without(usual(begun), 'permission-set.policy') }),
  [fresh.id('Shared Services')],
);
await answered(
  'waived',
  'fresh',
  (begun) => ({
    profiles: both,
    answers: {
      ...without(usual(begun), 'permission-set.policy'),
      'permission-set.customizations': 'no', // an earlier name of the key
      'administrator-user.user': 'new:',
      'administrator-user.directory': 'here',
      'administrator-user.userName': 'new.person',
      'administrator-user.givenName': 'New',
      'administrator-user.familyName': 'Person',
      'administrator-user.email': 'new.person@example.com',
    },
    waive: {
      'home-region.permission-sets': 'Seen in the console: permission sets are on.',
      'register-delegated-administrator.access': 'Seen in the console: trusted access is enabled.',
    },
  }),
  [fresh.id('Shared Services')],
  [
    {
      account: fresh.id('Example Corp Management'),
      without: ['sso:DescribeInstance', 'organizations:ListAWSServiceAccessForOrganization'],
    },
  ],
);
const existing = await begin('existing-set-with-admin');
const management = existing.id('Example Corp Management');
await answered(
  'large',
  'existing-set-with-admin',
  async ({ id, names }, asking) => {
    const answers = {
      ...attested,
      'session-duration.seen': 'attested',
      'delegated-account.account': id('Shared Services'),
      'delegated-identity.portal': 'https://example-corp.awsapps.com/start',
      'administrator-user.user': [names[1], names[2], 'group:Platform Engineering', 'group:Auditors'],
      'permission-set.policy': 'amazon-q-developer-2026+customizations',
      'permission-set.name': 'CodeWhisperer_administrator',
      'assign-administrator.target': [id('Workloads Dev'), id('Workloads Prod'), management],
      'assign-administrator.management': 'own-set',
      'management-set.name': 'CodeWhisperer_mgmt',
    };
    const { err } = await asking({ profiles: both, answers });
    const [choice] = /\breplace@\S+/.exec(err) ?? [];
    if (choice === undefined) throw new Error(`No decision was asked for:\n${err}`);
    return { profiles: both, answers: { ...answers, 'permission-set.existing': choice } };
  },
  [management, existing.id('Shared Services'), existing.id('Workloads Dev'), existing.id('Workloads Prod')],
);

const [first] = readFileSync(join(out, 'runs', 'finished', 'journal.jsonl'), 'utf8').split('\n');
manifest.program = JSON.parse(first).program;
json(join(out, 'set.json'), manifest);

// Nothing of this machine may be in it.
const ours = [work, tmpdir(), process.cwd(), homedir(), dirname(program), `@${hostname()}`];
for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = join(entry.parentPath, entry.name);
  const text = readFileSync(file, 'utf8');
  const found = ours.find((one) => text.includes(one));
  if (found !== undefined) throw new Error(`${file} holds ${found}`);
}
rmSync(work, { recursive: true });
