import { base32 } from '../organization/ids.ts';
import { reservedRole } from '../organization/sessions.ts';
import { page } from '../protocol/pages.ts';
import { refuse } from '../protocol/refusal.ts';
import { type Context, date, type IamOperations } from './context.ts';

// The two operations of IAM with which somebody learns what they may do. What they say comes from the same policies as
// the answers to all other calls. Conditions and single resources are not simulated.

/** IAM Identity Center's roles have a path: with the Region of the instance, unless that is us-east-1. */
export const pathOf = (role: string, { truth }: Pick<Context, 'truth'>): string => {
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
    const told = new Set(ContextEntries.map(({ ContextKeyName }) => ContextKeyName?.toLowerCase()));
    const results = ActionNames.flatMap((action) =>
      ResourceArns.map((resource) => resultOf(account, action, resource, told, at)),
    );
    const { items, next } = page(
      results,
      {
        ...(input.MaxItems === undefined ? {} : { MaxResults: input.MaxItems }),
        ...(input.Marker === undefined ? {} : { NextToken: input.Marker }),
      },
      { of: at.list, size: 100, invalid: () => refuse('InvalidInputException', 'Invalid marker') },
    );
    return {
      EvaluationResults: items,
      IsTruncated: next.NextToken !== undefined,
      ...(next.NextToken === undefined ? {} : { Marker: next.NextToken }),
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

function resultOf(
  account: string,
  action: string,
  resource: string,
  told: ReadonlySet<string | undefined>,
  { permissions }: Context,
) {
  const { decision, organizations, boundary, conditions } = permissions.verdict(account, action, true);
  const MissingContextValues = conditions.filter((key) => !told.has(key.toLowerCase()));
  const denied = decision === 'allowed' && MissingContextValues.length > 0;
  const EvalDecision = denied ? ('implicitDeny' as const) : decision;
  const details = {
    MatchedStatements: [],
    ...(boundary === undefined
      ? {}
      : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: boundary } }),
  };
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision,
    OrganizationsDecisionDetail: { AllowedByOrganizations: organizations },
    ...details,
    // Where resources are named, AWS says there what a condition lacks.
    ...(resource === '*'
      ? { MissingContextValues }
      : {
          ResourceSpecificResults: [
            {
              EvalResourceName: resource,
              EvalResourceDecision: EvalDecision,
              MissingContextValues,
              ...details,
            },
          ],
        }),
  };
}
