import { defined } from '../organization/defined.ts';
import type { Asked } from '../protocol/codec.ts';
import { models } from '../protocol/model.ts';
import { Refusal } from '../protocol/refusal.ts';

// What AWS says is not there, or cannot be read, although nobody asked about that.

/** What can be the matter with the customer-managed key, and the error and Reason that each service has for it. */
const keyTroubles = {
  'not-found': ['ResourceNotFoundException', 'KMS_NotFoundException', 'KMS_KEY_NOT_FOUND'],
  disabled: ['ValidationException', 'KMS_DisabledException', 'KMS_DISABLED'],
  'invalid-state': ['ValidationException', 'KMS_InvalidStateException', 'KMS_INVALID_STATE'],
  'invalid-key-usage': ['ValidationException', 'KMS_InvalidKeyUsageException', 'KMS_INVALID_KEY_USAGE'],
  'invalid-arn': ['ValidationException', '', 'KMS_INVALID_ARN'], // the identity store's alone
  throttling: ['ThrottlingException', 'KMS_ThrottlingException', 'KMS_THROTTLING'],
  'access-denied': ['AccessDeniedException', 'KMS_AccessDeniedException', 'KMS_ACCESS_DENIED'],
} as const;
const keyTroubleNames = Object.keys(keyTroubles);

/** Strikes what the key encrypts: the questions to IAM Identity Center and its identity store. Throws for an unknown `reason`. */
export function keyTrouble(reason: string): (asked: Asked) => Refusal {
  const known = keyTroubles[reason as keyof typeof keyTroubles];
  if (known === undefined) throw new Error(`reason must be one of ${keyTroubleNames.join(', ')}`);
  const [code, ofSso, ofStore] = known;
  return ({ service }) => {
    const Reason = service === 'sso' ? ofSso : ofStore;
    return new Refusal(
      code,
      'The request was rejected because of the KMS key.',
      defined({ Reason: Reason || undefined }),
    );
  };
}

export const storeNotFound = (): Refusal =>
  new Refusal('ResourceNotFoundException', 'IDENTITY_STORE not found.', { ResourceType: 'IDENTITY_STORE' });

/** As others saw it of GetGroupId: the words for somebody who is not there, about one who is. */
export function saidToBeMissing({ service, operation }: Asked): Refusal {
  const type = operation.includes('Group') ? 'GROUP' : 'USER';
  const code = models[service].errors.ResourceNotFoundException
    ? 'ResourceNotFoundException'
    : 'NoSuchEntityException';
  return service === 'identitystore'
    ? new Refusal(code, type === 'GROUP' ? 'Group not found' : 'USER not found.', { ResourceType: type })
    : new Refusal(code, 'It was not found.');
}
