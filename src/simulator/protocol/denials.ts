import { turnedAway } from './authenticate.ts';
import type { Caller } from './caller.ts';
import type { Asked } from './codec.ts';
import { isQuery } from './model.ts';
import { Refusal } from './refusal.ts';

// What each service says where a fault has it refuse.

export const expiredAt = ({ service }: Asked): Refusal =>
  turnedAway(service, 'expired', 'The security token included in the request is expired');

/** `why`, as AWS words it. Where a policy lacks an Allow, AWS names the action once more. */
export const deniedBy =
  (why: string) =>
  (
    { service, operation }: Pick<Asked, 'service' | 'operation'>,
    { arn }: Caller,
    input: unknown,
  ): Refusal => {
    const action = `${service}:${operation}`;
    const because = why.startsWith('because') ? `${why} ${action} action` : why;
    return new Refusal(
      isQuery(service) ? 'AccessDenied' : 'AccessDeniedException',
      `User: ${arn} is not authorized to perform: ${action} on resource: ${resourceOf(input)} ${because}`,
    );
  };

export function throttledAt({ service }: Asked): Refusal {
  const many = service === 'organizations' || service === 'account';
  const code = many ? 'TooManyRequestsException' : 'ThrottlingException';
  return new Refusal(isQuery(service) ? 'Throttling' : code, 'Rate exceeded');
}

export const busyAt = ({ service }: Asked): Refusal =>
  service === 'organizations'
    ? new Refusal(
        'ConcurrentModificationException',
        'AWS Organizations can’t complete your request because it conflicts with another attempt to modify the same entity. Try again later.',
      )
    : new Refusal(
        'ConflictException',
        'There is a conflicting operation in process.',
        service === 'identitystore' ? { Reason: 'CONCURRENT_MODIFICATION' } : {},
      );

function resourceOf(input: unknown): string {
  const members = Object(input) as Readonly<Record<string, unknown>>;
  const named = members.PermissionSetArn ?? members.InstanceArn;
  return typeof named === 'string' ? named : '*';
}
