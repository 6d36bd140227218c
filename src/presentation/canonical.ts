import { unmarked } from '../model/text/own-commands.ts';
import type { AskOf } from './ask.ts';
import { present } from './present.ts';
import type { Around } from './presentation.ts';
import { textsOf } from './texts.ts';

/**
 * All of a confirmation as one text: what is on the screen and what is one key away, the calls with everything in them,
 * the same whatever the window's size, its colors, and what is unfolded. Its SHA-256 is what was agreed to.
 */
export function confirmationText(ask: AskOf<'confirm'>, { run, endpoint }: Omit<Around, 'steps'>): string {
  // Which change it is of how many is no part of what is agreed to.
  const { title, about, who, body, details, question } = present(ask, { run, endpoint, steps: [] });
  const text = [
    title,
    about,
    ...textsOf(who),
    '',
    ...textsOf(body),
    ...details.flatMap((one) => {
      const texts = textsOf(one.blocks);
      return texts.length === 0 ? [] : ['', one.title, ...texts];
    }),
    '',
    question,
    '',
  ].join('\n');
  return unmarked(text);
}
