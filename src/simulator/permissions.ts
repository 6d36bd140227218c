import type { Caller } from './context.ts';
import { deniedBy } from './refusing.ts';
import type { Asked } from './wire.ts';

/** What the credentials of an account may do. Without an entry they may do everything. Not kept over a restart. */
export interface Permissions {
  /** From now on these IAM actions and no others. Throws an Error that says what is wrong with the order. */
  restrict(order: unknown): void;
  /** Throws the refusal that AWS gives where no policy allows it. */
  check(asked: Asked, caller: Caller, input: unknown): void;
}

export function createPermissions(): Permissions {
  const allowed = new Map<string, ReadonlySet<string>>();
  return {
    restrict(order) {
      const { account, actions } = Object(order) as { account?: unknown; actions?: unknown };
      const whole =
        typeof account === 'string' &&
        Array.isArray(actions) &&
        actions.every((action) => typeof action === 'string');
      if (!whole) throw new Error('Say {"account": "111122223333", "actions": ["sso:ListInstances"]}.');
      allowed.set(account, new Set(actions.map((action: string) => action.toLowerCase())));
    },
    check(asked, caller, input) {
      const actions = allowed.get(caller.account.id);
      if (actions === undefined) return;
      const missing = actionsOf(asked, input).find((action) => !actions.has(action.toLowerCase()));
      if (missing === undefined) return;
      const [service, operation] = missing.split(':') as [Asked['service'], string];
      throw deniedBy('because no identity-based policy allows the')(
        { ...asked, service, operation },
        caller,
        input,
      );
    },
  };
}

/** The IAM actions that AWS checks for a request. Who one is, everybody may ask. */
function actionsOf({ service, operation }: Asked, input: unknown): readonly string[] {
  if (service === 'sts' && operation === 'GetCallerIdentity') return [];
  const tags = (Object(input) as { Tags?: unknown }).Tags;
  const tagged = service === 'sso' && Array.isArray(tags) && tags.length > 0;
  return [`${service}:${operation}`, ...(tagged ? ['sso:TagResource'] : [])];
}
