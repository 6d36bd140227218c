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
    ...(remedy === undefined ? {} : { remedy }),
  });
export const ok = check('ok');
export const fails = check('fails');
export const warns = check('warns');
export const unknown = check('unknown');

/** How long ago, or in how long, in words. */
export function spoken(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
export const clock = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
