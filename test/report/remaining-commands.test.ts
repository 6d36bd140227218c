import { expect, test } from 'vitest';
import { status } from '../../src/commands/status.ts';
import { actorName } from '../../src/model/identity.ts';
import { change } from '../../src/model/plan.ts';
import { applyEvent, emptyRun } from '../../src/model/run.ts';
import { remainingCommands } from '../../src/report/remaining-commands.ts';
import { models, type Service } from '../../src/simulator/protocol/model.ts';
import { codewhisperer, steps } from '../../steps/index.ts';
import { runner } from '../commands/in-process.ts';
import { seeing, titleOf } from '../words.ts';

/** The members that AWS's own model of an operation requires. */
function requiredOf(operation: string): readonly string[] {
  const [service, name = ''] = operation.split(':');
  const model = models[service as Service];
  return model.shapes[model.operations[name]?.input ?? '']?.required ?? [];
}
const script = async (at: Awaited<ReturnType<typeof runner>>): Promise<string> =>
  remainingCommands((await at.events()).reduce(applyEvent, emptyRun), steps).join('\n');
/** Only what a shell would run. */
const commands = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

test('what remains is a script: the calls with the values that are known, and variables for those that AWS tells later', async () => {
  const at = await runner();
  await at.order('_faults', {
    fault: 'denied-by-scp',
    operation: 'sso:CreatePermissionSet',
    times: 'always',
  });
  expect((await at.run()).code).toBe(1);
  const text = await script(at);
  const [create, put, assign, ...others] = commands(text);
  expect(create).toMatch(
    /^PERMISSION_SET_PERMISSIONSETARN=\$\(aws sso-admin create-permission-set --instance-arn arn:aws:sso:::instance\/ssoins-\w+ --name CodeWhisperer_administrator .* --region us-east-1 --endpoint-url http:\/\/127\S+ --profile delegated --query 'PermissionSet.PermissionSetArn' --output text\)$/,
  );
  expect(put).toMatch(
    /^aws sso-admin put-inline-policy-to-permission-set .* --permission-set-arn "\$PERMISSION_SET_PERMISSIONSETARN" --inline-policy '\{/,
  );
  // Its turn had not come: it was looked at when it was clear that the run stands still.
  expect(assign).toMatch(
    /^aws sso-admin create-account-assignment .* --permission-set-arn "\$PERMISSION_SET_PERMISSIONSETARN" /,
  );
  expect(others).toEqual([]);
  expect(text).toContain(
    `# ${titleOf('permission-set')} (delegated administrator account Shared Services ${at.account('Shared Services')})`,
  );
  expect(text).not.toContain('Not checked yet');
  expect(text).not.toContain('register-delegated-administrator');
});

test('what is in the way, and what is still to be decided, are comments; the end has nothing to do', async () => {
  const at = await runner();
  await at.order('_permissions', {
    account: at.accounts['delegated-administrator'],
    without: ['sso:Create*'],
  });
  await at.run();
  const text = await script(at);
  expect(text).toMatch(
    /# In the way: These credentials may do sso:CreatePermissionSet\. Found: IAM’s policy simulator says no/,
  );
  const all = await runner();
  expect(await all.run()).toMatchObject({ code: 0 });
  expect(await script(all)).toMatch(/^# Nothing remains of run \w+\.$/);
});

test('of what was sent and nobody knows of, it says to look, and how', async () => {
  const at = await runner();
  await at.order('_faults', { fault: 'async-stuck' });
  expect((await at.run()).code).toBe(3);
  const text = await script(at);
  expect(text).toMatch(/# Not known: Assign .*look for it first, do not make it again\./);
  expect(commands(text)).toEqual([
    expect.stringMatching(
      /^aws sso-admin describe-account-assignment-creation-status .* --account-assignment-creation-request-id [\w-]+ /,
    ),
  ]);
});

test.each([
  [
    'organizations:RegisterDelegatedAdministrator',
    { AccountId: '1', ServicePrincipal: 'sso.amazonaws.com' },
    'aws organizations list-delegated-administrators --service-principal sso.amazonaws.com',
  ],
  [
    'sso:CreatePermissionSet',
    { InstanceArn: 'i', Name: 'n' },
    'aws sso-admin list-permission-sets --instance-arn i',
  ],
  [
    'sso:PutInlinePolicyToPermissionSet',
    { InstanceArn: 'i', PermissionSetArn: 'p', InlinePolicy: '{}' },
    'aws sso-admin get-inline-policy-for-permission-set --instance-arn i --permission-set-arn p',
  ],
  [
    'identitystore:CreateUser',
    { IdentityStoreId: 'd', UserName: 'ada' },
    `aws identitystore get-user-id --identity-store-id d --alternate-identifier '{"UniqueAttribute":{"AttributePath":"userName","AttributeValue":"ada"}}'`,
  ],
])('how to look for %s, of which nobody knows, is told', (operation, input, command) => {
  const step =
    steps.find(({ calls }) => calls.some((call) => call === operation)) ??
    expect.fail(`no step does ${operation}`);
  const { id } = step;
  const intent = { attempt: `${id}/x#1`, step: id, change: 'x', says: 'It', at: 0, actor: step.actor };
  const attempts = [{ intent: { ...intent, call: { operation, input } }, state: 'unclear' }] as never;
  expect(commands(remainingCommands({ ...emptyRun, attempts }, [step]).join('\n'))).toEqual([
    `${command} --profile '<a profile of the ${actorName(step.actor)}>'`,
  ]);
});

test('cw-runbook status --commands prints it', async () => {
  const at = await runner();
  await at.order('_faults', {
    fault: 'denied-by-scp',
    operation: 'sso:CreatePermissionSet',
    times: 'always',
  });
  const ended = await at.run();
  expect(ended.said).toMatch(
    /By hand, with the AWS CLI\naws sso-admin create-permission-set --instance-arn \S+ --name CodeWhisperer_administrator/,
  );
  expect(ended.said).toContain('cw-runbook status --commands');
  const printed = await at.hear(() => status({ runbook: codewhisperer, home: at.home, commands: true }));
  expect(printed).toEqual({ code: 0, said: `${await script(at)}\n` });
});

test('of a run that was taken back nothing is to be done; begun anew, it has nothing of what is gone', async () => {
  const at = await runner();
  expect(await at.run()).toMatchObject({ code: 0 });
  expect(await at.undo()).toMatchObject({ code: 0 });
  const gone = await script(at);
  expect(gone).toMatch(/^# Run \w+ was undone: nothing that it made is left\.$/m);
  expect(commands(gone)).toEqual([]);
  const { said } = await at.hear(() => status({ runbook: codewhisperer, home: at.home }));
  expect(said).toMatch(seeing`\n {2}undone +${titleOf('permission-set')}`);
  expect(said).toMatch(seeing`\n {2}was done +${titleOf('delegated-identity')}`);
  expect(said).toMatch(seeing`\n {2}was done +${titleOf('hand-over')}`);
  expect(said).toMatch(/^Undone \d{4}-\d\d-\d\dT\S+Z: what this run made is gone\.$/m);
  expect(said).toContain('To set it up again: cw-runbook\n');
  expect(said).not.toMatch(/status --commands|Finished/);

  const denied = { fault: 'denied-by-scp', times: 'always' };
  await at.order('_faults', { ...denied, operation: 'sso:CreatePermissionSet' });
  expect((await at.run()).code).toBe(1);
  const [create, put] = commands(await script(at));
  expect(create).toMatch(/^PERMISSION_SET_PERMISSIONSETARN=\$\(aws sso-admin create-permission-set /);
  expect(put).toContain('--permission-set-arn "$PERMISSION_SET_PERMISSIONSETARN"');
});

test('while a run is being taken back it is said what is left of that, and no command makes it again', async () => {
  const at = await runner();
  expect(await at.run()).toMatchObject({ code: 0 });
  const denied = { fault: 'denied-by-scp', times: 'always' };
  await at.order('_faults', { ...denied, operation: 'sso:DeletePermissionSet' });
  expect((await at.undo()).code).toBe(1);
  const text = await script(at);
  expect(commands(text)).toEqual([]);
  expect(text).toMatch(
    seeing`is being undone\. cw-runbook undo continues[\s\S]*in this order:\n# +${titleOf('permission-set')}[\s\S]*\n# +made: [\s\S]*\n# +${titleOf('register-delegated-administrator')}`,
  );
  const { said } = await at.hear(() => status({ runbook: codewhisperer, home: at.home }));
  expect(said).toMatch(/^ {2}undone +Assign/m);
  expect(said).toMatch(seeing`\n {2}to undo +${titleOf('permission-set')}`);
  expect(said).toMatch(
    seeing`\nBeing undone\. Still to undo, in this order: ${titleOf('permission-set')}, ${titleOf('register-delegated-administrator')}\n`,
  );
  expect(said).not.toContain('status --commands');
});

test('a name with a line break stays within its comment', () => {
  const step = { ...steps[0], id: 'x', title: 'a\nrm -rf /', actor: 'management', questions: {} } as never;
  const lines = remainingCommands(emptyRun, [step]);
  expect(commands(lines.join('\n'))).toEqual([]);
});

test('a part that has commands says as whom, where they cannot; and nothing in them is shown otherwise than it is', () => {
  const [step] = steps.filter(({ id }) => id === 'administrator-user');
  if (!step) throw new Error('no such step');
  const role = 'arn:aws:iam::222222222222:role/Admin';
  const create = change('user', 'Make the user', 'identitystore:CreateUser', {
    ...{ IdentityStoreId: 'd-1', UserName: 'file:///etc/hostname', DisplayName: 'می\u200cخواهم' },
    Name: { GivenName: 'می\u200cخواهم', FamilyName: 'F' },
  });
  const lines = remainingCommands(
    {
      ...emptyRun,
      identities: {
        'delegated-administrator': {
          ...{ account: '222222222222', arn: 'arn:me' },
          source: { kind: 'role', base: { kind: 'environment' }, arn: role },
        },
      },
      observations: {
        [step.id]: { plan: { goals: [create] }, at: 0, basis: '', remembered: false },
      },
    },
    [step],
  );
  const text = lines.join('\n');
  expect(text).not.toContain('⟪');
  expect(text).toContain('# As arn:me: role ');
  expect(text).toContain(`--cli-input-json '{"UserName":"file:///etc/hostname"}'`);
  expect(text).toContain(`--name '{"GivenName":"می\\u200cخواهم","FamilyName":"F"}'`);
  expect(text).toContain(`--display-name "$(printf 'می\\342\\200\\214خواهم')"`);
  expect(text).toContain(`--profile '<a profile that assumes ${role}>'`);
});

test('of steps whose turn has not come, the commands are comments, with a placeholder for what is known later', async () => {
  const at = await runner();
  expect((await at.run({ 'delegated-account.account': undefined })).code).toBe(4);
  const text = await script(at);
  expect(commands(text)).toEqual([]);
  for (const line of [
    /^# +aws organizations register-delegated-administrator --service-principal sso\.amazonaws\.com --account-id '<AccountId>' /m,
    /^# +<AccountId>: the account that you choose$/m,
    /^# +aws sso-admin create-permission-set --instance-arn arn:aws:sso:::instance\/ssoins-\w+ --name '<Name>' --description 'CodeWhisperer administrators' /m,
    /^# +aws sso-admin put-inline-policy-to-permission-set .*--permission-set-arn '<PermissionSetArn>' --inline-policy '<InlinePolicy>'/m,
    /^# +aws sso-admin provision-permission-set .*--target-type ALL_PROVISIONED_ACCOUNTS/m,
    /^# +aws sso-admin create-account-assignment .*--target-type AWS_ACCOUNT .*--principal-id '<PrincipalId>'/m,
    /^# +aws identitystore create-user --identity-store-id d-\w+ --user-name '<UserName>'/m,
  ])
    expect(text).toMatch(line);
  expect(text).toContain('Not checked yet');
  // Every placeholder is explained below its command, and nowhere else.
  const told = text
    .split('\n')
    .flatMap((line) => [
      ...[...line.matchAll(/'<(\w+)>'/g)].map(([, name]) => `command ${name}`),
      ...[...line.matchAll(/^# +<(\w+)>: \w/g)].map(([, name]) => `explained ${name}`),
    ]);
  const named = (kind: string) => told.filter((one) => one.startsWith(kind)).map((one) => one.split(' ')[1]);
  expect(named('explained')).toEqual(named('command'));
  expect(named('command').length).toBeGreaterThan(10);
});

test('what a step foretells of its call is what it sends, and nothing that AWS requires is left out', async () => {
  const at = await runner();
  expect((await at.run()).code).toBe(0);
  const sent = (await at.events()).flatMap((event) => (event.type === 'intended' ? [event.call] : []));
  for (const { operation, input = {} } of steps.flatMap(({ foretells }) => foretells?.changes ?? [])) {
    const needed = requiredOf(operation);
    const told = Object.keys(input);
    expect([...told, 'InstanceArn'], operation).toEqual(expect.arrayContaining([...needed]));
    for (const call of sent.filter((one) => one.operation === operation))
      for (const [member, value] of Object.entries(input))
        if (typeof value === 'string') expect(call.input).toMatchObject({ [member]: value });
  }
});
