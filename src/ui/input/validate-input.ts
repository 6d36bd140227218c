import { validateRoleArn } from '../../model/identity.ts';
import { isOneOf, plainRoleArn } from '../../model/text/account-id.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { Ask } from '../session/ask.ts';
import type { Mode } from './state.ts';
import { textIn } from './text-box.ts';

type Typing = Extract<Mode, { is: 'code' | 'text' | 'typed' | 'reason' | 'role' }>;

/** Words that may be typed: “Shared Services” or “444455556666”. */
export const quoted = (words: readonly string[]): string => words.map((word) => `“${word}”`).join(' or ');

/** What is wrong with what is typed so far; undefined where Enter would take it. */
export function inputError(ask: Ask, mode: Typing): string | undefined {
  const text = textIn(mode.box).trim();
  switch (mode.is) {
    case 'text': {
      if (ask.is !== 'question') return undefined;
      const { pattern } = ask.question;
      if (text === '') return 'Type an answer first.';
      return pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(text)
        ? `Invalid value. ${likeness(ask, 'taken')}`
        : undefined;
    }
    case 'code':
      return /^\d{6}$/.test(text) ? undefined : 'A code has 6 digits. Read it from the device.';
    case 'role':
      return validateRoleArn(plainRoleArn(text));
    case 'typed':
      return isOneOf(mode.words, text) ? undefined : `Not what was asked for. Type ${quoted(mode.words)}.`;
    case 'reason':
      return text === '' && mode.about.do !== 'hand-off'
        ? 'A reason is required; it is recorded in the audit log.'
        : undefined;
    default:
      return unreachable(mode);
  }
}

/** The same while it is being typed: what may still become right is not called wrong. */
export function inputErrorSoFar(ask: Ask, mode: Typing): string | undefined {
  const text = textIn(mode.box).trim();
  if (text === '') return undefined;
  switch (mode.is) {
    case 'text':
      return inputError(ask, mode) === undefined ? undefined : likeness(ask, 'so far');
    case 'role':
      return 'arn:aws:iam::'.startsWith(text) || beginsRole.test(text) ? undefined : inputError(ask, mode);
    case 'typed':
      return mode.words.some((word) => word.startsWith(text) || word.startsWith(text.replaceAll('-', '')))
        ? undefined
        : inputError(ask, mode);
    case 'code':
      return /^\d{1,6}$/.test(text) ? undefined : inputError(ask, mode);
    case 'reason':
      return undefined;
    default:
      return unreachable(mode);
  }
}
const beginsRole = /^arn:aws:iam::[\d-]{0,14}(:r?o?l?e?\/?)?$/;
/** What is taken: said in words where there are some. */
function likeness(ask: Ask, when: 'taken' | 'so far'): string {
  if (ask.is !== 'question') return '';
  const { allowed, example, pattern } = ask.question;
  return allowed === undefined
    ? `${when === 'taken' ? 'It' : 'Not yet: it'} has to look like ${example ?? pattern}.`
    : `Allowed: ${allowed}${example === undefined ? '' : `, such as ${example}`}.`;
}
