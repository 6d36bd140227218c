import { createIds, type Ids } from './ids.ts';
import { plain } from './people.ts';
import { enabled } from './scenario-instances.ts';
import type { Scenario } from './scenario-names.ts';
import type { Account, AccountInstance, Application, State, User } from './state.ts';

// What member accounts have in the scenarios: instances of their own, and applications.

/** When some accounts made an instance of their own: such instances were there already, the organization's was not yet. */
const before = enabled - 120 * 86_400_000;

/**
 * What accounts have for themselves where the scenario wants it: an instance beside the organization's, and one in
 * another Region. They are older than it: now they could not be made any more.
 */
export function accountInstancesOf(
  scenario: Scenario,
  accounts: readonly Account[],
  seed: string,
): readonly AccountInstance[] {
  if (scenario !== 'account-instance') return [];
  const ids = createIds(`${seed} account instances`, { drawn: 0 });
  return accounts.flatMap(({ id, name }) => {
    const region = homes[name];
    return region === undefined
      ? []
      : {
          owner: id,
          name: name.toLowerCase().replace(' ', '-'),
          arn: `arn:aws:sso:::instance/ssoins-${ids.hex(16)}`,
          store: `d-${ids.hex(10)}`,
          region,
          created: before,
          tags: [],
          users: members.map(([given, family]): User => {
            const userName = plain(given, family);
            const display = `${given} ${family}`;
            const email = `${userName}@example.com`;
            const by = `arn:aws:iam::${id}:user/runbook-operator`;
            const stands = { status: 'ENABLED' as const, created: before, by };
            return { id: ids.uuid(), userName, given, family, display, email, ...stands };
          }),
        };
  });
}
const homes: Readonly<Record<string, string | undefined>> = {
  'Shared Services': 'us-east-1',
  'Workloads Dev': 'eu-west-1',
};
/** Jane Doe is in the organization's directory too, as another user: whoever looks in the wrong one finds somebody. */
const members = [
  ['Alejandro', 'Rosalez'],
  ['Jane', 'Doe'],
  ['Martha', 'Rivera'],
] as const;

/**
 * What an organization has that used CodeWhisperer before: the application of an Amazon Q Developer profile, named as
 * the Amazon Q Developer user guide says, and another one. The name of their provider is not known from AWS. `created`:
 * milliseconds since 1970. None where there is no instance.
 */
export function applicationsOf(
  { instance, accounts, organization, seed }: State,
  created: number,
): Application[] {
  const account = accounts.find(({ name }) => name === 'Workloads Dev')?.id;
  if (instance === undefined || account === undefined) return [];
  const ids: Ids = createIds(`${seed} applications`, { drawn: 0 });
  const place = `arn:aws:sso::${organization.management}:application/${instance.arn.split('/')[1]}`;
  const one = (name: string, provider: string, description: string): Application => ({
    ...{ account, name, description, region: 'us-east-1', created },
    arn: `${place}/apl-${ids.hex(16)}`,
    provider: `arn:aws:sso::aws:applicationProvider/${provider}`,
  });
  return [
    one('QuickSight', 'quicksight', 'Dashboards'),
    one('QDevProfile-us-east-1', 'codewhisperer', 'Amazon Q Developer profile'),
  ];
}
