import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import type { Required } from '../model/evidence/authorization.ts';
import { defined } from '../model/text/defined.ts';
import { JournalError } from './errors.ts';

/**
 * What `settings.json` requires before a change is made, where an organization has written it there: `requireTicket`, a
 * regular expression, and `requireApprover`. Nothing where there is no such file, or it is damaged: that is said where it
 * is opened. Throws `JournalError` for a requirement that cannot be read.
 */
export async function requirementsIn(home: string): Promise<Required> {
  const file = join(home, 'settings.json');
  const { requireTicket, requireApprover } = membersIn(file);
  const wrong = (name: string, form: string): JournalError =>
    new JournalError(
      'foreign',
      `${name} in ${file} is not ${form}. Nothing was changed.`,
      'Correct it, or delete the line.',
    );
  if (requireTicket !== undefined && !isExpression(requireTicket))
    throw wrong('requireTicket', 'a regular expression');
  if (requireApprover !== undefined && typeof requireApprover !== 'boolean')
    throw wrong('requireApprover', 'true or false');
  return defined({ ticket: requireTicket, approver: requireApprover });
}

function membersIn(file: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
function isExpression(value: unknown): value is string {
  try {
    return typeof value === 'string' && new RegExp(value, 'u') !== undefined;
  } catch {
    return false;
  }
}

/** Milliseconds, by the clock: an expression that comes to an end takes less than one of them. */
const patience = 1000;
/**
 * Whether all of a text has the form of a regular expression. Who wrote it may not know how long one can take: undefined
 * where it finds no end in time, or the system has not enough room for it.
 */
export function fitsForm(text: string, form: string, within = patience): boolean | undefined {
  try {
    return runInContext("new RegExp('^(?:' + form + ')$', 'u').test(text)", createContext({ text, form }), {
      timeout: within,
    });
  } catch {
    return undefined;
  }
}
