import { memoize } from '../text/memoize.ts';
import { type Grant, policyIn } from './policy.ts';

/** What a policy allows in one service. `care`: it writes where a mistake reaches beyond what it is for. */
interface ServiceSummary {
  readonly service: string;
  readonly actions: number;
  readonly access: 'read' | 'write' | 'r+w';
  readonly care: boolean;
}
/** What a policy allows, to be taken in at a glance. `everywhere`: all of it on every resource, with no condition. */
export interface PolicySummary {
  readonly actions: number;
  readonly everywhere: boolean;
  readonly denies: number;
  readonly services: readonly ServiceSummary[];
  /** Actions that write in such a service, on every resource and with no condition. */
  readonly careful: readonly string[];
}
/**
 * By the verbs that AWS names its actions with: what only reads begins so (IAM User Guide, "Understanding access level
 * summaries within policy summaries"). A pattern with `*` counts as both.
 */
const reads = /^(Get|List|Describe|Search|Lookup|BatchGet|View|Head|Check|Is)/;
/** Services that decide who may do what, everywhere. */
const reaching = new Set(['iam', 'kms', 'organizations', 'sts', 's3']);

/** A policy by service, with how many actions it allows in each. Undefined for what is no policy. */
export const summaryOf = memoize((text: string): PolicySummary | undefined => {
  const policy = policyIn(text);
  if (!policy) return undefined;
  const allowed = policy.grants.filter(({ effect }) => effect === 'Allow');
  const actions = new Map<string, Grant>();
  for (const grant of allowed)
    actions.set('only' in grant.action ? grant.action.only : `every action but ${grant.action.but}`, grant);
  const services = new Map<string, string[]>();
  for (const action of actions.keys()) {
    const service = /^[\w-]+(?=:)/.exec(action)?.[0] ?? '*';
    services.set(service, [...(services.get(service) ?? []), action.slice(service.length + 1)]);
  }
  const wide = new Set(
    allowed.filter(isWide).map((grant) => ('only' in grant.action ? grant.action.only : '')),
  );
  const careful = [...wide].filter((action) => {
    const [service = '', name = ''] = action.split(':');
    return action === '*' || (reaching.has(service) && !reads.test(name));
  });
  return {
    actions: actions.size,
    everywhere: allowed.every(isWide),
    denies: policy.grants.length - allowed.length,
    services: [...services].map(([service, names]) => {
      const reading = names.filter((name) => reads.test(name)).length;
      return {
        service: service === '*' ? 'any service' : service,
        actions: names.length,
        access: reading === names.length ? 'read' : reading === 0 ? 'write' : 'r+w',
        care: careful.some((action) => action.split(':')[0] === service),
      };
    }),
    careful,
  };
});
const isWide = ({ resource, conditions }: Grant): boolean =>
  'only' in resource && resource.only === '*' && conditions.length === 0;
