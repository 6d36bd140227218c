import type { Goal, Standing } from '../../model/plan.ts';
import type { Tone } from './line.ts';
import type { Page } from './page.ts';

interface Mark {
  readonly glyph: string;
  readonly word: string;
  readonly tone: Tone;
  /** What the sign means, for the help. */
  readonly says: string;
}
const done = {
  glyph: '✓',
  word: 'done',
  tone: 'good',
  says: 'done: AWS shows it as it should be',
} as const;
const toDo = {
  glyph: '•',
  word: 'to do',
  tone: 'accent',
  says: 'to do: a change, which you see and confirm first',
} as const;
const byHand = {
  glyph: '»',
  word: 'by hand',
  tone: 'accent',
  says: 'by hand: something that you do yourself',
} as const;
const open = {
  glyph: '○',
  word: 'open',
  tone: 'accent',
  says: 'open: a question for you to answer',
} as const;
const fails = {
  glyph: '✗',
  word: 'fails',
  tone: 'bad',
  says: 'blocked: something has to be fixed first',
} as const;
const unknown = {
  glyph: '?',
  word: 'unknown',
  tone: 'warn',
  says: 'unknown: it could not be checked',
} as const;

/** How a goal stands: a sign, and a word for whoever does not know the sign. */
export const goalMarks: Readonly<Record<Goal['is'], Mark>> = {
  met: done,
  change: toDo,
  'by-hand': byHand,
  open,
  wrong: fails,
  unknown,
  warning: {
    glyph: '!',
    word: 'warning',
    tone: 'warn',
    says: 'warning: it is as it should be, but read this',
  },
};
/** Of a goal that holds: something that the run uses and has not made. */
export const beforeMark: Mark = {
  glyph: '=',
  word: 'was there before',
  tone: 'plain',
  says: 'was there before this run, which uses it and did not make it',
};
export const standingMarks: Readonly<
  Record<Standing | 'passed' | 'unseen' | 'remembered' | 'under-way', Mark>
> = {
  done,
  passed: {
    glyph: '◉',
    word: 'passed',
    tone: 'good',
    says: 'done without stopping: every check was met, nothing had to be read (e opens it)',
  },
  'to-do': toDo,
  question: open,
  'by-hand': byHand,
  unknown,
  blocked: { ...fails, word: 'blocked' },
  unseen: { glyph: ' ', word: '', tone: 'dim', says: 'not checked yet' },
  remembered: {
    glyph: '·',
    word: 'as last seen',
    tone: 'dim',
    says: 'as last seen, when the program was open before',
  },
  'under-way': {
    glyph: '~',
    word: 'under way',
    tone: 'warn',
    says: 'in progress: AWS is working on it, or it is being checked',
  },
};

/** What stands before what is so marked. */
export const signOf = ({ spoken }: Page, { glyph, word }: Mark): string => (spoken ? `${word}:` : glyph);
