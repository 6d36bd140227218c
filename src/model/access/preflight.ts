import { type Reader, RequestRejected, unlessRefused } from '../reader.ts';
import type { Layer } from './access-denied-hints.ts';
import { allowedIn, evaluateAll, type Question, type Result } from './policy-simulator.ts';
import { principalsOf } from './principal.ts';
import { type About, contextOf, resourcesOf, wideContextOf } from './resources.ts';

/** What IAM's policy simulator says of an action. `missing`: context keys for which it had no value. */
export type Verdict =
  | { readonly is: 'allowed'; readonly action: string; readonly missing: readonly string[] }
  | { readonly is: 'denied'; readonly action: string; readonly layer: Layer }
  /** Denied perhaps: it hangs on something that is not known beforehand. */
  | { readonly is: 'open'; readonly action: string; readonly why: string };
/** `principal`: the user or role whose policies were simulated. `organizations`: service control policies were too. */
interface Simulated {
  readonly principal: string;
  readonly organizations: boolean;
  readonly verdicts: readonly Verdict[];
}
/** What the simulation says; or why AWS told nothing, in words. */
export type Preflight = Simulated | { readonly unknown: string };
/** The operations it takes: a step that calls it lists them among its own. */
export const preflightCalls = [
  'sts:GetCallerIdentity',
  'iam:GetRole',
  'iam:SimulatePrincipalPolicy',
] as const;
/** Of these, what only informs: what is allowed shows by itself when it is tried. */
export const preflightInforms = ['iam:GetRole', 'iam:SimulatePrincipalPolicy'] as const;
type Calls = (typeof preflightCalls)[number];

/**
 * Which of these IAM actions the caller's policies allow, before any of them is tried. It knows identity-based
 * policies, the permissions boundary and service control policies without conditions; it does not know session
 * policies, resource policies and resource control policies (IAM User Guide, "How the IAM policy simulator works").
 * AWS's refusal is told as `unknown`. Throws `OutcomeUnknown`, `CredentialsError` and refusals that pass.
 */
export async function preflight(
  aws: Reader<Calls>,
  actions: readonly string[],
  about: Omit<About, 'caller'>,
): Promise<Preflight> {
  const { Arn: arn = '', Account: caller = '' } = await aws.read('sts:GetCallerIdentity', {});
  const full = { ...about, caller };
  const principals = await principalsOf(aws, arn, about.binding.region);
  if (principals.length === 0) return { unknown: `${arn} has no policies that IAM can simulate` };
  let why = '';
  for (const principal of principals) {
    const simulated = await unlessRefused(simulate(aws, principal, actions, full));
    if ('seen' in simulated) return { principal, ...simulated.seen };
    why = simulated.refused;
    if (!simulated.code?.startsWith('NoSuchEntity')) break;
  }
  return { unknown: why };
}

async function simulate(
  aws: Reader<'iam:SimulatePrincipalPolicy'>,
  principal: string,
  actions: readonly string[],
  about: About,
): Promise<Omit<Simulated, 'principal'>> {
  const askedIn = (context: typeof contextOf) =>
    actions.map((action) => ({
      action,
      arns: resourcesOf(action, about).map(({ arn }) => arn),
      context: context(action, about, principal),
    }));
  // All in one breath: mostly all of it is allowed.
  const together = questionsOf(principal, askedIn(wideContextOf), (arns) => String(arns.includes('*')));
  const first = await evaluateAll(aws, together);
  // What is not simply allowed is asked about once more, by itself: in the context that it has, and about nothing else.
  const isClear = ({ action, arns }: Asked): boolean =>
    arns.every((arn) => first.results.some((result) => isOf(result, action) && isAllowedOn(result, arn)));
  const left = askedIn(contextOf).filter((one) => !isClear(one));
  const again = new Set(left.map(({ action }) => action.toLowerCase()));
  const { results: exact, unfit } = await evaluateAll(
    aws,
    questionsOf(principal, left, (arns) => JSON.stringify(arns)),
  );
  const clear = first.results.filter((one) => !again.has(one.EvalActionName?.toLowerCase() ?? ''));
  const results = [...clear, ...exact];
  if (results.length === 0 && unfit.size === 0 && actions.length > 0)
    throw new RequestRejected('NoResult', 'the simulation says nothing about any of these actions');
  return {
    organizations:
      results.length > 0 && results.every((one) => one.OrganizationsDecisionDetail !== undefined),
    verdicts: actions.map((action): Verdict => {
      const why = unfit.get(action);
      return why === undefined ? verdictOf(action, results, about) : { is: 'open', action, why };
    }),
  };
}

/** An action, what it is about, and in which context. */
interface Asked {
  readonly action: string;
  readonly arns: readonly string[];
  readonly context: NonNullable<Question['ContextEntries']>;
}
/**
 * One question for the actions in the same context of which `kindOf` says the same: about all that they are about together.
 * What is not about any resource is asked apart: AWS takes `*` with nothing beside it.
 */
function questionsOf(
  PolicySourceArn: string,
  asked: readonly Asked[],
  kindOf: (arns: readonly string[]) => string,
): readonly { readonly input: Question; readonly names: readonly string[] }[] {
  const groups = new Map<string, Asked[]>();
  for (const one of asked) {
    const key = `${kindOf(one.arns)} ${JSON.stringify(one.context)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => ({
    names: group.map(({ action }) => action),
    input: {
      PolicySourceArn,
      ResourceArns: [...new Set(group.flatMap(({ arns }) => arns))],
      ContextEntries: group[0]?.context ?? [],
    },
  }));
}

const isOf = ({ EvalActionName }: Result, action: string): boolean =>
  EvalActionName?.toLowerCase() === action.toLowerCase();
/** Whether it says of this thing in particular that it is simply allowed. */
const isAllowedOn = (result: Result, arn: string): boolean =>
  allowedIn(result).some(({ row }) => row.EvalResourceName === arn);

function verdictOf(action: string, results: readonly Result[], about: About): Verdict {
  const resources = resourcesOf(action, about);
  const mine = results.filter((one) => isOf(one, action));
  const told = mine.flatMap(
    ({
      EvalResourceName,
      EvalDecision,
      MissingContextValues = [],
      ResourceSpecificResults = [],
      ...rest
    }) => {
      const layer = layerOf({ EvalDecision, ...rest });
      if (ResourceSpecificResults.length === 0)
        return [{ name: EvalResourceName, decision: EvalDecision, missing: MissingContextValues, layer }];
      return ResourceSpecificResults.map((one) => ({
        name: one.EvalResourceName,
        decision: one.EvalResourceDecision,
        missing: [...(one.MissingContextValues ?? []), ...MissingContextValues],
        layer:
          one.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false
            ? 'boundary'
            : layerOf({ EvalDecision: one.EvalResourceDecision, ...rest }),
      }));
    },
  );
  // What other actions are about was asked about in the same breath: of that nothing counts.
  const own = told.filter(({ name }) => resources.some(({ arn }) => arn === name));
  const each = own.length > 0 ? own : told;
  if (each.length === 0) return { is: 'open', action, why: 'the simulation says nothing about it' };
  const missing = [...new Set(each.flatMap((one) => one.missing))];
  const denied = each.filter(({ decision }) => decision !== 'allowed');
  // Where the decision is about none of them in particular it is about all.
  const isSure = (name: string | undefined): boolean =>
    (resources.find(({ arn }) => arn === name) ?? { sure: resources.every(({ sure }) => sure) }).sure;
  const certain = denied.find(
    ({ name, decision, missing: lacks }) =>
      lacks.length === 0 && (decision === 'explicitDeny' || isSure(name)),
  );
  if (certain) return { is: 'denied', action, layer: certain.layer };
  if (denied.length === 0) return { is: 'allowed', action, missing };
  return {
    is: 'open',
    action,
    why:
      missing.length > 0
        ? `the policies have conditions about ${missing.join(', ')}`
        : `they do not allow it on ${[...new Set(denied.flatMap(({ name = [] }) => name))].join(', ')}, which stands for what is not known yet`,
  };
}

/** Which kind of policy says no. */
function layerOf({
  EvalDecision,
  OrganizationsDecisionDetail,
  PermissionsBoundaryDecisionDetail,
}: Pick<
  Result,
  'EvalDecision' | 'OrganizationsDecisionDetail' | 'PermissionsBoundaryDecisionDetail'
>): Layer {
  if (OrganizationsDecisionDetail?.AllowedByOrganizations === false) return 'scp';
  if (PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false) return 'boundary';
  return EvalDecision === 'explicitDeny' ? 'identity-denies' : 'identity';
}
