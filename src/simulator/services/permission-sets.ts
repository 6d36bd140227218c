import { setLimit } from '../organization/bulk-users.ts';
import { defined } from '../organization/defined.ts';
import type { PermissionSet } from '../organization/state.ts';
import { refuse } from '../protocol/refusal.ts';
import { type Context, date, type SsoOperations } from './context.ts';
import { firstTags } from './instances.ts';
import { changeableSet, changed, paged, setFor, withSets } from './sso-access.ts';

const described = ({ arn, name, created, description, session, relay }: PermissionSet) => ({
  Name: name,
  PermissionSetArn: arn,
  CreatedDate: date(created),
  SessionDuration: session,
  ...defined({ Description: description, RelayState: relay }),
});

/** ISO 8601, from 1 to 12 hours. */
function sessionFrom(duration: string): string {
  const [, ...parts] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(duration) ?? [];
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  const total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  if (total < 3600 || total > 43_200)
    refuse('ValidationException', 'SessionDuration must be at least 1 hour and at most 12 hours.');
  return duration;
}
/** Assignments of this set that are being made or taken away. */
const busy = (at: Context, set: string): boolean =>
  at.truth.requests.some(
    (request) => request.kind !== 'account' && request.set === set && at.now < request.due,
  );

/**
 * Permission sets themselves: what they grant is in `policies`, where they are in force in `provisioning`. Throws
 * `Refusal` for a name that is taken, a session that is not 1 to 12 hours long, and one more set than the quota.
 */
export const permissionSets = {
  ListPermissionSets: ({ InstanceArn, ...input }, at) => {
    withSets(at, InstanceArn);
    const { items, next } = paged(at.state.sets, input, at);
    return { PermissionSets: items.map(({ arn }) => arn), ...next };
  },
  DescribePermissionSet: ({ InstanceArn, PermissionSetArn }, at) => ({
    PermissionSet: described(setFor(at, InstanceArn, PermissionSetArn)),
  }),
  CreatePermissionSet: (
    { InstanceArn, Name, Description, SessionDuration = 'PT1H', RelayState, Tags = [] },
    at,
  ) => {
    const instance = withSets(at, InstanceArn);
    const session = sessionFrom(SessionDuration);
    const tags = firstTags(Tags);
    if (at.state.sets.some(({ name }) => name === Name))
      refuse('ConflictException', `PermissionSet with name ${Name} already exists.`);
    if (at.state.sets.length >= setLimit)
      refuse('ServiceQuotaExceededException', `You have exceeded the limit of ${setLimit} permission sets.`);
    const set: PermissionSet = {
      arn: `${instance.arn.replace(':instance/', ':permissionSet/')}/ps-${at.ids.hex(16)}`,
      name: Name,
      created: at.now,
      session,
      managed: [],
      customer: [],
      tags,
      version: 1,
      provisioned: {},
      ...defined({ description: Description, relay: RelayState }),
    };
    at.state.sets.push(set);
    at.effect();
    return { PermissionSet: described(set) };
  },
  UpdatePermissionSet: ({ InstanceArn, PermissionSetArn, Description, SessionDuration, RelayState }, at) => {
    const set = changeableSet(at, InstanceArn, PermissionSetArn);
    const before = JSON.stringify(set);
    const session = sessionFrom(SessionDuration ?? set.session);
    const provisions = session !== set.session || (RelayState ?? set.relay) !== set.relay;
    set.session = session;
    if (Description !== undefined) set.description = Description;
    if (RelayState !== undefined) set.relay = RelayState;
    if (provisions) changed(set, at);
    else if (JSON.stringify(set) !== before) at.effect();
    return {};
  },
  DeletePermissionSet: ({ InstanceArn, PermissionSetArn }, at) => {
    const set = changeableSet(at, InstanceArn, PermissionSetArn);
    if (busy(at, set.arn)) refuse('ConflictException', 'There is a conflicting operation in process.');
    if (at.state.assignments.some((one) => one.set === set.arn) || Object.keys(set.provisioned).length > 0)
      refuse(
        'ConflictException',
        'PermissionSet is in use by one or more account assignments. Remove them before it is deleted.',
      );
    at.state.sets = at.state.sets.filter((one) => one !== set);
    at.effect();
    return {};
  },
} as const satisfies SsoOperations;
