import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutInlinePolicyToPermissionSetCommand } from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { view } from '../simulator/simulated.ts';
import { answered, bench } from './bench.ts';
import { days, minutes, trailed, trailedIn } from './trailed.ts';

const isMade = ({ name }: { readonly name: string }) => name === 'CreatePermissionSet';

test('a record that was taken out of the journal leaves its event behind', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  const { events } = await world.journal();
  const gone = events.flatMap((event) =>
    event.type === 'intended' && event.call.operation === 'sso:PutInlinePolicyToPermissionSet'
      ? [event.attempt]
      : [],
  );
  await world.rewrite((all) => all.filter((event) => !('attempt' in event && gone.includes(event.attempt))));
  const { code, told } = await world.json();
  expect(code).toBe(2);
  expect(told.differences).toMatchObject([{ is: 'unrecorded' }]);
  expect(told.differences[0].says).toMatch(/^PutInlinePolicyToPermissionSet, .*bears this run’s id/);
});

test('what another made of the set meanwhile is told, and is no difference', async () => {
  const world = await trailed();
  const { sso } = view(world.at.simulator).as(world.at.account('Shared Services'));
  const { events } = await world.journal();
  const put = events.flatMap((event) =>
    event.type === 'intended' && event.call.operation === 'sso:PutInlinePolicyToPermissionSet'
      ? [event.call.input]
      : [],
  )[0];
  if (put === undefined) throw new Error('no policy was put');
  await sso.send(new PutInlinePolicyToPermissionSetCommand({ ...put }));
  // While the run was at work, by both clocks: CloudTrail's has whole seconds, and a run may be over within one.
  const then = events.findLast(({ type }) => type === 'intended')?.at ?? 0;
  world.alter((all) => all.map((event, n) => (n === all.length - 1 ? { ...event, at: then } : event)));
  await world.age(20 * minutes);
  const { code, told } = await world.json();
  expect(told.others).toMatchObject([
    expect.stringMatching(/^PutInlinePolicyToPermissionSet, .*with the credentials of this run$/),
  ]);
  expect(code).toBe(0);
});

test('what is older than 90 days cannot be looked up', async () => {
  const world = await trailed();
  await world.age(91 * days);
  const { code, told } = await world.json();
  expect(code).toBe(3);
  expect(told.unseen[0].why).toMatch(/90 days/);
  expect(told.differences).toEqual([]);
});

test('without one of the credentials, what the other identity sees is told; another account’s are not taken', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  const answers = join(world.at.home, 'other.json');
  const named = (delegated: string) =>
    writeFile(
      answers,
      JSON.stringify({ profiles: { management: 'management', 'delegated-administrator': delegated } }),
    );
  await named('management');
  expect(await world.reconcile('--answers', answers)).toMatchObject({
    ...{ code: 6, out: '', err: expect.stringMatching(/profile management acts for account/) },
  });
  await writeFile(answers, JSON.stringify({ profiles: { management: 'management' } }));
  const { code, told } = await world.json('--answers', answers);
  expect(code).toBe(3);
  expect(told.differences).toEqual([]);
  expect(told.found).toBeGreaterThan(0);
  const { id } = world.at.account('Shared Services');
  expect(told.unseen).toMatchObject([{ why: `no credentials of account ${id} were accepted` }]);
});

test('a throttled lookup is asked again, slower', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  await fetch(`${world.at.simulator.url}/_faults`, {
    method: 'POST',
    body: JSON.stringify({ fault: 'throttle-burst', operation: 'cloudtrail:LookupEvents', times: 3 }),
  });
  expect((await world.json()).code).toBe(0);
});

test('events that come late are awaited: trail-late', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  const later = Date.now() + 60 * minutes;
  world.alter((events) => events.map((event) => (isMade(event) ? { ...event, seen: later } : event)));
  const { code, told } = await world.json();
  expect(code).toBe(2);
  expect(told.differences).toMatchObject([{ is: 'missing' }]);
});

test('CloudTrail at an endpoint of its own gets no credentials', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  const own = { AWS_ENDPOINT_URL_CLOUDTRAIL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_STS: '' };
  const { code, err } = await world.at.cli(['audit', 'reconcile', '--yes'], own);
  expect(code).toBe(6);
  expect(err).toMatch(/asks CloudTrail at http:\/\/127\.0\.0\.1:1, and this run is at http/);
});

test('a run that was undone has its deletions in CloudTrail, too', async () => {
  const world = await trailed();
  const undone = await world.at.cli([
    'undo',
    '--answers',
    join(world.at.home, 'answers.json'),
    '--yes',
    '--confirm',
    world.at.account('Shared Services').id,
    '--confirm',
    'Workloads Dev',
    '--confirm',
    'CodeWhisperer_administrator',
    '--poll',
    '50',
  ]);
  expect(undone.code, undone.err + undone.out).toBe(0);
  await world.age(20 * minutes);
  const { code, told, err } = await world.json();
  expect([code, told.differences], err).toEqual([0, []]);
  expect(told.records).toBeGreaterThan(6);
});

test('what was sent and not answered is found by its mark; what AWS refused, by its error', async () => {
  const at = await bench('fresh', { home: await mkdtemp(join(tmpdir(), 'cw-trail-')) });
  const { answers, flags } = await answered(at);
  const order = (body: object) =>
    fetch(`${at.simulator.url}/_faults`, { method: 'POST', body: JSON.stringify(body) });
  await order({ fault: 'reset-after-effect', operation: 'sso:CreatePermissionSet' });
  await order({ fault: 'conflict-busy', operation: 'sso:PutInlinePolicyToPermissionSet' });
  await order({ fault: 'denied-by-scp', operation: 'organizations:RegisterDelegatedAdministrator' });
  let ended = await at.run(answers, [...flags, '--reconfirm', '9']);
  for (let n = 0; n < 3 && ended.code !== 0; n++)
    ended = await at.run(answers, [...flags, '--reconfirm', '9']);
  expect(ended.code, ended.err + ended.out).toBe(0);
  const world = await trailedIn(at);
  await world.age(20 * minutes);
  const { events } = await world.journal();
  expect(new Set(events.map(({ type }) => type))).toContain('unclear');
  const { code, told } = await world.json();
  expect(told.differences).toEqual([]);
  expect([code, told.found]).toEqual([0, told.records]);
  expect(told.records).toBeGreaterThan(5);
});

test('the hashes that AWS was told are found, and say how far the journal is anchored', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  const { events } = await world.journal();
  const last = events.findLast((event) => event.type === 'anchored');
  const { code, told } = await world.json();
  expect([code, told.differences, told.anchored]).toEqual([0, [], last?.record]);
  expect((await world.reconcile()).out).toContain(`CloudTrail shows the hash of record ${last?.record}.`);
});

test('a journal that was rewritten, with a chain that verifies, has no longer the hashes that AWS was told', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  // What the journal says of the hashes goes, too: else it does not agree with itself, and is damaged.
  await world.forge((all) =>
    all
      .filter(({ type }) => type !== 'anchored')
      .map((event): Event => (event.type === 'opened' ? { ...event, by: 'somebody else' } : event)),
  );
  const { code, told } = await world.json();
  expect(code).toBe(2);
  const ways = new Set(told.differences.map(({ is }: { is: string }) => is));
  expect(ways).toEqual(new Set(['unknown-head']));
  // The tag of the set tells one, too.
  expect(JSON.stringify(told.differences)).toContain('CreatePermissionSet');
  expect(told.anchored).toBeUndefined();
});

test('a hash that CloudTrail does not show is no difference; one that it has no request of, is', async () => {
  const world = await trailed();
  await world.age(20 * minutes);
  const isAnchor = ({ agent }: { readonly agent: string }) => agent.includes('md/head#');
  world.alter((all) => all.map((one) => (isAnchor(one) ? { ...one, agent: 'cut off' } : one)));
  const cut = await world.json();
  expect([cut.code, cut.told.differences, cut.told.anchored]).toEqual([3, [], undefined]);
  for (const { why } of cut.told.unseen) expect(why).toContain('not the hash in its user agent');
  world.alter((all) => all.filter(({ agent }) => agent !== 'cut off'));
  const gone = await world.json();
  expect(gone.code).toBe(2);
  expect(new Set(gone.told.differences.map(({ is }: { is: string }) => is))).toEqual(new Set(['missing']));
});
