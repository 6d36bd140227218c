import { unseenAs } from './escape-control-chars.ts';
import { unmarked } from './own-commands.ts';

/**
 * A text of JSON that means the same, in which a terminal finds nothing to act upon and a reader nothing hidden: what JSON
 * leaves as it is and nobody sees becomes \uXXXX.
 */
export const seenJson = (json: string): string =>
  unseenAs(unmarked(json), (found) =>
    [...Array(found.length).keys()]
      .map((n) => `\\u${found.charCodeAt(n).toString(16).padStart(4, '0')}`)
      .join(''),
  );
