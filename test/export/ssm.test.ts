import { expect } from 'vitest';
import { ssm } from '../../src/export/ssm.ts';
import { runner } from '../commands/in-process.ts';
import { describe, more, test } from '../more.ts';
import { type Place, runDocument } from './automation.ts';
import { checkDocument } from './automation-check.ts';
import { exportingOf, manyAnswers, runIn, wholeRun, withMany, withMember } from './runs.ts';

type At = Awaited<ReturnType<typeof runner>>;
const place = (at: At, file: string, approve: Place['approve'] = () => true): Place => {
  const actor = file.includes('delegated') ? 'delegated-administrator' : 'management';
  const keys = at.simulator.accounts.find(({ id }) => id === at.accounts[actor]);
  if (!keys) throw new Error(`there is no ${actor}`);
  const { accessKeyId, secretAccessKey } = keys;
  return {
    ...{ endpoint: at.simulator.url, region: at.simulator.region, approve },
    credentials: { accessKeyId, secretAccessKey },
  };
};
const given = { Approvers: ['arn:aws:iam::111122223333:role/Change'] };
/** Every effect, whoever made it, without its order. */
const effectsIn = async (at: At): Promise<readonly string[]> =>
  (await at.ledger()).effects.map(({ operation, key }) => `${operation} ${key}`).toSorted();

describe('the documents of a run with all that there can be', () => {
  test('hold nothing that AWS does not document, and fit', async () => {
    const files = ssm(exportingOf(await wholeRun()));
    expect(files.map(({ name }) => name)).toEqual([
      'codewhisperer-1-management.json',
      'codewhisperer-2-delegated-administrator.json',
      'codewhisperer-3-management.json',
    ]);
    for (const { text } of files) expect(() => checkDocument(text)).not.toThrow();
  });

  test('end in another organization as the run did, and a run there finds everything done', async () => {
    const exporting = exportingOf(await wholeRun());
    const files = ssm(exporting);
    const at = await runner();
    const messages: string[] = [];
    for (const { name, text } of files) {
      const ran = await runDocument(text, place(at, name), given);
      expect(ran).toMatchObject({ status: 'Success' });
      messages.push(...ran.approvals);
    }
    // One for the delegation, and one for each of two people in the management account.
    expect(messages).toHaveLength(3);
    expect(messages[0]).toMatch(/^Register Shared Services/);
    const effects = await effectsIn(at);
    expect(await at.run(manyAnswers(at))).toMatchObject({ code: 0 });
    expect(await effectsIn(at)).toEqual(effects);
    expect(effects).toHaveLength(exporting.setup.calls.length);
    // Once more, and nothing is made, and nobody is asked.
    for (const { name, text } of files) {
      const ran = await runDocument(text, place(at, name), given);
      expect(ran).toMatchObject({ status: 'Success', approvals: [] });
    }
    expect(await effectsIn(at)).toEqual(effects);
    // Nor where the sets have to be looked for by their names.
    const unknown = { ...given, GivenPermissionSetArn: '', GivenManagementSetArn: '' };
    for (const [n, { name, text }] of files.entries()) {
      const ran = await runDocument(text, place(at, name), n === 0 ? given : unknown);
      expect(ran).toMatchObject({ status: 'Success', approvals: [] });
      expect(ran.steps.some((step) => step.startsWith('keep_'))).toBe(n > 0);
    }
    expect(await effectsIn(at)).toEqual(effects);
  });
});

test('nothing is made where somebody says no, and the second document waits for the first', async () => {
  const [first, second] = ssm(exportingOf(await wholeRun()));
  const at = await runner();
  const no = await runDocument(
    first?.text ?? '',
    place(at, first?.name ?? '', () => false),
    given,
  );
  expect(no).toMatchObject({ status: 'Failed', why: expect.stringContaining('rejected') });
  const early = await runDocument(second?.text ?? '', place(at, second?.name ?? ''), given);
  expect(early).toMatchObject({ status: 'Failed', why: expect.stringMatching(/^is_delegated/) });
  const other = await runDocument(second?.text ?? '', place(at, 'management'), given);
  expect(other).toMatchObject({ status: 'Failed', why: expect.stringMatching(/^is_account/) });
  expect(await effectsIn(at)).toEqual([]);
});

test('another policy in a set of that name is replaced only after an approval, and brought to those who have it', async () => {
  const files = ssm(exportingOf(await wholeRun()));
  const at = await runner();
  const [first, second] = files;
  expect(await runDocument(first?.text ?? '', place(at, first?.name ?? ''), given)).toMatchObject({
    status: 'Success',
  });
  expect(await runDocument(second?.text ?? '', place(at, second?.name ?? ''), given)).toMatchObject({
    status: 'Success',
  });
  const changed = second?.text.replaceAll('iam:ListRoles', 'iam:ListUsers') ?? '';
  const no = await runDocument(
    changed,
    place(at, second?.name ?? '', () => false),
    given,
  );
  expect(no).toMatchObject({ status: 'Failed', why: expect.stringMatching(/^approve_policy/) });
  const yes = await runDocument(changed, place(at, second?.name ?? ''), given);
  expect(yes).toMatchObject({ status: 'Success' });
  expect(yes.approvals[0]).toContain('in the place of another policy');
  expect((await effectsIn(at)).filter((one) => one.startsWith('sso:ProvisionPermissionSet'))).toHaveLength(1);
});

/** An organization with more sets than a document can look through, in which the first of the documents was run. */
async function crowded() {
  const [first, second] = ssm(exportingOf(await wholeRun()));
  const at = await runner('fresh', { size: { sets: 120 } });
  expect(await runDocument(first?.text ?? '', place(at, first?.name ?? ''), given)).toMatchObject({
    status: 'Success',
  });
  return { at, second };
}
test('of 100 sets and more the document says that it cannot look', async () => {
  const { at, second } = await crowded();
  const without = { ...given, GivenPermissionSetArn: '' };
  const ran = await runDocument(second?.text ?? '', place(at, second?.name ?? ''), without);
  expect(ran).toMatchObject({ status: 'Failed', why: expect.stringMatching(/^too_many_/) });
  expect((await effectsIn(at)).filter((one) => one.includes('PermissionSet'))).toEqual([]);
});
more('of 100 sets and more, the document of a run that has made its own has its ARN filled in', async () => {
  const { at, second } = await crowded();
  expect(await at.run()).toMatchObject({ code: 0 });
  const effects = await effectsIn(at);
  const own = ssm(exportingOf(await runIn(at)))[1];
  expect(await runDocument(own?.text ?? '', place(at, second?.name ?? ''), given)).toMatchObject({
    status: 'Success',
  });
  expect(await effectsIn(at)).toEqual(effects);
});

test('twenty people in five accounts are a loop each, in as many documents as they take', async () => {
  const files = ssm(withMany(exportingOf(await wholeRun())));
  const documents = files.map(({ text }) => checkDocument(text));
  expect(files.map(({ name }) => name.replace(/^codewhisperer-/, ''))).toEqual([
    '1-management.json',
    ...['2-delegated-administrator.json', '3-delegated-administrator.json'],
    '4-management.json',
  ]);
  const loops = documents.flatMap(({ mainSteps }) =>
    mainSteps.filter(({ name }) => name.startsWith('loop_')).map(({ inputs }) => inputs.Iterators),
  );
  expect(loops).toHaveLength(20);
  expect(new Set(loops.map((of) => JSON.stringify(of)))).toEqual(
    new Set([JSON.stringify(Array.from({ length: 5 }, (_, n) => String(100_000_000_000 + n)))]),
  );
});

test('a text that would be taken for a placeholder is asked for', async () => {
  const named = ssm(withMember(exportingOf(await wholeRun()), 'UserName', 'a{{ variable:X }}'))[1];
  const it = checkDocument(named?.text ?? '');
  expect(it.parameters.Text1).toMatchObject({
    type: 'String',
    description: expect.stringContaining('a{ { variable:X }}'),
  });
  expect(it.parameters.Text1).not.toHaveProperty('default');
  expect(JSON.stringify(it.mainSteps)).not.toContain('variable:X');
});

describe('the interpreter refuses what is not documented', () => {
  const step = {
    name: 'one',
    action: 'aws:executeAwsApi',
    inputs: { Service: 'sts', Api: 'GetCallerIdentity' },
    outputs: [{ Name: 'A', Selector: '$.Account', Type: 'String' }],
  };
  const document = (more: object): string =>
    JSON.stringify({ schemaVersion: '0.3', parameters: {}, mainSteps: [{ ...step, ...more }] });
  const loop = {
    action: 'aws:loop',
    outputs: undefined,
    inputs: { Iterators: ['a'], IteratorDataType: 'String', MaxIterations: 1, Steps: [] },
  };
  test.each([{}, loop])('the step itself passes', (more) =>
    expect(() => checkDocument(document(more))).not.toThrow(),
  );
  test('and a variable that begins with nothing', () => {
    const variables = (usual: string) => ({ variables: { A: { type: 'String', default: usual } } });
    const whole = (more: object) => JSON.stringify({ ...JSON.parse(document({})), ...more });
    expect(() => checkDocument(whole(variables('unset')))).not.toThrow();
    expect(() => checkDocument(whole(variables('')))).toThrow();
  });
  test.each([
    ['an action', { action: 'aws:executeScripts' }],
    ['a member of a step', { next: 'one' }],
    ['an operation', { inputs: { Service: 'sts', Api: 'GetCaller' } }],
    ['a service', { inputs: { Service: 'sso', Api: 'ListInstances' } }],
    ['an input', { inputs: { Service: 'sts', Api: 'GetCallerIdentity', Who: 'me' } }],
    ['a selector', { outputs: [{ Name: 'A', Selector: '$.Accounts[*].Id' }] }],
    ['a filter of two parts', { outputs: [{ Name: 'A', Selector: "$.A[?(@.B == 'c' && @.D == 'e')]" }] }],
    ['a type', { outputs: [{ Name: 'A', Selector: '$.A', Type: 'Text' }] }],
    ['a placeholder', { inputs: { Service: 'sts', Api: '{{ nothing }}' } }],
    ['a way back', { nextStep: 'one' }],
    ['a loop that never goes round', { ...loop, inputs: { ...loop.inputs, MaxIterations: 0 } }],
    ['a loop of 101', { ...loop, inputs: { ...loop.inputs, MaxIterations: 101 } }],
    ['a loop by two things', { ...loop, inputs: { ...loop.inputs, LoopCondition: {} } }],
    ['a loop that is cancelled', { ...loop, onCancel: 'Abort' }],
  ])('%s', (_, more) => expect(() => checkDocument(document(more))).toThrow());
});
