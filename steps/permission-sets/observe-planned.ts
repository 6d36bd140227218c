import { type Goal, warning } from '../../src/model/plan.ts';
import { type Reader, see, unlessRefused } from '../../src/model/reader.ts';
import type { Situation } from '../../src/model/step.ts';
import { defined } from '../../src/model/text/defined.ts';
import { accountsOf } from '../lookups/accounts.ts';
import { accountsWith, type Grants, observeSet, type SetReader } from './observe-permission-set.ts';
import { runTag, tagsOf } from './ownership.ts';

/**
 * A set; whether this run's journal says that it made it; and the run that its tag names: read of one that is not ours, or
 * was handed on, and only where AWS lets it be read.
 */
export type Observed = Grants & { readonly ours?: true; readonly madeBy?: string };

/**
 * Looks at the set of that name, if there is one, and at whose it is: somebody else may be doing the same in this
 * organization, or another copy of a run that was handed on.
 */
export async function observePlanned(
  aws: SetReader & Reader<'sso:ListTagsForResource' | 'organizations:ListAccounts'>,
  name: string | undefined,
  { given: { instance }, hints, handedOn, made = [] }: Looking,
): Promise<Observed | undefined> {
  const found = name ? await observeSet(aws, instance, name, hints.arn, hints.searched) : undefined;
  if (!found) return undefined;
  const ours = made.some(({ call }) => isOf(call.input, found.name));
  if (ours && !handedOn) return { ...found, ours };
  const set = { ...(await withPlaces(aws, found)), ...defined({ ours: ours || undefined }) };
  const tags = await unlessRefused(tagsOf(aws, instance.arn, set.arn));
  const madeBy = 'seen' in tags ? tags.seen[runTag] : undefined;
  return madeBy === undefined ? set : { ...set, madeBy };
}
/** Whether a search of this start found a set of that name. */
export const wasFound = (aws: Reader<never>, name: string): boolean =>
  [...aws.search.known.values()].includes(name);
/** The same, with what the accounts are called: who decides about a set knows them by name. */
export async function withPlaces<G extends Grants>(
  aws: Reader<'organizations:ListAccounts'>,
  set: G,
): Promise<G> {
  const ids = accountsWith(set);
  if (ids.length === 0) return set;
  const listed = await see(accountsOf(aws));
  if ('refused' in listed) return set;
  const known = listed.seen.filter(({ id }) => ids.includes(id));
  return { ...set, places: Object.fromEntries(known.map(({ id, name }) => [id, name])) };
}
const isOf = (input: object, name: string): boolean => 'Name' in input && input.Name === name;
type Looking = Pick<Situation, 'hints' | 'handedOn' | 'made'> & {
  readonly given: { readonly instance: { readonly arn: string; readonly store: string } };
};

/** Two who set this up at once would overwrite and undo each other's work. */
export const otherRun = (name: string, run: string): Goal<never> => ({
  ...warning(
    'other-run',
    `${name} is of no other run`,
    `its tag ${runTag} names another run, ${run}: somebody else sets this up in this organization, or did before. Agree with them before you change it`,
  ),
  short: `Another run (${run}) made this set: agree with whoever leads it.`,
});
