import { createHash } from 'node:crypto';
import type { Operation } from '../model/operations.ts';
import { notUnderstood } from './answers.ts';

/** No listing is so long: 100,000 users come on 1,000 pages. */
const mostPages = 5_000;
/** AWS may leave pages empty in between; so many in a row it does not. */
const mostEmpty = 100;

/** Looks at the pages of one listing as they come. Throws `OutcomeUnknown` for one that goes round or does not end. */
export function listingOf(operation: Operation): (page: object, next: object | undefined) => void {
  const seen = new Set<string>();
  let [pages, empty] = [0, 0];
  return (page, next) => {
    if (next === undefined) return;
    const {
      NextToken: _,
      Marker: __,
      ...rest
    } = page as { readonly NextToken?: unknown; readonly Marker?: unknown };
    const holds = Object.values(rest).some((value) => Array.isArray(value) && value.length > 0);
    const marks = [`token ${digest(next)}`, ...(holds ? [`page ${digest(rest)}`] : [])];
    if (marks.some((mark) => seen.has(mark)))
      throw notUnderstood(operation, 'the same page comes again and again');
    for (const mark of marks) seen.add(mark);
    pages += 1;
    empty = holds ? 0 : empty + 1;
    if (pages >= mostPages) throw notUnderstood(operation, `after ${mostPages} pages it has not ended`);
    if (empty >= mostEmpty)
      throw notUnderstood(operation, `${mostEmpty} pages in a row are empty, and more are to follow`);
  };
}
/** A listing of 100,000 is not kept to be compared. */
const digest = (value: object): string => createHash('sha256').update(JSON.stringify(value)).digest('base64');
