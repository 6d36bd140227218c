import { allowedIn, type Permit, type Result } from '../../model/access/policy-simulator.ts';
import type { Input } from '../../model/call.ts';
import type { Aws } from '../../model/reader.ts';
import { defined } from '../../model/text/defined.ts';

/** What IAM's policy simulator allowed: an action on one thing, by the question. Milliseconds since 1970. */
export type Allowed = Map<string, Permit & { readonly at: number }>;
/** A permission that is lost meanwhile is seen all the same: AWS refuses then, and says so. */
const longest = 300_000; // ms

/**
 * The same way into AWS. An action that IAM's policy simulator allowed on the same things in the same context is not asked
 * about again for five minutes; what was denied, or not known, is asked again: somebody may have mended it. `now`:
 * milliseconds since 1970.
 */
export function cacheReads(aws: Aws, allowed: Allowed, now: () => number): Aws {
  return {
    ...aws,
    pages: async function* (operation, input, limit) {
      if (operation !== 'iam:SimulatePrincipalPolicy') {
        yield* aws.pages(operation, input, limit);
        return;
      }
      const asked = input as unknown as Simulation;
      const keyOf = keysOf(asked);
      const known = new Map<string, Result>();
      for (const action of asked.ActionNames) {
        const all = (asked.ResourceArns ?? ['*']).map((arn) => allowed.get(keyOf(action, arn)));
        const fresh = all.flatMap((one) => (one && one.at <= now() && now() - one.at < longest ? [one] : []));
        if (fresh.length === all.length) known.set(action, resultOf(action, fresh));
      }
      if (known.size > 0)
        yield { EvaluationResults: [...known.values()] } as Awaited<
          ReturnType<typeof aws.read<typeof operation>>
        >;
      const ActionNames = asked.ActionNames.filter((action) => !known.has(action));
      if (ActionNames.length === 0) return;
      const at = now();
      const rest = { ...asked, ActionNames } as unknown as typeof input;
      for await (const page of aws.pages(operation, rest, limit)) {
        for (const one of (page as { readonly EvaluationResults?: readonly Result[] }).EvaluationResults ??
          [])
          for (const permit of allowedIn(one))
            allowed.set(keyOf(one.EvalActionName ?? '', permit.row.EvalResourceName), { ...permit, at });
        yield page;
      }
    },
  };
}

type Simulation = Input<'iam:SimulatePrincipalPolicy'> & { readonly ActionNames: readonly string[] };
/** What is one question: an action on one thing, and the rest of what is asked, which all of them share. */
function keysOf({ ActionNames: _, ResourceArns: __, ...rest }: Simulation) {
  const shared = JSON.stringify(rest);
  return (action: string, arn: string): string => `${action.toLowerCase()} ${arn} ${shared}`;
}

/** One result of several: an action that is allowed on each of them. */
const resultOf = (EvalActionName: string, all: readonly Permit[]): Result => ({
  EvalActionName,
  EvalDecision: 'allowed',
  ResourceSpecificResults: all.map(({ row }) => row),
  ...defined({ OrganizationsDecisionDetail: all[0]?.scp }),
});
