import { graphemes } from './graphemes.ts';
import { span, widthOf } from './line.ts';
import type { Page } from './page.ts';

/** A name in so many columns, cut in the middle: names of one organization begin alike, and differ at their ends. */
export function cutMiddle(text: string, columns: number, page: Page): string {
  const width = (part: string): number => widthOf([span(page, part)]);
  if (width(text) <= columns) return text;
  const sign = '…';
  const room = Math.max(1, columns - width(sign));
  const letters = [...graphemes(text)];
  let [head, tail] = ['', ''];
  for (let n = 0; n < letters.length; n++) {
    // In turns, the end first: the whole of it fits one letter more than the beginning at most.
    const [before, behind] = [
      letters[Math.floor(n / 2)] ?? '',
      letters[letters.length - 1 - Math.floor(n / 2)] ?? '',
    ];
    const more = n % 2 === 0 ? { head, tail: behind + tail } : { head: head + before, tail };
    if (width(more.head) + width(more.tail) > room) break;
    ({ head, tail } = more);
  }
  return head + sign + tail;
}
