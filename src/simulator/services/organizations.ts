import { defined } from '../organization/defined.ts';
import type { Account, AccountRequest, State } from '../organization/state.ts';
import { page } from '../protocol/pages.ts';
import { refuse } from '../protocol/refusal.ts';
import { type Context, date, type OrganizationsOperations } from './context.ts';

// AWS Organizations. Who may call what: Organizations API reference. The sentences: test/recorded/answers/organizations.jsonl.

const arnOf = ({ organization }: State, account: string): string =>
  `arn:aws:organizations::${organization.management}:account/${organization.id}/${account}`;
const isManagement = ({ truth, caller }: Context): boolean =>
  caller.account.id === truth.organization.management;
const denied = (): never =>
  refuse('AccessDeniedException', "You don't have permissions to access this resource.");

const managementOnly = (at: Context): void => {
  if (!isManagement(at)) denied();
};
/** The management account, or the delegated administrator of any service. */
const readers = (at: Context): void => {
  if (!isManagement(at) && !at.state.delegated.some(({ account }) => account === at.caller.account.id))
    denied();
};
const paged = <T>(list: readonly T[], input: { MaxResults?: number; NextToken?: string }, at: Context) =>
  page(list, input, {
    of: at.list,
    size: 20,
    invalid: () =>
      refuse(
        'InvalidInputException',
        'Get the NextToken parameter from the response to a previous call of the operation.',
        { Reason: 'INVALID_NEXT_TOKEN' },
      ),
  });
const described = (state: State, { id, name, email, joined, method, state: stands }: Account) => ({
  Id: id,
  Arn: arnOf(state, id),
  Email: email,
  Name: name,
  Status: stands,
  State: stands,
  JoinedMethod: method,
  JoinedTimestamp: date(joined),
  Paths: [`${state.organization.id}/${state.organization.root}/${id}/`],
});
const notRegistered = (): never =>
  refuse(
    'AccountNotRegisteredException',
    'The provided account is not a registered delegated administrator for your organization.',
  );
const known = new Set(
  'access-analyzer account auditmanager backup cloudtrail compute-optimizer config config-multiaccountsetup detective fms guardduty inspector2 license-manager macie member.org.stacksets.cloudformation ram reporting.trustedadvisor securityhub servicecatalog ssm sso storage-lens.s3'
    .split(' ')
    .map((name) => `${name}.amazonaws.com`),
);
const knownPrincipal = (principal: string): void => {
  if (!known.has(principal))
    refuse('InvalidInputException', 'You specified an unrecognized service principal.', {
      Reason: 'UNRECOGNIZED_SERVICE_PRINCIPAL',
    });
};
const uniqueTags = (tags: readonly { readonly Key?: string | undefined }[]): void => {
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length)
    refuse('InvalidInputException', 'Tag keys must be unique among the tags attached to the same entity.', {
      Reason: 'DUPLICATE_TAG_KEY',
    });
};
const accountOf = (state: State, id: string): Account =>
  state.accounts.find((account) => account.id === id) ??
  refuse('AccountNotFoundException', "You specified an account that doesn't exist.");
const constraint = (Reason: string, message: string): never =>
  refuse('ConstraintViolationException', message, { Reason });

const allFeatures = ({ state }: Context): void => {
  if (state.billingOnly)
    constraint(
      'ORGANIZATION_NOT_IN_ALL_FEATURES_MODE',
      'You cannot perform this operation before all features are enabled in your organization.',
    );
};

const created = (request: AccountRequest, now: number) => ({
  Id: request.id,
  AccountName: request.name,
  RequestedTimestamp: date(request.created),
  ...(now < request.due
    ? { State: 'IN_PROGRESS' as const }
    : request.failure === undefined
      ? { State: 'SUCCEEDED' as const, CompletedTimestamp: date(request.due), AccountId: request.account }
      : {
          State: 'FAILED' as const,
          CompletedTimestamp: date(request.due),
          FailureReason: 'EMAIL_ALREADY_EXISTS' as const,
        }),
});
const accountRequests = ({ truth }: Context): AccountRequest[] =>
  truth.requests.filter((request) => request.kind === 'account');

/** The operations of AWS Organizations. Throws `Refusal` to who may not call them. */
export const organizations = {
  DescribeOrganization: (_, { state }) => {
    const { id, management } = state.organization;
    const all = state.billingOnly !== true;
    return {
      Organization: {
        Id: id,
        Arn: `arn:aws:organizations::${management}:organization/${id}`,
        FeatureSet: all ? 'ALL' : 'CONSOLIDATED_BILLING',
        MasterAccountArn: arnOf(state, management),
        MasterAccountId: management,
        MasterAccountEmail: accountOf(state, management).email,
        AvailablePolicyTypes: all ? [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] : [],
      },
    };
  },
  ListAccounts: (input, at) => {
    readers(at);
    const { items, next } = paged(at.state.accounts, input, at);
    return { Accounts: items.map((account) => described(at.state, account)), ...next };
  },
  DescribeAccount: ({ AccountId }, at) => {
    readers(at);
    return { Account: described(at.state, accountOf(at.state, AccountId)) };
  },
  ListRoots: (input, at) => {
    readers(at);
    const { id, management, root } = at.state.organization;
    const Arn = `arn:aws:organizations::${management}:root/${id}/${root}`;
    const { items, next } = paged([{ Id: root, Arn, Name: 'Root', PolicyTypes: [] }], input, at);
    return { Roots: items, ...next };
  },
  ListParents: ({ ChildId, ...input }, at) => {
    readers(at);
    if (!at.state.accounts.some(({ id }) => id === ChildId))
      refuse(
        'ChildNotFoundException',
        "You can't find an organizational unit (OU) or account with the ChildId.",
      );
    const { items, next } = paged([{ Id: at.state.organization.root, Type: 'ROOT' as const }], input, at);
    return { Parents: items, ...next };
  },
  ListAWSServiceAccessForOrganization: (input, at) => {
    readers(at);
    const { items, next } = paged(at.state.trusted, input, at);
    return {
      EnabledServicePrincipals: items.map(({ principal, since }) => ({
        ServicePrincipal: principal,
        DateEnabled: date(since),
      })),
      ...next,
    };
  },
  EnableAWSServiceAccess: ({ ServicePrincipal }, at) => {
    managementOnly(at);
    allFeatures(at);
    knownPrincipal(ServicePrincipal);
    if (!at.state.trusted.some(({ principal }) => principal === ServicePrincipal)) {
      at.state.trusted.push({ principal: ServicePrincipal, since: at.now });
      at.effect();
    }
    return {};
  },
  ListDelegatedAdministrators: ({ ServicePrincipal, ...input }, at) => {
    readers(at);
    if (ServicePrincipal !== undefined) knownPrincipal(ServicePrincipal);
    const { accounts, delegated } = at.state;
    const since = (id: string): number =>
      Math.min(
        ...delegated
          .filter(({ account, service }) => account === id && (ServicePrincipal ?? service) === service)
          .map((one) => one.since),
      );
    const holders = accounts.filter(({ id }) => since(id) !== Number.POSITIVE_INFINITY);
    const { items, next } = paged(holders, input, at);
    return {
      DelegatedAdministrators: items.map((account) => {
        const { Paths: _, ...told } = described(at.state, account);
        return { ...told, DelegationEnabledDate: date(since(account.id)) };
      }),
      ...next,
    };
  },
  ListDelegatedServicesForAccount: ({ AccountId, ...input }, at) => {
    readers(at);
    accountOf(at.state, AccountId);
    const services = at.state.delegated.filter(({ account }) => account === AccountId);
    if (services.length === 0) notRegistered();
    const { items, next } = paged(services, input, at);
    return {
      DelegatedServices: items.map(({ service, since }) => ({
        ServicePrincipal: service,
        DelegationEnabledDate: date(since),
      })),
      ...next,
    };
  },
  RegisterDelegatedAdministrator: ({ AccountId, ServicePrincipal }, at) => {
    managementOnly(at);
    allFeatures(at);
    knownPrincipal(ServicePrincipal);
    const { delegated, organization, trusted } = at.state;
    if (AccountId === organization.management)
      constraint(
        'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR',
        'You cannot register management account/yourself as delegated administrator for your organization.',
      );
    if (accountOf(at.state, AccountId).state !== 'ACTIVE')
      constraint(
        'CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR',
        'You cannot register a suspended account as a delegated administrator.',
      );
    if (!trusted.some(({ principal }) => principal === ServicePrincipal))
      constraint(
        'SERVICE_ACCESS_NOT_ENABLED',
        'You must enable service access before you delegate an administrator for this service. Call the AWS API EnableAWSServiceAccess first.',
      );
    const holders = delegated.filter(({ service }) => service === ServicePrincipal);
    if (holders.some(({ account }) => account === AccountId))
      refuse(
        'AccountAlreadyRegisteredException',
        'The provided account is already a delegated administrator for your organization.',
      );
    if (ServicePrincipal === 'sso.amazonaws.com' && holders.length > 0)
      constraint(
        'MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED',
        'You have exceeded the allowed number of delegated administrators for the delegated service.',
      );
    delegated.push({ account: AccountId, service: ServicePrincipal, since: at.now });
    at.effect();
    return {};
  },
  DeregisterDelegatedAdministrator: ({ AccountId, ServicePrincipal }, at) => {
    managementOnly(at);
    knownPrincipal(ServicePrincipal);
    accountOf(at.state, AccountId);
    const { delegated } = at.state;
    const left = delegated.filter(
      ({ account, service }) => account !== AccountId || service !== ServicePrincipal,
    );
    if (left.length === delegated.length) notRegistered();
    const ended = delegated.filter((one) => !left.includes(one)).map((one) => ({ ...one, until: at.now }));
    at.state.delegated = left;
    at.state.ended = [...(at.state.ended ?? []), ...ended];
    at.effect();
    return {};
  },
  CreateAccount: ({ AccountName, Email, Tags = [] }, at) => {
    managementOnly(at);
    uniqueTags(Tags);
    const taken =
      at.state.accounts.some(({ email }) => email.toLowerCase() === Email.toLowerCase()) ||
      accountRequests(at).some(
        ({ email, failure }) => failure === undefined && email.toLowerCase() === Email.toLowerCase(),
      );
    const failure = taken ? 'EMAIL_ALREADY_EXISTS' : at.fails;
    const request: AccountRequest = {
      kind: 'account',
      id: `car-${at.ids.hex(32)}`,
      account: at.state.nextAccount,
      name: AccountName,
      email: Email,
      created: at.now,
      due: at.now + at.settle,
      applied: false,
      ...defined({ failure }),
    };
    at.state.requests.push(request);
    if (failure === undefined) {
      at.state.nextAccount = at.ids.digits(12);
      at.effect();
    }
    return { CreateAccountStatus: created(request, at.now - 1) };
  },
  DescribeCreateAccountStatus: ({ CreateAccountRequestId }, at) => {
    readers(at);
    const request = accountRequests(at).find(({ id }) => id === CreateAccountRequestId);
    if (request === undefined)
      return refuse(
        'CreateAccountStatusNotFoundException',
        "We can't find a create account request with the CreateAccountRequestId that you specified.",
      );
    return { CreateAccountStatus: created(request, at.now) };
  },
  ListCreateAccountStatus: ({ States, ...input }, at) => {
    readers(at);
    const statuses = accountRequests(at)
      .map((request) => created(request, at.now))
      .filter(({ State: stands }) => States === undefined || States.length === 0 || States.includes(stands));
    const { items, next } = paged(statuses, input, at);
    return { CreateAccountStatuses: items, ...next };
  },
} as const satisfies OrganizationsOperations;
