/** What our requests say in their user agent, and CloudTrail keeps. */
interface Marks {
  readonly run?: string; // md/run#…
  readonly attempt?: string; // md/act#…
  readonly head?: string; // md/head#…
}
/** A text as it stands in a user agent. */
export const markOf = (text: string): string => text.replace(/[^A-Za-z0-9._-]+/g, '-');

const names = { 'md/run': 'run', 'md/act': 'attempt', 'md/head': 'head' } as const;
/** The marks in a user agent. Of one that stands twice the last counts: ours are added at its end. */
export function marksIn(userAgent: string): Marks {
  const found: { run?: string; attempt?: string; head?: string } = {};
  for (const word of userAgent.split(' ')) {
    const at = word.indexOf('#');
    const name = word.slice(0, at);
    if (at > 0 && Object.hasOwn(names, name)) found[names[name as keyof typeof names]] = word.slice(at + 1);
  }
  return found;
}
