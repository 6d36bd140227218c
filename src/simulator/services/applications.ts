import { defined } from '../organization/defined.ts';
import type { Application } from '../organization/state.ts';
import { refuse } from '../protocol/refusal.ts';
import { ownInstance } from './account-instances.ts';
import { type Context, date, type SsoOperations } from './context.ts';
import { checkKey } from './keys.ts';
import { isAdministrator, isManagement, isThere, notForCaller, paged } from './sso-access.ts';

const described = (one: Application, { state }: Context) => ({
  ApplicationArn: one.arn,
  ApplicationProviderArn: one.provider,
  Name: one.name,
  ApplicationAccount: one.account,
  ...defined({ InstanceArn: state.instance?.arn }),
  Status: 'ENABLED' as const,
  PortalOptions: { Visibility: 'DISABLED' as const },
  Description: one.description,
  CreatedDate: date(one.created),
  CreatedFrom: one.region,
});

/**
 * The AWS managed applications of the organization's instance: to be read in each of its Regions (user guide, "service
 * APIs supported in additional Regions"). Accounts' own instances have none. Throws `Refusal` to who has no part in the
 * instance.
 */
export const applications = {
  // Reference: "member accounts must use the applicationAccount parameter to filter the list to only applications created
  // from that account". How AWS refuses, and whether a delegated administrator may name another account, is not documented:
  // here it may, and any other member only its own.
  ListApplications: ({ InstanceArn, Filter = {}, ...input }, at) => {
    if (ownInstance(at, InstanceArn) !== undefined) return { Applications: [] };
    const { ApplicationAccount, ApplicationProvider } = Filter;
    const { instance } = at.state;
    if (instance === undefined || instance.arn !== InstanceArn || !isThere(instance, at.region))
      return notForCaller(at, InstanceArn);
    const may =
      isManagement(at) ||
      (ApplicationAccount !== undefined &&
        (isAdministrator(at) || ApplicationAccount === at.caller.account.id));
    if (!may) notForCaller(at, InstanceArn);
    checkKey(at, instance);
    const wanted = (at.state.applications ?? []).filter(
      ({ account, provider }) =>
        account === (ApplicationAccount ?? account) && provider === (ApplicationProvider ?? provider),
    );
    const { items, next } = paged(wanted, input, at);
    return { Applications: items.map((one) => described(one, at)), ...next };
  },
  DescribeApplication: ({ ApplicationArn }, at) => {
    const { instance, applications: all = [] } = at.state;
    const found = all.find(({ arn }) => arn === ApplicationArn);
    if (instance === undefined || !isThere(instance, at.region)) return notForCaller(at, ApplicationArn);
    if (found === undefined)
      return refuse('ResourceNotFoundException', `Application with ARN ${ApplicationArn} was not found.`);
    if (!isAdministrator(at) && found.account !== at.caller.account.id) notForCaller(at, ApplicationArn);
    checkKey(at, instance);
    return described(found, at);
  },
} as const satisfies SsoOperations;
