import type { Goal, Plan } from '../../src/model/plan.ts';

export const MGMT = '111111111111';
export const DELEGATE = '222222222222';
export const DEV = '333333333333';
export const instance = {
  arn: 'arn:aws:sso:::instance/ssoins-1',
  store: 'd-1',
  region: 'eu-west-1',
  created: '2024-06-01T00:00:00.000Z',
};
export const organization = { organization: 'o-1', management: MGMT };
/** What AWS answers to a member account that is no administrator of IAM Identity Center. */
export const notLetIn = (action: string): string =>
  `AccessDeniedException: User: arn:aws:iam::${DELEGATE}:user/op is not authorized to perform: ${action} on resource: ${instance.arn} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`;
export const delegate = { account: DELEGATE, name: 'Identity' };

/** What a step is told, its answers and what it needs left out. */
export const at = <const A, const G>(answers: A, given: G) => ({ answers, given, hints: {}, run: 'run-1' });

/** How each goal stands: 'set: change sso:CreatePermissionSet'. */
export const goals = (plan: Plan): readonly string[] => plan.goals.map(short);
const short = (goal: Goal): string => {
  switch (goal.is) {
    case 'change':
      return `${goal.id}: ${goal.risk === 'dangerous' ? 'dangerous ' : ''}${goal.call.operation}`;
    case 'open':
      return `${goal.id}: open ${goal.question}`;
    case 'unknown':
      return `${goal.id}: unknown${goal.firm ? ' firm' : ''}${goal.soon ? ' soon' : ''}`;
    default:
      return `${goal.id}: ${goal.is}`;
  }
};
