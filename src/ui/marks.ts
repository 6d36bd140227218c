import type { Goal, Standing } from '../model/plan.ts';
import type { Tone } from './line.ts';

interface Mark {
  readonly glyph: string;
  readonly word: string;
  readonly tone: Tone;
}
/** How a goal stands: a sign, and a word for whoever does not know the sign. */
export const goalMarks: Readonly<Record<Goal['is'], Mark>> = {
  met: { glyph: '✓', word: 'done', tone: 'good' },
  change: { glyph: '•', word: 'to do', tone: 'accent' },
  'by-hand': { glyph: '»', word: 'by hand', tone: 'accent' },
  open: { glyph: '○', word: 'open', tone: 'accent' },
  wrong: { glyph: '✗', word: 'fails', tone: 'bad' },
  unknown: { glyph: '?', word: 'unknown', tone: 'warn' },
  warning: { glyph: '!', word: 'read this', tone: 'warn' },
};
export const standingMarks: Readonly<Record<Standing | 'unseen' | 'remembered' | 'under-way', Mark>> = {
  done: { glyph: '✓', word: 'done', tone: 'good' },
  'to-do': { glyph: '•', word: 'to do', tone: 'accent' },
  question: { glyph: '○', word: 'open', tone: 'accent' },
  'by-hand': { glyph: '»', word: 'by hand', tone: 'accent' },
  unknown: { glyph: '?', word: 'unknown', tone: 'warn' },
  blocked: { glyph: '✗', word: 'fails', tone: 'bad' },
  unseen: { glyph: ' ', word: 'not yet seen', tone: 'dim' },
  remembered: { glyph: '·', word: 'as last seen', tone: 'dim' },
  'under-way': { glyph: '~', word: 'under way', tone: 'warn' },
};
