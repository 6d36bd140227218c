import { memoize, memoizeEach } from '../../model/text/memoize.ts';
import { neutral, type Own } from '../../model/text/own-commands.ts';
import type { Charset } from './charset.ts';

export type Colors = 'sixteen' | 'none';
/** What a terminal can show: `terminalOf` finds it out. */
export interface Display {
  readonly charset: Charset;
  readonly colors: Colors;
  /** No screen is drawn: words stand in place of signs. */
  readonly spoken: boolean;
  /** Addresses may be links. */
  readonly links?: boolean;
  /** What is copied has to get past tmux. */
  readonly tmux?: boolean;
  /** This program's own commands, as they are typed here. */
  readonly own?: Own;
}
/** What a text is laid out for. */
export interface Page extends Display {
  readonly own: Own;
  readonly width: number; // columns
  /** What is laid out is to be sent or typed: it is broken where it must be, and nothing of it is left out. */
  readonly whole?: true;
}

/** So many columns of a display. The same page each time, so that what was laid out for it can be kept. */
export const pageOf = (display: Display, width: number): Page => pagesOf(display)(String(width));
const pagesOf = memoizeEach(({ charset, colors, spoken, own = neutral }: Display) =>
  memoize((width: string): Page => ({ charset, colors, spoken, own, width: Number(width) })),
);

/** The same page, for what nothing may be left out of. */
export const wholePage = (page: Page): Page => ({ ...page, whole: true });

/** A part of a page that is so wide. */
export const ofWidth = (page: Page, width: number): Page => pageOf(page, width);
