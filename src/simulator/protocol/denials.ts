import { defined } from '../organization/defined.ts';
import { turnedAway } from './authenticate.ts';
import type { Caller } from './caller.ts';
import { checkedOn } from './checked-resources.ts';
import type { Asked } from './codec.ts';
import { isQuery } from './model.ts';
import { Refusal } from './refusal.ts';

// What each service says where a fault has it refuse.

/** The refusal of credentials that have expired. */
export const expiredAt = ({ service }: Asked): Refusal =>
  turnedAway(service, 'expired', 'The security token included in the request is expired');

type Names = Pick<Asked, 'service' | 'operation'>;
/**
 * The refusal of who may not do it, with a sentence for each resource. `why`: as AWS words it; where a policy lacks an
 * Allow, AWS names the action once more.
 */
export const deniedOn = (
  why: string,
  { service, operation }: Names,
  { arn }: Caller,
  resources: readonly string[],
): Refusal => {
  const action = `${service}:${operation}`;
  const because = why.startsWith('because') ? `${why} ${action} action` : why;
  // CloudTrail names no resource (seen by others who asked for LookupEvents).
  const on = (resource: string): string => (service === 'cloudtrail' ? '' : ` on resource: ${resource}`);
  const sentences = resources.map(
    (resource) => `User: ${arn} is not authorized to perform: ${action}${on(resource)} ${because}`,
  );
  return new Refusal(isQuery(service) ? 'AccessDenied' : 'AccessDeniedException', sentences.join(', '));
};
/**
 * The same of everything that the request is checked on. `why`: which kind of policy denies; `management`: the account
 * that the identity store belongs to.
 */
export const deniedBy =
  (why: string) =>
  (asked: Names, caller: Caller, input: unknown, management: string): Refusal =>
    deniedOn(why, asked, caller, checkedOn(asked, input, management));

/**
 * The refusal of IAM's policy simulator, asked about actions that it wants to be asked about apart: every other one, it
 * says here. Undefined where it is asked about one.
 */
export function askedTogether(_: Names, __: Caller, input: unknown): Refusal | undefined {
  const { ActionNames } = Object(input) as { readonly ActionNames?: unknown };
  if (!Array.isArray(ActionNames) || ActionNames.length < 2) return undefined;
  const part = (rest: number): string => ActionNames.filter((_, index) => index % 2 === rest).join(',');
  return differentInformation(part(0), part(1));
}
/**
 * IAM's refusal of actions that it does not simulate in one request. `one`, `other`: the groups it names, with commas
 * between.
 */
export const differentInformation = (one: string, other: string): Refusal =>
  new Refusal(
    'InvalidInputException',
    `Invalid Input Actions: [${one}] and [${other}] require different authorization information. Please refer to the documentation for more details: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html`,
  );

/**
 * The refusal of who asks too often: `TooManyRequestsException` or `ThrottlingException`, as the service models have
 * it; iam and sts say Throttling (AWS's "Common errors").
 */
export function throttledAt({ service }: Asked): Refusal {
  const many = service === 'organizations' || service === 'account';
  const code = many ? 'TooManyRequestsException' : 'ThrottlingException';
  return new Refusal(isQuery(service) ? 'Throttling' : code, 'Rate exceeded');
}

/**
 * The refusal of a change while another is under way, in the service's own class (service models): AWS says that it
 * passes.
 */
export const busyAt = ({ service }: Asked): Refusal =>
  service === 'organizations'
    ? new Refusal(
        'ConcurrentModificationException',
        'AWS Organizations can’t complete your request because it conflicts with another attempt to modify the same entity. Try again later.',
      )
    : new Refusal(
        'ConflictException',
        'There is a conflicting operation in process.',
        defined({ Reason: service === 'identitystore' ? 'CONCURRENT_MODIFICATION' : undefined }),
      );
