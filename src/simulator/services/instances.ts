import { defined } from '../organization/defined.ts';
import type { AccountInstance, Instance, Tag } from '../organization/state.ts';
import { refuse } from '../protocol/refusal.ts';
import { createInstance, ownInstance, ownInstances } from './account-instances.ts';
import { type Context, date, type SsoOperations } from './context.ts';
import { checkKey } from './keys.ts';
import { instanceFor, instanceSeen, isAdministrator, isThere, notForCaller, paged } from './sso-access.ts';

/** Either kind of instance: an account's is active, and in one Region. */
type Seen = Omit<Instance, 'tags'>;
const home = ({ region, created }: Seen) => ({
  RegionName: region,
  Status: 'ACTIVE' as const,
  AddedDate: date(created),
  IsPrimaryRegion: true,
});
const regionsOf = (instance: Seen) => [
  home(instance),
  ...(instance.additional ?? []).map(({ region, status, added }) => ({
    RegionName: region,
    Status: status,
    AddedDate: date(added),
    IsPrimaryRegion: false,
  })),
];
const statusOf = ({ status, active = Number.POSITIVE_INFINITY }: Seen, now: number) =>
  status === undefined || now >= active ? ('ACTIVE' as const) : status;
const described = (instance: Seen, owner: string, now: number) => ({
  InstanceArn: instance.arn,
  IdentityStoreId: instance.store,
  IdentityStoreArn: `arn:aws:identitystore::${owner}:identitystore/${instance.store}`,
  OwnerAccountId: owner,
  CreatedDate: date(instance.created),
  Status: statusOf(instance, now),
  ...defined({ StatusReason: instance.reason }),
  PrimaryRegion: instance.region,
  Regions: regionsOf(instance),
});
/** A list has one member more than AWS's models have: seen in September 2026 (test/recorded/answers/instances.jsonl). */
const listed = (one: ReturnType<typeof described>) => ({ ...one, State: { Name: one.Status } });
const describedOwn = (one: AccountInstance, now: number) => ({
  ...described(one, one.owner, now),
  Name: one.name,
});

const encryptionOf = ({ key }: Pick<Instance, 'key'>) => ({
  ...(key === undefined
    ? { KeyType: 'AWS_OWNED_KMS_KEY' as const }
    : { KeyType: 'CUSTOMER_MANAGED_KEY' as const, KmsKeyArn: key }),
  EncryptionStatus: 'ENABLED' as const,
});

/**
 * The organization's instance of IAM Identity Center, and member accounts' own, with their Regions and tags. Throws
 * `Refusal` to who does not administer the organization's, except for ListInstances, which shows it to every account.
 */
export const instances = {
  // Every account of the organization is shown its instance, whoever administers it. Regional: any other Region is
  // answered 200 with nothing.
  ListInstances: (input, at) => {
    const { instance, organization } = at.state;
    const shown = instance !== undefined && isThere(instance, at.region);
    const seen = [
      ...ownInstances(at).map((one) => describedOwn(one, at.now)),
      ...(shown ? [described(instance, organization.management, at.now)] : []),
    ];
    const { items, next } = paged(seen, input, at);
    // Where there is none the member is left out, not empty: aws/aws-sdk-js-v3#3648.
    return { ...defined({ Instances: items.length === 0 ? undefined : items.map(listed) }), ...next };
  },
  CreateInstance: createInstance,
  DescribeInstance: ({ InstanceArn }, at) => {
    const mine = ownInstance(at, InstanceArn);
    if (mine !== undefined)
      return {
        ...describedOwn(mine, at.now),
        PermissionSetsEnabled: false,
        EncryptionConfigurationDetails: encryptionOf({}),
      };
    const instance = instanceSeen(at, InstanceArn);
    return {
      ...described(instance, at.state.organization.management, at.now),
      PermissionSetsEnabled: instance.permissionSets !== false,
      EncryptionConfigurationDetails: encryptionOf(instance),
    };
  },
  // One way only: permission sets cannot be switched off.
  UpdateInstance: ({ InstanceArn, Name, EncryptionConfiguration, PermissionSetsEnabled }, at) => {
    if (Name !== undefined || EncryptionConfiguration !== undefined)
      refuse('ValidationException', 'The simulator changes PermissionSetsEnabled only.');
    const instance = instanceFor(at, InstanceArn);
    if (PermissionSetsEnabled === undefined) return {};
    if (!PermissionSetsEnabled)
      refuse('ValidationException', 'PermissionSetsEnabled can only be set to true.');
    if (instance.permissionSets === false) {
      instance.permissionSets = true;
      at.effect();
    }
    return {};
  },
  ListRegions: ({ InstanceArn, ...input }, at) => {
    const { items, next } = paged(
      regionsOf(ownInstance(at, InstanceArn) ?? instanceSeen(at, InstanceArn)),
      input,
      at,
    );
    return { Regions: items, ...next };
  },
  DescribeRegion: ({ InstanceArn, RegionName }, at) => {
    const found = regionsOf(ownInstance(at, InstanceArn) ?? instanceSeen(at, InstanceArn)).find(
      (one) => one.RegionName === RegionName,
    );
    return (
      found ?? refuse('ResourceNotFoundException', `Region ${RegionName} was not found for the instance.`)
    );
  },
  ListTagsForResource: ({ ResourceArn, NextToken }, at) => {
    const { items, next } = paged(tagged(ResourceArn, at).tags, defined({ NextToken }), at);
    return { Tags: [...items], ...next };
  },
  TagResource: ({ ResourceArn, Tags }, at) => {
    const resource = tagged(ResourceArn, at);
    const given = tagsFrom(Tags);
    const keys = new Set(given.map(({ Key }) => Key));
    const tags = withinQuota([...resource.tags.filter(({ Key }) => !keys.has(Key)), ...given]);
    const before = new Map(resource.tags.map(({ Key, Value }) => [Key, Value]));
    if (given.every(({ Key, Value }) => before.get(Key) === Value)) return {};
    resource.tags = tags;
    at.effect();
    return {};
  },
  UntagResource: ({ ResourceArn, TagKeys }, at) => {
    const resource = tagged(ResourceArn, at);
    const left = resource.tags.filter(({ Key }) => !TagKeys.includes(Key));
    if (left.length === resource.tags.length) return {};
    resource.tags = left;
    at.effect();
    return {};
  },
} as const satisfies SsoOperations;

function tagged(arn: string, at: Context): { tags: Tag[] } {
  const own = ownInstance(at, arn);
  if (own !== undefined) return Object.assign(own, { tags: own.tags ?? [] });
  const { instance, sets } = at.state;
  const found = instance?.arn === arn ? instance : sets.find((set) => set.arn === arn);
  if (instance === undefined || instance.region !== at.region || !isAdministrator(at))
    return notForCaller(at, arn);
  if (found === undefined)
    return refuse('ResourceNotFoundException', `Resource with ARN ${arn} was not found.`);
  checkKey(at, instance);
  return found;
}

/** All tags that a resource is to have: at most 50 (user guide, "Tagging"), though the model allows to give more. */
function withinQuota(tags: Tag[]): Tag[] {
  if (tags.length > 50)
    refuse('ServiceQuotaExceededException', 'You have exceeded the number of tags allowed for the resource.');
  return tags;
}
interface GivenTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}
/**
 * The tags of a new resource. Throws `Refusal` for more than 50, for a key that is there twice, and for keys that begin
 * with aws: (user guide, "Tagging").
 */
export const firstTags = (tags: readonly GivenTag[]): Tag[] => withinQuota(tagsFrom(tags));
/** The tags that are given, each key once. */
function tagsFrom(tags: readonly GivenTag[]): Tag[] {
  const list = tags.map(({ Key = '', Value = '' }) => ({ Key, Value }));
  if (new Set(list.map(({ Key }) => Key)).size < list.length)
    refuse('ValidationException', 'Duplicate tag keys found. Please note that Tag keys are case sensitive.');
  if (list.some(({ Key }) => Key.toLowerCase().startsWith('aws:')))
    refuse('ValidationException', 'aws: prefixed tag key names are not allowed for external use.');
  return list;
}
