import { CreateUserCommand, DeleteUserCommand, ListUsersCommand } from '@aws-sdk/client-identitystore';
import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeleteAccountAssignmentCommand,
  PutPermissionsBoundaryToPermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { type Credentials, simulated } from '../simulator/simulated.ts';
import type { Exchange } from './exchange.ts';

/** Who asks, from where, and what stands in for the documentation’s numbers in the recorded request. */
export interface Asking {
  readonly url: string;
  readonly credentials: Credentials;
  readonly region: string;
  readonly stands: Readonly<Record<string, string>>;
}
/** Puts a simulated organization into the situation. */
type Situation = (row: Exchange) => Promise<Asking>;

/** The numbers of the table, by what they stand for. */
const numbers = {
  management: '111122223333',
  caller: '444455556666', // a member account, or the delegated administrator
  target: '123456789012',
  instance: 'ssoins-1234567890abcdef',
  set: 'ps-1234567890abcdef',
  store: 'd-1234567890',
  principal: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  request: '25bf4416-48a7-434d-8d85-91a4575b7d5d',
} as const;

async function world(scenario: Scenario = 'delegated', settle = 0) {
  const at = await simulated(scenario, { settle, seed: 'recorded' });
  const { management, named, url } = at;
  const { arn = '', store = '' } = await at.instance().catch(() => ({}) as { arn?: string; store?: string });
  const { sso, identity } = at.as();
  const { Users = [] } =
    store === '' ? {} : await identity.send(new ListUsersCommand({ IdentityStoreId: store }));
  const user = Users.find(({ ExternalIds }) => scenario !== 'external-idp' || ExternalIds)?.UserId ?? '';
  const target = named('Workloads Dev').id;
  const stands = {
    [numbers.management]: management.id,
    [numbers.target]: target,
    [numbers.instance]: arn.split('/')[1] ?? '',
    [numbers.store]: store,
    [numbers.principal]: user,
  };
  const ask = (
    credentials: Credentials,
    more: Record<string, string> = {},
    region = at.simulator.region,
  ) => ({
    ...{ url, credentials, region },
    stands: { ...stands, ...more },
  });
  const set = async (Name = 'Set1') => {
    const { PermissionSet } = await sso.send(
      new CreatePermissionSetCommand({ InstanceArn: arn, Name, Description: 'd' }),
    );
    const PermissionSetArn = PermissionSet?.PermissionSetArn ?? '';
    return {
      on: { InstanceArn: arn, PermissionSetArn },
      [numbers.set]: PermissionSetArn.split('/')[2] ?? '',
    };
  };
  type Set = Awaited<ReturnType<typeof set>>;
  const wanted = ({ on }: Set, PrincipalId = user, TargetId = target, PrincipalType = 'USER' as const) =>
    ({ ...on, TargetId, TargetType: 'AWS_ACCOUNT', PrincipalType, PrincipalId }) as const;
  const assign = async (...given: Parameters<typeof wanted>) => {
    const { AccountAssignmentCreationStatus: taken } = await sso.send(
      new CreateAccountAssignmentCommand(wanted(...given)),
    );
    return { [numbers.request]: taken?.RequestId ?? '' };
  };
  const take = async (...given: Parameters<typeof wanted>) => {
    const { AccountAssignmentDeletionStatus: taken } = await sso.send(
      new DeleteAccountAssignmentCommand(wanted(...given)),
    );
    return { [numbers.request]: taken?.RequestId ?? '' };
  };
  const order = async (where: string, body: object): Promise<void> => {
    const given = await fetch(`${url}/${where}`, { method: 'POST', body: JSON.stringify(body) });
    if (!given.ok) throw new Error(await given.text());
  };
  return { ...at, arn, store, user, sso, identity, ask, set, assign, take, order };
}
const bare = ({ on: _, ...stands }: { readonly on: object }): Record<string, string> =>
  stands as Record<string, string>;

const member: Situation = async () => {
  const { ask, named } = await world();
  return ask(named('Workloads Prod'), { [numbers.caller]: named('Workloads Prod').id });
};
const elsewhere: Situation = async () => {
  const { ask, management } = await world();
  return ask(management, {}, 'eu-west-1');
};
const withSet: Situation = async () => {
  const { ask, management, set } = await world();
  return ask(management, bare(await set()));
};
/** The management account, about another account. */
const about =
  (name: string, scenario?: Scenario): Situation =>
  async () => {
    const { ask, management, named } = await world(scenario);
    return ask(management, { [numbers.caller]: named(name).id });
  };

export const situations: Readonly<Record<string, Situation>> = {
  'the management account asks': about('Shared Services'),
  'a member account that administers nothing': member,
  'a member account that is shown the organization’s instance': member,
  'asked in a Region without an instance': elsewhere,
  'asked in another Region': elsewhere,
  'a set without policies': withSet,
  'a policy that IAM would not take': withSet,
  'an account that has no permission set': async () => {
    const { ask, management, named } = await world();
    return ask(management, { [numbers.target]: named('Security Tooling').id });
  },
  'there is no such set': async () => {
    const { ask, management } = await world();
    return ask(management);
  },
  'a set of that name is there': async ({ request }) => {
    const { ask, management, set } = await world();
    await set(String(request.Name));
    return ask(management);
  },
  accepted: async ({ operation }) => {
    const { ask, assign, management, pass, set } = await world('delegated', 1_000);
    const made = await set();
    if (operation === 'sso:DeleteAccountAssignment') await assign(made);
    pass(1_001);
    return ask(management, bare(made));
  },
  'the delegated administrator assigns in the management account': async () => {
    const { ask, set, withRole } = await world();
    return ask(withRole('delegated-administrator'), bare(await set()));
  },
  'the delegated administrator assigns a set that the management account has': async () => {
    const { ask, assign, management, set, user, withRole } = await world();
    const made = await set();
    await assign(made, user, management.id);
    return ask(withRole('delegated-administrator'), bare(made));
  },
  'AWS fails by itself': async ({ answer }) => {
    const { ask, assign, management, order, set } = await world();
    const { FailureReason: reason } = Object(answer?.AccountAssignmentCreationStatus);
    await order('_faults', { fault: 'async-failed', reason });
    return ask(management, await assign(await set()));
  },
  'the target account is suspended': async () => {
    const { ask, assign, management, set, user, withRole } = await world();
    return ask(management, await assign(await set(), user, withRole('suspended').id));
  },
  'the principal is not in the directory': async () => {
    const { ask, assign, management, set } = await world();
    const nobody = '00000000-0000-4000-a000-000000000000';
    return ask(management, await assign(await set(), nobody, undefined, 'GROUP' as 'USER'));
  },
  'the target account lacks a customer managed policy of the set': async () => {
    const { ask, assign, management, set, sso } = await world();
    const made = await set();
    await sso.send(
      new PutPermissionsBoundaryToPermissionSetCommand({
        ...made.on,
        PermissionsBoundary: { CustomerManagedPolicyReference: { Name: 'Boundary' } },
      }),
    );
    return ask(management, await assign(made));
  },
  'the target is the management account, and the caller may not change its roles': async () => {
    const { ask, assign, management, order, set, user } = await world();
    const made = await set();
    await order('_permissions', { account: management.id, without: ['iam:UpdateSAMLProvider'] });
    return ask(management, await assign(made, user, management.id));
  },
  'an identity provider has taken the user away': async () => {
    const { ask, assign, identity, management, set, store, take, user } = await world('external-idp');
    const made = await set();
    await assign(made);
    await identity.send(new DeleteUserCommand({ IdentityStoreId: store, UserId: user }));
    return ask(management, await take(made));
  },
  'there is no such assignment': async () => {
    const { ask, management, set, take } = await world();
    return ask(management, await take(await set()));
  },
  'the account is not registered': about('Workloads Dev', 'fresh'),
  'another account is registered': about('Workloads Dev'),
  'the account is registered': about('Shared Services'),
  'trusted access is off': about('Workloads Dev', 'no-instance'),
  'the management account itself': about('Workloads Dev'),
  'no such service': about('Workloads Dev'),
  'the management account names itself': about('Workloads Dev'),
  'trusted access for account management is off': about('Workloads Dev', 'billing-only'),
  'a user of that name is there': async ({ request }) => {
    const { ask, identity, management, store } = await world();
    const { UserName, DisplayName, Name } = request as {
      UserName: string;
      DisplayName: string;
      Name: object;
    };
    await identity
      .send(new CreateUserCommand({ IdentityStoreId: store, UserName, DisplayName, Name }))
      .catch(() => undefined); // somebody of that name is there already
    return ask(management);
  },
  'a required attribute is not given': about('Workloads Dev'),
  'there is no such group': about('Workloads Dev'),
  'there is such a group, and AWS says there is none': async ({ operation }) => {
    const { ask, management, order } = await world();
    await order('_faults', { fault: 'said-to-be-missing', operation });
    return ask(management);
  },
  'a user id that is empty': about('Workloads Dev'),
  'no policy of the caller allows it': async () => {
    const { ask, order, withRole } = await world();
    const caller = withRole('delegated-administrator');
    await order('_permissions', { account: caller.id, without: ['identitystore:DescribeUser'] });
    return ask(caller, { [numbers.caller]: caller.id });
  },
  'several resources': async () => {
    const { ask, management, set } = await world();
    return ask(management, { ...bare(await set()), 'user/operator': 'user/runbook-operator' });
  },
  'actions that IAM wants to be asked about apart': async () => {
    const { ask, management } = await world();
    return ask(management, { 'user/operator': 'user/runbook-operator' });
  },
};
