import { describeDenied } from '../../src/model/access/access-denied-hints.ts';
import { type ConsolePlace, consoleLink } from '../../src/model/console.ts';
import type { Goal } from '../../src/model/plan.ts';
import { met, warning } from '../../src/model/plan.ts';
import { type Reader, type Seen, unlessRefused } from '../../src/model/reader.ts';

interface Place {
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

/** The profiles of each account, as the delegated administrator sees them. What AWS refuses is remembered, not thrown. */
export async function profilesIn(
  aws: Reader<'sso:ListApplications'>,
  instance: string,
  accounts: readonly Place[],
): Promise<readonly ProfilesOf[]> {
  const all: ProfilesOf[] = [];
  // One after the other: AWS counts these calls with all others of the organization.
  for (const { id, name } of accounts)
    all.push({ id, name, profiles: await unlessRefused(profilesOf(aws, instance, id)) });
  return all;
}
/**
 * A member account has to name the account whose applications it asks for. Source of the names: Amazon Q Developer user
 * guide (`QDevProfile-` and the Region); `KiroProfile-` is how newer ones are called in others' logs.
 */
async function profilesOf(
  aws: Reader<'sso:ListApplications'>,
  InstanceArn: string,
  ApplicationAccount: string,
): Promise<readonly Profile[]> {
  const all: Profile[] = [];
  for await (const page of aws.pages('sso:ListApplications', { InstanceArn, Filter: { ApplicationAccount } }))
    for (const { Name = '', CreatedFrom } of page.Applications ?? [])
      if (/^(QDev|Kiro)Profile-/i.test(Name)) all.push({ name: Name, region: CreatedFrom });
  return all;
}

/** Whether there is something to administer. That it was not seen, or could not be looked for, holds nobody up. */
export function profileGoal({ id, name, profiles }: ProfilesOf): Goal<never> {
  const [goal, says] = [`profile-${id}`, `A profile to administer in ${name} (${id})`];
  if ('refused' in profiles) {
    const why = [profiles.refused.replace(/\.$/, ''), ...describeDenied(profiles.refused)].join('. ');
    return warning(goal, says, `could not be looked for: ${why}`);
  }
  return profiles.seen.length > 0
    ? met(goal, says, profiles.seen.map((one) => one.name).join(', '))
    : warning(
        goal,
        says,
        'none seen: no application QDevProfile-… or KiroProfile-…. It may be in another account, or have another name. Look in the console before you hand over',
      );
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
