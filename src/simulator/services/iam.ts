import { defined } from '../organization/defined.ts';
import { base32 } from '../organization/ids.ts';
import { reservedRole } from '../organization/sessions.ts';
import { differentInformation } from '../protocol/denials.ts';
import { page } from '../protocol/pages.ts';
import { refuse } from '../protocol/refusal.ts';
import { type Context, date, type IamOperations } from './context.ts';
import type { Verdict } from './permissions.ts';

// The two operations of IAM with which somebody learns what they may do. What they say comes from the same policies as
// the answers to all other calls. Of conditions only the keys are simulated, of resources those that a policy is told to name.

/** IAM Identity Center's roles have a path: with the Region of the instance, unless that is us-east-1. */
const pathOf = (role: string, { truth }: Pick<Context, 'truth'>): string => {
  if (!role.startsWith('AWSReservedSSO_')) return '/';
  const region = truth.instance?.region ?? 'us-east-1';
  return `/aws-reserved/sso.amazonaws.com/${region === 'us-east-1' ? '' : `${region}/`}`;
};

/**
 * Roles are not kept. Known are those of which something else tells: the role the caller has assumed, the one that
 * Organizations makes in its members, and those of IAM Identity Center for the sets that are provisioned in the account.
 */
function hasRole(name: string, { caller, truth }: Context): boolean {
  const { id } = caller.account;
  return (
    caller.arn.startsWith(`arn:aws:sts::${id}:assumed-role/${name}/`) ||
    (name === 'OrganizationAccountAccessRole' && id !== truth.organization.management) ||
    truth.sets.some((set) => id in set.provisioned && reservedRole(truth.seed, id, set.name) === name)
  );
}
const noRole = (name: string): never =>
  refuse('NoSuchEntityException', `The role with name ${name} cannot be found.`);

/**
 * The two operations of IAM that the runbook asks. Throws `Refusal` for roles that nothing here tells of, and for
 * questions that the policy simulator does not take (IAM API reference, GetRole and SimulatePrincipalPolicy).
 */
export const iam = {
  GetRole: ({ RoleName }, at) => {
    const { id } = at.caller.account;
    if (!hasRole(RoleName, at)) return noRole(RoleName);
    const Path = pathOf(RoleName, at);
    return {
      Role: {
        Path,
        RoleName,
        RoleId: `AROA${base32(`${at.truth.seed} role ${id} ${RoleName}`, 17)}`,
        Arn: `arn:aws:iam::${id}:role${Path}${RoleName}`,
        CreateDate: date(Date.UTC(2024, 5, 11)),
        MaxSessionDuration: 3600,
      },
    };
  },
  SimulatePrincipalPolicy: (input, at) => {
    const { PolicySourceArn, ActionNames, ResourceArns = ['*'], ContextEntries = [] } = input;
    const account = principalOf(PolicySourceArn, at);
    for (const name of ActionNames)
      if (!/^[\w-]+:[\w*?]+$/.test(name)) refuse('InvalidInputException', `Invalid action name: ${name}`);
    for (const arn of ResourceArns)
      if (arn !== '*' && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(arn))
        refuse('InvalidInputException', `ResourceNames are not in a valid ARN format: ${arn}.`);
    if (ResourceArns.length > 1 && ResourceArns.includes('*'))
      refuse('InvalidInputException', 'ResourceNames are not in a valid ARN format: *.');
    askedApart(ActionNames, ResourceArns);
    const told = new Set(ContextEntries.map(({ ContextKeyName }) => ContextKeyName?.toLowerCase()));
    const results = ActionNames.map((action) => resultOf(account, action, ResourceArns, told, at));
    const { items, next } = page(
      results,
      {
        ...defined({ MaxResults: input.MaxItems, NextToken: input.Marker }),
      },
      { of: at.list, size: 100, invalid: () => refuse('InvalidInputException', 'Invalid marker') },
    );
    return {
      EvaluationResults: items,
      IsTruncated: next.NextToken !== undefined,
      ...defined({ Marker: next.NextToken }),
    };
  },
} as const satisfies IamOperations;

/** The account of the user or role whose policies are simulated: the caller's, or there is none. */
function principalOf(arn: string, at: Context): string {
  const { account } = at.caller;
  const [, id, kind, path = '', name = ''] =
    /^arn:aws:iam::(\d{12}):(user|group|role)(\/(?:.+\/)?)([^/]+)$/.exec(arn) ?? [];
  if (kind === undefined)
    return refuse(
      'InvalidInputException',
      `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
    );
  const known =
    kind === 'role'
      ? path === pathOf(name, at) && hasRole(name, at)
      : kind === 'user' && name === 'runbook-operator';
  return id === account.id && known
    ? account.id
    : refuse('NoSuchEntityException', `The ${kind} with name ${name} cannot be found.`);
}

/** Where resources are named, actions that IAM checks on resources and others are not simulated in one request. */
function askedApart(actions: readonly string[], resources: readonly string[]): void {
  if (resources.every((arn) => arn === '*')) return;
  const aware = actions.filter(isAware);
  const others = actions.filter((action) => !isAware(action));
  if (aware.length > 0 && others.length > 0) throw differentInformation(aware.join(','), others.join(','));
}
/** As far as it is known: all of these services' actions are, but not what somebody else's service or STS is asked. */
const isAware = (action: string): boolean =>
  /^(sso|identitystore|organizations|account|iam|kms):/i.test(action);

/** What stands for the resources where several are named. Known of IAM Identity Center alone. */
const templateOf = (action: string): string => {
  const [service = ''] = action.split(':');
  return service === 'sso'
    ? `arn:aws:${service}:::\${RelativeId}`
    : `arn:aws:${service}:\${Region}:\${Account}:\${ResourceType}/\${ResourceId}`;
};

/**
 * One result for an action, with how each resource stands beneath it; the decision above them is denied where one is denied
 * outright, else allowed where one is allowed. As others have recorded it.
 */
function resultOf(
  account: string,
  action: string,
  resources: readonly string[],
  told: ReadonlySet<string | undefined>,
  { permissions }: Context,
) {
  const each = resources.map((resource) => {
    const verdict = permissions.verdict(account, action, {
      simulated: true,
      ...defined({ resource: resource === '*' ? undefined : resource }),
    });
    const MissingContextValues = verdict.conditions.filter((key) => !told.has(key.toLowerCase()));
    const lacks = verdict.decision === 'allowed' && MissingContextValues.length > 0;
    const decision: Verdict['decision'] = lacks ? 'implicitDeny' : verdict.decision;
    return { resource, decision, MissingContextValues, verdict };
  });
  const EvalDecision: Verdict['decision'] =
    (['explicitDeny', 'allowed'] as const).find((one) => each.some(({ decision }) => decision === one)) ??
    'implicitDeny';
  const [first] = each;
  const { organizations, boundary } = first?.verdict ?? { organizations: true };
  const details = {
    MatchedStatements: [],
    ...defined({
      PermissionsBoundaryDecisionDetail:
        boundary === undefined ? undefined : { AllowedByPermissionsBoundary: boundary },
    }),
  };
  const named = resources.every((arn) => arn !== '*');
  return {
    EvalActionName: action,
    EvalResourceName: resources.length === 1 ? (first?.resource ?? '*') : templateOf(action),
    EvalDecision,
    EvalDecisionDetails: {},
    OrganizationsDecisionDetail: { AllowedByOrganizations: organizations },
    ...details,
    // Where resources are named, AWS says there what a condition lacks.
    MissingContextValues: named ? [] : (first?.MissingContextValues ?? []),
    ...defined({
      ResourceSpecificResults: named
        ? each.map(({ resource, decision, MissingContextValues }) => ({
            EvalResourceName: resource,
            EvalResourceDecision: decision,
            EvalDecisionDetails: {},
            MissingContextValues,
            ...details,
          }))
        : undefined,
    }),
  };
}
