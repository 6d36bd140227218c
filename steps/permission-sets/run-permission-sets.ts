import type { Reader, Seen } from '../../src/model/reader.ts';
import { unlessRefused } from '../../src/model/reader.ts';
import { type AppliedChange, newest } from '../../src/model/step.ts';
import { defined } from '../../src/model/text/defined.ts';
import { find, type Grants, type SetReader, setAt } from './observe-permission-set.ts';
import { withPlaces } from './observe-planned.ts';
import { isOfThen, runTag, type Tags, tagsOf } from './ownership.ts';

/** A set that this run created, or gave a policy, as it is now. */
export interface Touched {
  readonly created?: AppliedChange;
  readonly puts: readonly AppliedChange[]; // the policies this run gave it, in order
  readonly provisions: readonly AppliedChange[];
  /** Absent: it is gone. */
  readonly now?: Grants & { readonly created: number | undefined; readonly tags: Seen<Tags> };
}
type Aws = SetReader & Reader<'sso:ListTagsForResource' | 'organizations:ListAccounts'>;

export async function observeTouched(
  aws: Aws,
  instance: { readonly arn: string; readonly store: string },
  made: readonly AppliedChange[],
  goesFirst: readonly AppliedChange[] = [],
): Promise<readonly Touched[]> {
  const all: Touched[] = [];
  const add = async (arn: string | undefined, created?: AppliedChange): Promise<void> => {
    const found = arn === undefined ? undefined : await setAt(aws, instance, arn);
    const set = found && (await withPlaces(aws, without(found, goesFirst)));
    const tags = set && created ? await unlessRefused(tagsOf(aws, instance.arn, set.arn)) : { seen: {} };
    all.push({
      puts: made.filter(
        ({ call }) => call.operation === 'sso:PutInlinePolicyToPermissionSet' && on(call) === arn,
      ),
      provisions: made.filter(
        ({ call }) => call.operation === 'sso:ProvisionPermissionSet' && on(call) === arn,
      ),
      ...defined({ created, now: set ? { ...set, tags } : undefined }),
    });
  };
  const own = new Set<string | undefined>();
  for (const one of newest(made)) {
    if (one.call.operation !== 'sso:CreatePermissionSet') continue;
    // Where AWS's reply was lost the journal has no ARN: then its name finds it, and its tag says whose it is.
    const arn = arnIn(one.output) ?? (await find(aws, instance.arn, one.call.input.Name))?.arn;
    own.add(arn);
    await add(arn, one);
  }
  const others = new Set(
    made.map(({ call }) => on(call)).filter((arn) => arn !== undefined && !own.has(arn)),
  );
  for (const arn of others) await add(arn);
  return all;
}
/** The set as it will be when assignments of this run are gone. An account that nobody else is assigned to loses the set with them. */
function without<G extends Grants>(set: G, goesFirst: readonly AppliedChange[]): G {
  const going = goesFirst.flatMap(({ call }) =>
    call.operation === 'sso:CreateAccountAssignment' && call.input.PermissionSetArn === set.arn
      ? [call.input]
      : [],
  );
  const holders = set.holders.filter(
    ({ account, principal }) =>
      !going.some(({ TargetId, PrincipalId }) => TargetId === account && PrincipalId === principal),
  );
  const left = (account: string): boolean =>
    holders.some((one) => one.account === account) || !going.some(({ TargetId }) => TargetId === account);
  return { ...set, holders, provisioned: set.provisioned.filter(left), outdated: set.outdated.filter(left) };
}
const on = ({ input }: AppliedChange['call']): string | undefined =>
  'PermissionSetArn' in input ? input.PermissionSetArn : undefined;
const arnIn = (output: unknown): string | undefined =>
  (output as { PermissionSet?: { PermissionSetArn?: string } } | undefined)?.PermissionSet?.PermissionSetArn;

/** Whose set it is: by its tag; by its ARN and date where it was created without one. */
export function whoseIs(
  created: AppliedChange,
  now: NonNullable<Touched['now']>,
): { readonly is: 'ours' } | { readonly is: 'another' | 'unknown'; readonly why: string } {
  const { call, output } = created;
  const tags = call.operation === 'sso:CreatePermissionSet' ? (call.input.Tags ?? []) : [];
  const run = tags.find(({ Key }) => Key === runTag)?.Value;
  if (run === undefined) {
    if (arnIn(output) === now.arn && (now.created === undefined || isOfThen(created, now.created)))
      return { is: 'ours' };
    return {
      is: 'another',
      why: `it was created ${dayOf(now.created)}, and this run created its own ${dayOf(created.at)}`,
    };
  }
  if ('refused' in now.tags) return { is: 'unknown', why: `its tags cannot be read: ${now.tags.refused}` };
  const found = now.tags.seen[runTag];
  if (found === run) return { is: 'ours' };
  return {
    is: 'another',
    why:
      found === undefined
        ? `it does not carry the tag ${runTag} of this run`
        : `its tag ${runTag} names another run, ${found}`,
  };
}
const dayOf = (at: number | undefined): string =>
  at === undefined ? 'at an unknown time' : new Date(at).toISOString();
