import type { State, User } from '../../src/simulator/organization/state.ts';

export const MGMT = '111111111111';
export const DELEGATE = '222222222222';
export const DEV = '333333333333';
export const PROD = '444444444444';
export const INSTANCE = 'arn:aws:sso:::instance/ssoins-1111111111111111';
const STORE = 'd-1111111111';
export const SSO = 'sso.amazonaws.com';
/** The users ada and bob, and the group Admins, whose members they are. */
export const ADA = 'aaaaaaaa-aaaa-4aaa-aaaa-aaaaaaaaaaaa';
export const BOB = 'bbbbbbbb-bbbb-4bbb-abbb-bbbbbbbbbbbb';
export const ADMINS = 'cccccccc-cccc-4ccc-accc-cccccccccccc';

/** A policy that AWS takes, and nothing of ours. */
export const otherPolicy =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:GetCallerIdentity","Resource":"*"}]}';

/** When all of it was made. The tests' clock is behind that, which nothing here minds. */
const made = Date.UTC(2024, 5, 1);
const by = `arn:aws:iam::${MGMT}:user/runbook-operator`;
const user = (id: string, userName: string, given: string): User => ({
  ...{
    id,
    userName,
    given,
    family: 'Example',
    display: `${given} Example`,
    email: `${userName}@example.com`,
  },
  ...{ status: 'ENABLED', created: made, by },
});

/**
 * A small organization as the simulator keeps it, whose instance is in `region`: Main, Identity, Dev and Prod, two users
 * and a group, no permission set, and nobody registered.
 */
export function fourAccounts(region: string): State {
  const accounts = { [MGMT]: 'Main', [DELEGATE]: 'Identity', [DEV]: 'Dev', [PROD]: 'Prod' };
  return {
    simulator: 1,
    scenario: 'fresh',
    seed: 'four accounts',
    drawn: 0,
    organization: { id: 'o-abc1234567', root: 'r-abcd', management: MGMT },
    accounts: Object.entries(accounts).map(([id, name]) => ({
      ...{ id, name, email: `${name.toLowerCase()}@example.com`, joined: made },
      ...{ method: id === MGMT ? 'INVITED' : 'CREATED', state: 'ACTIVE' },
    })),
    nextAccount: '555555555555',
    trusted: [{ principal: SSO, since: made }],
    delegated: [],
    instance: { arn: INSTANCE, store: STORE, region, created: made, tags: [] },
    optedIn: [{ region: 'eu-south-1', due: 0 }],
    users: [user(ADA, 'ada', 'Ada'), user(BOB, 'bob', 'Bob')],
    groups: [
      {
        ...{ id: ADMINS, name: 'Admins', description: 'Who administers', created: made, by },
        members: [ADA, BOB].map((one, n) => ({ id: `${n}`.repeat(8) + ADMINS.slice(8), user: one })),
      },
    ],
    sets: [],
    assignments: [],
    requests: [],
    applications: [
      {
        arn: `arn:aws:sso::${MGMT}:application/ssoins-1111111111111111/apl-1111111111111111`,
        provider: 'arn:aws:sso::aws:applicationProvider/qdeveloper',
        ...{ account: DEV, name: 'QDevProfile-us-east-1', description: '', region, created: made },
      },
    ],
  };
}
