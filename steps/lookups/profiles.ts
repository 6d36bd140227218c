import { describeDenied } from '../../src/model/access/access-denied-hints.ts';
import type { Actor } from '../../src/model/call.ts';
import { type ConsolePlace, consoleLink } from '../../src/model/console.ts';
import type { Goal } from '../../src/model/plan.ts';
import { met, warning } from '../../src/model/plan.ts';
import { type Reader, type Seen, unlessRefused } from '../../src/model/reader.ts';
import { defined } from '../../src/model/text/defined.ts';

export interface Place {
  readonly id: string;
  readonly name: string;
}
/** What an account has of profiles, as IAM Identity Center knows them: the applications that were made with them. */
export interface ProfilesOf extends Place {
  readonly profiles: Seen<readonly Profile[]>;
}
interface Profile {
  readonly name: string;
  readonly region: string | undefined; // that it was made in
}
/** The profiles of some accounts. `elsewhere`: accounts that have one, where one of these has none; `unseen`: not all others could be looked at. */
export interface Profiles {
  readonly of: readonly ProfilesOf[];
  readonly elsewhere: readonly Place[];
  readonly unseen?: true;
}
export const noProfiles: Profiles = { of: [], elsewhere: [] };

type Aws = Reader<'sso:ListApplications'>;
/** Whose credentials look, in which instance. */
interface Viewpoint {
  readonly instance: string;
  readonly eyes?: Actor | undefined;
}

/**
 * The profiles of each account, by whichever accepted identity may see them: the management account sees all of them at
 * once, the delegated administrator account by account. What AWS refuses is remembered, not thrown. `listed`: accounts that
 * are still being listed are waited for beside that; what is thrown there, is thrown.
 */
export async function profilesIn(
  aws: Aws,
  look: Viewpoint,
  listed: readonly Place[] | Promise<readonly Place[]>,
): Promise<readonly ProfilesOf[]> {
  const [all, accounts] = await Promise.all([allProfiles(aws, look), listed]);
  if (all) return accounts.map(({ id, name }) => ({ id, name, profiles: { seen: all.get(id) ?? [] } }));
  const found: ProfilesOf[] = [];
  for (let n = 0; n < accounts.length; n += together) {
    const some = accounts.slice(n, n + together).map(async ({ id, name }) => {
      if (n >= most) return { id, name, profiles: { refused: `only ${most} accounts are checked` } };
      return { id, name, profiles: await unlessRefused(profilesOf(aws, look.instance, id)) };
    });
    found.push(...(await Promise.all(some)));
    aws.search.count({ what: 'accounts checked for a profile', done: found.length, of: accounts.length });
  }
  return found;
}
/** AWS answers 20 requests a second, all of the organization together: so many at once, and so many at all. */
const together = 5;
const most = 200;

/** Those of all accounts, where the management account's credentials are at hand and may see them. */
async function allProfiles(
  aws: Aws,
  { instance, eyes }: Viewpoint,
): Promise<ReadonlyMap<string, readonly Profile[]> | undefined> {
  const own = eyes === 'management' ? await unlessRefused(byAccount(aws, instance)) : undefined;
  if (own && 'seen' in own) return own.seen;
  for await (const { actor, aws: way } of aws.others?.() ?? []) {
    const seen = actor === 'management' ? await unlessRefused(byAccount(way, instance)) : undefined;
    if (seen && 'seen' in seen) return seen.seen;
  }
  return undefined;
}

async function byAccount(aws: Aws, InstanceArn: string): Promise<ReadonlyMap<string, readonly Profile[]>> {
  const all = new Map<string, Profile[]>();
  for await (const page of aws.pages('sso:ListApplications', { InstanceArn }))
    for (const { Name = '', CreatedFrom, ApplicationAccount } of page.Applications ?? [])
      if (ApplicationAccount && isProfile(Name)) {
        const own = all.get(ApplicationAccount) ?? [];
        all.set(ApplicationAccount, [...own, { name: Name, region: CreatedFrom }]);
      }
  return all;
}
/**
 * A member account has to name the account whose applications it asks for. Source of the names: Amazon Q Developer user
 * guide (`QDevProfile-` and the Region); `KiroProfile-` is how newer ones are called in others' logs.
 */
async function profilesOf(
  aws: Aws,
  InstanceArn: string,
  ApplicationAccount: string,
): Promise<readonly Profile[]> {
  const all: Profile[] = [];
  for await (const page of aws.pages('sso:ListApplications', { InstanceArn, Filter: { ApplicationAccount } }))
    for (const { Name = '', CreatedFrom } of page.Applications ?? [])
      if (isProfile(Name)) all.push({ name: Name, region: CreatedFrom });
  return all;
}
const isProfile = (name: string): boolean => /^(QDev|Kiro)Profile-/i.test(name);

export const hasProfile = ({ profiles }: ProfilesOf): boolean =>
  'seen' in profiles && profiles.seen.length > 0;

/** What the profiles that were seen are called, each once. */
export const profileNames = (all: readonly ProfilesOf[]): readonly string[] => [
  ...new Set(
    all.flatMap(({ profiles }) => ('seen' in profiles ? profiles.seen.map(({ name }) => name) : [])),
  ),
];

/**
 * The profiles of the accounts that were chosen; where one of them has none, also which other accounts have one.
 * `accounts`: all of the organization.
 */
export async function profilesAt(
  aws: Aws,
  look: Viewpoint,
  listed: readonly Place[] | Promise<readonly Place[]>,
  accounts: () => Promise<Seen<readonly Place[]>>,
): Promise<Profiles> {
  const of = await profilesIn(aws, look, listed);
  const chosen = await listed;
  if (of.every((one) => hasProfile(one) || 'refused' in one.profiles)) return { of, elsewhere: [] };
  const all = await accounts();
  const placesOf = (some: readonly ProfilesOf[]) =>
    some.filter(hasProfile).map(({ id, name }) => ({ id, name }));
  if ('refused' in all) return { of, elsewhere: placesOf(of), unseen: true };
  const others = all.seen.filter(({ id }) => !chosen.some((one) => one.id === id));
  const beside = await profilesIn(aws, look, others);
  return {
    of,
    // The chosen ones among them: that one has it is known, whichever it is.
    elsewhere: placesOf([...of, ...beside]),
    ...defined({ unseen: beside.every(({ profiles }) => 'seen' in profiles) ? undefined : true }),
  };
}

/** What is known of an account's profiles, in a phrase. */
export function profileFact({ profiles }: ProfilesOf): string {
  if ('refused' in profiles) return `profile not known (${profiles.code ?? profiles.refused})`;
  if (profiles.seen.length === 0) return 'no profile seen';
  return `has ${profiles.seen.map(({ name }) => name).join(', ')}`;
}

/** Whether there is something to administer. That it was not seen, or could not be looked for, holds nobody up. */
export function profileGoals({ of, ...others }: Profiles): readonly Goal<never>[] {
  const chosen: Chosen = {
    ids: new Set(of.map(({ id }) => id)),
    without: of.filter(({ profiles }) => 'seen' in profiles && profiles.seen.length === 0),
  };
  return of.map((one) => profileGoal(one, others, chosen));
}
/** All that were chosen. `without`: those in which no profile was seen. */
interface Chosen {
  readonly ids: ReadonlySet<string>;
  readonly without: readonly Place[];
}
/** Of one, its id, too: of several, it stands where the accounts are listed. */
function unseenIn([first, ...more]: readonly Place[]): string {
  if (first === undefined) return '';
  if (more.length === 0) return `${first.name} (${first.id})`;
  if (more.length > 2) return `${more.length + 1} of these accounts`;
  return [[first, ...more.slice(0, -1)].map(({ name }) => name).join(', '), more.at(-1)?.name].join(' and ');
}

function profileGoal(
  { id, name, profiles }: ProfilesOf,
  { elsewhere, unseen }: Omit<Profiles, 'of'>,
  chosen: Chosen,
): Goal<never> {
  const [goal, says] = [`profile-${id}`, `${name} (${id}) has a CodeWhisperer profile`];
  if ('refused' in profiles) {
    const why = [profiles.refused.replace(/\.$/, ''), ...describeDenied(profiles.refused)].join('. ');
    return warning(goal, says, `could not be checked: ${why}`);
  }
  if (profiles.seen.length > 0) return met(goal, says, profiles.seen.map((one) => one.name).join(', '));
  const others = elsewhere.map((one) => `${one.name} (${one.id})`).join(', ');
  const rest = unseen
    ? 'Other accounts could not all be checked.'
    : 'None was seen in another account either. It may have another name: check the console.';
  const found = others === '' ? rest : `One was seen in ${others}.`;
  // Beside one that was chosen, too, where a profile is was chosen well.
  const nearby = elsewhere.some((one) => chosen.ids.has(one.id));
  return {
    ...warning(goal, says, `no profile was seen (QDevProfile-… or KiroProfile-…). ${found}`),
    // Of several it is one sentence, the same for each.
    short: `No CodeWhisperer profile was seen in ${unseenIn(chosen.without)}.${nearby ? '' : ` ${found}`}`,
  };
}

/** Where the administrators go on, account by account: those that have a profile first. */
export function nextConsoles(all: readonly ProfilesOf[]): readonly (Place & { readonly link: string })[] {
  const seen = all.map(({ id, name, profiles }) => ({
    ...{ id, name },
    profile: 'seen' in profiles ? profiles.seen[0] : undefined,
  }));
  return [
    ...seen.filter(({ profile }) => profile !== undefined),
    ...seen.filter(({ profile }) => profile === undefined),
  ].map(({ id, name, profile }) => ({
    ...{ id, name },
    link: developerConsoleLink({ account: id, region: profile?.region }),
  }));
}

/**
 * The console of Amazon Q Developer, which is called Kiro console today: where profiles and subscriptions are. AWS's guides
 * print it for us-east-1; profiles are in eu-central-1 too.
 */
const developerConsoleLink = (place: ConsolePlace): string =>
  consoleLink(place, 'amazonq/developer/home', ['us-east-1', 'eu-central-1']);
