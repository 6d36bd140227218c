import { type Display, type Page, pageOf } from '../../src/ui/text/page.ts';

/** What most terminals show. */
export const display: Display = { charset: 'unicode', colors: 'sixteen', spoken: false };
/** So many columns of it. */
export const across = (width: number, of: Partial<Display> = {}): Page =>
  pageOf({ ...display, ...of }, width);
