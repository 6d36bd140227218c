import type { Question } from '../../src/model/question.ts';

/** The questions about a set that every step asks that makes one. */
export const nameQuestion = {
  as: 'text',
  pattern: '[A-Za-z0-9_+=,.@\\-]{1,32}',
  allowed: 'up to 32 letters, digits and + = , . @ _ -',
} as const satisfies Partial<Question>;
/** AWS takes so many characters. */
export const longestName = 32;
export const existingQuestion = {
  says: 'A permission set of this name exists and differs. What do you want to do?',
  as: 'choice',
  noDefault: true,
} as const satisfies Question;
