import { defined } from '../organization/defined.ts';
import { hash } from '../organization/ids.ts';

/** Members that say which page is wanted. IAM has the last two. */
const ofPage = new Set(['MaxResults', 'NextToken', 'MaxItems', 'Marker']);
/** Which list is asked for: by the operation and all that is given besides the page. Never shown. */
export const listOf = (operation: string, input: object): string =>
  `${operation} ${JSON.stringify(Object.entries(input).filter(([name]) => !ofPage.has(name)))}`;

/**
 * One page of a list: AWS's `MaxResults` and an opaque `NextToken` that fits this list alone. `of`: as `listOf` says.
 * `size`: how many where none is asked for. Throws what `invalid` throws for a token that was not made here.
 */
export function page<T>(
  list: readonly T[],
  { MaxResults, NextToken }: { readonly MaxResults?: number; readonly NextToken?: string },
  options: { readonly of: string; readonly size: number; readonly invalid: () => never },
): { readonly items: T[]; readonly next: { readonly NextToken?: string } } {
  const start = NextToken === undefined || NextToken === '' ? 0 : startOf(NextToken, options);
  const end = start + (MaxResults ?? options.size);
  return {
    items: list.slice(start, end),
    next: defined({ NextToken: end < list.length ? tokenFor(options.of, end) : undefined }),
  };
}

/** Letters and digits only: every service's pattern for tokens allows them. */
const tokenFor = (of: string, start: number): string =>
  Buffer.from(JSON.stringify({ start, proof: proofOf(of, start) })).toString('hex');
const proofOf = (of: string, start: number): string => hash(`${of} ${start}`).toString('hex').slice(0, 24);

function startOf(
  token: string,
  { of, invalid }: { readonly of: string; readonly invalid: () => never },
): number {
  let told: unknown;
  try {
    told = JSON.parse(Buffer.from(token, 'hex').toString());
  } catch {
    return invalid();
  }
  if (typeof told !== 'object' || told === null || !('start' in told) || !('proof' in told)) return invalid();
  const { start, proof } = told;
  return typeof start === 'number' && proof === proofOf(of, start) ? start : invalid();
}
