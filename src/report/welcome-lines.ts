import type { SinceThen, Welcome } from '../model/progress/welcome.ts';
import { timeOf } from './card-lines.ts';
import { describeSince } from './lines.ts';

/** For whoever takes a run up again. */
export const welcomeText = ({ at, done, of, by, left }: Welcome): string => {
  const who = by === undefined ? 'Welcome back: you were here' : `Last worked on by ${by},`;
  const far =
    left === undefined
      ? `${done} of ${of} steps done`
      : `${left === 1 ? '1 step is' : `${left} steps are`} still to undo`;
  return `${who} on ${timeOf(at)}; ${far}.`;
};

/** What has changed at AWS since then, a sentence each. */
export const sinceLines = ({ looked, changed }: SinceThen): readonly string[] =>
  changed.length === 0
    ? [
        // As short as a row of a narrow window.
        `Since then at AWS: nothing changed (${looked.length === 1 ? '1 step' : `${looked.length} steps`}).`,
      ]
    : changed.map(({ step, since }) => `Since then at AWS: ${step.title}: ${describeSince(since).join(' ')}`);
