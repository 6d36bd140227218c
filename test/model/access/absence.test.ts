import { expect, test } from 'vitest';
import { unlessAbsent } from '../../../src/model/access/absence.ts';
import { OutcomeUnknown, RequestRejected } from '../../../src/model/reader.ts';

const reading = async (error: Error): Promise<never> => {
  throw error;
};

test('only that what was asked for is not found says that there is none', async () => {
  const none = new RequestRejected('ResourceNotFoundException', 'USER not found.');
  expect(await unlessAbsent('USER', reading(none))).toBeUndefined();
  const user = new RequestRejected('ResourceNotFoundException', 'none', 'r', { resource: 'USER' });
  expect(await unlessAbsent('USER', reading(user))).toBeUndefined();
  expect(await unlessAbsent('USER', Promise.resolve('u-1'))).toBe('u-1');
});

test.each([
  ['a denial', new RequestRejected('AccessDeniedException', 'no')],
  ['too many questions', new RequestRejected('ThrottlingException', 'slow down')],
  [
    'that the key cannot be used',
    new RequestRejected('ResourceNotFoundException', 'no key', 'r', { reason: 'KMS_NOT_FOUND' }),
  ],
  [
    'that the identity store is not found',
    new RequestRejected('ResourceNotFoundException', 'gone', 'r', { resource: 'IDENTITY_STORE' }),
  ],
  ['no answer', new OutcomeUnknown('the connection broke')],
  ['an error of ours', new Error('oh')],
])('%s says nothing of what is there', async (_, error) => {
  await expect(unlessAbsent('USER', reading(error))).rejects.toBe(error);
});
