import { defined } from '../../model/text/defined.ts';

/** One thing that was looked at, and how it stands. `remedy`: what to do about it. */
export interface Check {
  readonly about: string; // a word
  readonly is: 'ok' | 'fails' | 'warns' | 'unknown';
  readonly found: string;
  readonly remedy?: string;
  /** It may pass by itself: the network, or AWS's being busy. */
  readonly passing?: true;
}
const check =
  (is: Check['is']) =>
  (about: string, found: string, remedy?: string): Check => ({
    about,
    is,
    found,
    ...defined({ remedy }),
  });
export const ok = check('ok');
export const fails = check('fails');
export const warns = check('warns');
export const unknown = check('unknown');
