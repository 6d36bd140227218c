import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { factsOf, isRead, isWrite, reads, type WriteOperation, writes } from '../../src/model/operations.ts';
import { reverseOf, reversing } from '../../src/model/progress/reverse.ts';
import { steps } from '../../steps/index.ts';
import { patternsIn } from '../syntax.ts';

const all = Object.keys(writes) as readonly WriteOperation[];

describe('what takes a change back', () => {
  const set = { InstanceArn: 'i', PermissionSetArn: 'p' };
  const put = {
    operation: 'sso:PutInlinePolicyToPermissionSet',
    input: { ...set, InlinePolicy: 'new' },
  } as const;

  test('has all that names its own effect', () => {
    for (const operation of all)
      for (const { by, same, reply = {}, before } of factsOf(operation).reversedBy) {
        const given = [...same, ...Object.keys(reply), ...(before === undefined ? [] : [before])];
        expect([operation, factsOf(by).key.filter((name) => !given.includes(name))]).toEqual([operation, []]);
      }
  });

  test('is among the calls of each step that can take back', () => {
    for (const { id, calls, undo } of steps.filter((one) => one.undo))
      for (const operation of calls.filter(isWrite))
        for (const { by } of factsOf(operation).reversedBy)
          if (factsOf(operation).effect !== 'removes')
            expect(calls, `${id} can undo (${undo?.says}) ${operation}`).toContain(by);
  });

  test('is the earlier text where there was one, and nothing where there was none', () => {
    expect(reverseOf({ call: put, before: 'old' })).toEqual({
      ...put,
      input: { ...set, InlinePolicy: 'old' },
    });
    const removed = { operation: 'sso:DeleteInlinePolicyFromPermissionSet', input: set };
    expect(reverseOf({ call: put, before: '' })).toEqual(removed);
    expect(reverseOf({ call: put })).toEqual(removed);
  });

  test('takes from AWS’s reply what only that tells, and is none where no reply came', () => {
    const call = { operation: 'sso:CreatePermissionSet', input: { InstanceArn: 'i', Name: 'n' } } as const;
    const output = { PermissionSet: { PermissionSetArn: 'p' } };
    expect(reverseOf({ call, output })).toEqual({ operation: 'sso:DeletePermissionSet', input: set });
    expect(reverseOf({ call })).toBeUndefined();
    expect(() => reversing({ call })).toThrow('sso:CreatePermissionSet has no reversal');
  });

  test('is told by itself only where it touches nobody else', () => {
    const ServicePrincipal = 'sso.amazonaws.com';
    const call = {
      operation: 'organizations:RegisterDelegatedAdministrator',
      input: { ServicePrincipal, AccountId: '1' },
    } as const;
    expect(reverseOf({ call })?.operation).toBe('organizations:DeregisterDelegatedAdministrator');
    expect(reverseOf({ call }, 'alone')).toBeUndefined();
  });
});

test('what takes away leaves nothing, and nothing else does', () => {
  for (const operation of all) {
    const { effect, stays } = factsOf(operation);
    expect([operation, stays === 'nothing']).toEqual([operation, effect === 'removes']);
  }
});

test('an operation is a read or a write, and of each something is known', () => {
  expect(reads.filter((name) => name in writes)).toEqual([]);
  expect(all.filter((name) => isRead(name))).toEqual([]);
  expect(all.map((name) => factsOf(name).is)).toEqual(all.map(() => 'write'));
});

test('what an operation does is asked of the catalogue, and not read out of its name', () => {
  const root = join(import.meta.dirname, '../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  // The catalogue itself, what AWS answers to each, AWS as it is simulated, what each is called in other languages (tables
  // that are complete by type), and a question about an action by its name.
  const free =
    /^(model\/operations|aws\/answer-shapes\.ts|simulator\/|export\/|commands\/first-contact\/reads\.ts)/;
  const found = files
    .filter((file) => !free.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8').replace(/^ *(\/?\*(?!\w)|\/\/).*$/gm, '');
      const named = all.filter((name) => text.includes(`'${name}'`));
      const verbs = [...patternsIn(text, file)].filter((pattern) => verb.test(pattern));
      return [...named, ...verbs].map((what) => `${file}: ${what}`);
    });
  expect(found).toEqual([]);
  const planted = [
    '/^sso:(Delete|Detach)/.test(operation)',
    "operation.startsWith('sso:Create')",
    "name.includes('Put')",
    'operation.startsWith(`sso:Register`)',
  ];
  for (const text of planted) expect([...patternsIn(text)].filter((one) => verb.test(one))).toHaveLength(1);
});
const verb = /(?<![A-Za-z])(Create|Put|Delete|Register|Deregister|Attach|Detach|Provision|Update)(?![a-z])/;
