import { describe, expect, test } from 'vitest';
import { kindOf } from '../../../src/model/access/refusals.ts';
import { type WriteOperation, writes } from '../../../src/model/operations.ts';
import identitystore from '../../../src/simulator/models/identitystore.json' with { type: 'json' };
import organizations from '../../../src/simulator/models/organizations.json' with { type: 'json' };
import sso from '../../../src/simulator/models/sso.json' with { type: 'json' };

const models = { identitystore, organizations, sso } as const;
const all = Object.keys(writes) as readonly WriteOperation[];
/** The errors that AWS's own model lists for it. */
const errorsOf = (operation: WriteOperation): readonly string[] => {
  const [service = '', name = ''] = operation.split(':');
  const { operations } = models[service as keyof typeof models];
  return (operations as Readonly<Record<string, { readonly errors: readonly string[] }>>)[name]?.errors ?? [];
};
const passing = ['ThrottlingException', 'TooManyRequestsException', 'ConcurrentModificationException'];

describe.each(all)('%s', (operation) => {
  test.each(errorsOf(operation).filter((code) => !passing.includes(code)))(
    '%s with words that nobody knows is never sent again',
    (code) => {
      for (const why of ['', 'try again later', 'Something else happened.'])
        expect(['final', 'already']).toContain(kindOf(operation, { code, why }));
    },
  );
  test('an error that no model has is final', () => {
    for (const code of ['LimitExceededException', 'HTTP 409', 'SomethingNewException', ''])
      expect(kindOf(operation, { code, why: 'Try again later.' })).toBe('final');
  });
  test('a conflict is final unless AWS says that it is one in progress', () => {
    const conflict = (why: string) => kindOf(operation, { code: 'ConflictException', why });
    expect(conflict('')).toBe('final');
    expect(conflict('Could not delete because PermissionSet has ApplicationProfile')).toBe('final');
    expect(conflict('There is a conflicting operation in process.')).toBe(
      operation.startsWith('sso:') ? 'in-progress' : 'final',
    );
  });
  test('a throttle passes, with whichever reason', () => {
    for (const code of ['ThrottlingException', 'TooManyRequestsException', 'Throttling'])
      expect(kindOf(operation, { code, why: 'Rate exceeded', reason: 'KMS_THROTTLING' })).toBe('throttled');
  });
});

test.each<[WriteOperation, string, string, string | undefined, string]>([
  [
    'sso:CreatePermissionSet',
    'ConflictException',
    'PermissionSet with name X already exists.',
    undefined,
    'already',
  ],
  // The sentence belongs to its operation.
  [
    'sso:DeletePermissionSet',
    'ConflictException',
    'PermissionSet with name X already exists.',
    undefined,
    'final',
  ],
  [
    'identitystore:CreateUser',
    'ConflictException',
    'Duplicate UserName',
    'UNIQUENESS_CONSTRAINT_VIOLATION',
    'already',
  ],
  ['identitystore:CreateUser', 'ConflictException', '', 'UNIQUENESS_CONSTRAINT_VIOLATION', 'already'],
  ['identitystore:CreateUser', 'ConflictException', 'Duplicate UserName', undefined, 'already'],
  ['identitystore:CreateUser', 'ConflictException', 'whatever', 'CONCURRENT_MODIFICATION', 'in-progress'],
  [
    'organizations:RegisterDelegatedAdministrator',
    'ConcurrentModificationException',
    'Try again.',
    undefined,
    'in-progress',
  ],
  [
    'organizations:RegisterDelegatedAdministrator',
    'AccountAlreadyRegisteredException',
    '',
    undefined,
    'already',
  ],
  [
    'organizations:DeregisterDelegatedAdministrator',
    'AccountNotRegisteredException',
    '',
    undefined,
    'already',
  ],
  ['sso:DeletePermissionSet', 'ResourceNotFoundException', 'not found', undefined, 'already'],
  ['sso:DeletePermissionSet', 'ResourceNotFoundException', 'no key', 'KMS_NotFoundException', 'final'],
  [
    'sso:DeletePermissionSet',
    'ResourceNotFoundException',
    'no key (KMS_NotFoundException)',
    undefined,
    'final',
  ],
  ['sso:CreatePermissionSet', 'ResourceNotFoundException', 'no key', 'KMS_NotFoundException', 'final'],
])('%s: %s “%s” (%s) is %s', (operation, code, why, reason, kind) => {
  expect(kindOf(operation, { code, why, ...(reason === undefined ? {} : { reason }) })).toBe(kind);
});
