import type { Aws } from '../../model/reader.ts';

/** What IAM's policy simulator allowed, by what it was asked. Milliseconds since 1970. */
export type Allowed = Map<string, { readonly at: number; readonly pages: readonly unknown[] }>;
/** A permission that is lost meanwhile is seen all the same: AWS refuses then, and says so. */
const longest = 300_000; // ms

/**
 * The same way into AWS for one look. Who the caller is, it asks once. What was allowed under the same question is not
 * asked again for five minutes; what was denied, or not known, is asked each time: somebody may have mended it. `now`:
 * milliseconds since 1970.
 */
export function cacheReads(aws: Aws, allowed: Allowed, now: () => number): Aws {
  let caller: Promise<unknown> | undefined;
  return {
    ...aws,
    read: (operation, input, limit) => {
      if (operation !== 'sts:GetCallerIdentity') return aws.read(operation, input, limit);
      caller ??= aws.read(operation, input);
      return caller as ReturnType<typeof aws.read<typeof operation>>;
    },
    pages: async function* (operation, input, limit) {
      if (operation !== 'iam:SimulatePrincipalPolicy') {
        yield* aws.pages(operation, input, limit);
        return;
      }
      const key = JSON.stringify(input);
      const known = allowed.get(key);
      if (known && known.at <= now() && now() - known.at < longest) {
        yield* known.pages as Awaited<ReturnType<typeof aws.read<typeof operation>>>[];
        return;
      }
      const pages = [];
      for await (const page of aws.pages(operation, input, limit)) {
        pages.push(page);
        yield page;
      }
      if (pages.every(isAllowed)) allowed.set(key, { at: now(), pages });
    },
  };
}

interface Result {
  readonly EvalDecision?: string | undefined;
  readonly MissingContextValues?: readonly string[] | undefined;
  readonly ResourceSpecificResults?:
    | readonly { readonly EvalResourceDecision?: string | undefined }[]
    | undefined;
}
/** An answer about nothing allows nothing. */
function isAllowed(page: unknown): boolean {
  const { EvaluationResults: results = [] } = page as { readonly EvaluationResults?: readonly Result[] };
  return (
    results.length > 0 &&
    results.every(
      ({ EvalDecision, MissingContextValues = [], ResourceSpecificResults = [] }) =>
        EvalDecision === 'allowed' &&
        MissingContextValues.length === 0 &&
        ResourceSpecificResults.every((one) => one.EvalResourceDecision === 'allowed'),
    )
  );
}
