/**
 * A command line in a sentence: it is known to be one from where the sentence is written, and nothing finds it by its
 * form. Between the marks it is spelled as it is typed here and kept in one row; what shows, prints or writes down a text
 * takes the marks out (`escapeControlChars`, `unmarked`). They are no characters of any text: Unicode leaves them to
 * programs for use inside themselves, and AWS takes them in no name.
 */
export const asCommand = (line: string): string => `${begins}${withoutMarks(unmarked(line))}${ends}`;

const begins = '\ufdd0';
const ends = '\ufdd1';
const anyMark = /[\ufdd0\ufdd1]/;
const marked = /\ufdd0([^\ufdd0\ufdd1]*)\ufdd1/g;

/**
 * A text from elsewhere (AWS, a journal, a setting), in which nothing is taken for a mark: either character is spelled as
 * it is shown anyway. Whatever text comes in goes through it, and no name of AWS's has one to lose.
 */
export const withoutMarks = (text: string): string =>
  anyMark.test(text) ? text.replaceAll(begins, '⟪U+FDD0⟫').replaceAll(ends, '⟪U+FDD1⟫') : text;

/** The same of all texts in a value of JSON. `json`: what it was read from. */
export const jsonWithoutMarks = (value: unknown, json: string): unknown =>
  /[\ufdd0\ufdd1]|\\ufdd0|\\ufdd1/i.test(json) ? deeply(value) : value;
function deeply(value: unknown): unknown {
  if (typeof value === 'string') return withoutMarks(value);
  if (Array.isArray(value)) return value.map(deeply);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [withoutMarks(name), deeply(one)]));
}

/** A text as others read it: its commands are words like the others. */
export const unmarked = (text: string): string =>
  text.includes(begins) ? text.replace(marked, (_, line: string) => line) : text;

/** The words of a text, each with the blanks before it. A command is one word. */
export const wordsOf = (text: string): readonly Word[] =>
  Array.from(text.matchAll(/(\s*)((?:\ufdd0[^\ufdd0\ufdd1]*\ufdd1|\S)+)/gu), ([, blank = '', word = '']) => ({
    blank,
    word: unmarked(word),
  }));
export interface Word {
  readonly blank: string;
  readonly word: string;
}
/** True where a text is a command and nothing else. */
export const isCommand = (text: string): boolean => /^\s*\ufdd0[^\ufdd0\ufdd1]*\ufdd1\s*$/.test(text);

/** A text with its parts made into others, and its commands still known. */
export const inParts = (text: string, made: (part: string) => string): string =>
  text.includes(begins)
    ? text
        .split(/(\ufdd0[^\ufdd0\ufdd1]*\ufdd1)/)
        .map((part, n) => (n % 2 === 1 ? asCommand(made(unmarked(part))) : made(part)))
        .join('')
    : made(text);

/**
 * Spells this program's own commands in a text the way it was started here, so that they work as typed: 'cw-runbook
 * undo' becomes 'npx cw-runbook undo'. What is written for others, such as a hand-off's file or the audit log, is not
 * spelled: it keeps the neutral form.
 */
export type Own = (text: string) => string;

/** As it is: for others, and where it is not known how the program was started. */
export const neutral: Own = (text) => text;

/** How the program is started here. `demo`: of the demo, where that has a form of its own. */
export interface StartedAs {
  readonly start: string;
  /** `flags`: the same with flags behind it. */
  readonly demo?: { readonly start: string; readonly flags: string };
}

/** Variables before the program's name, the name, and whether it is the demo's command, with flags or without. */
const ours = /^((?:[A-Z_]+=(?:'[^']*'|\S)+ )*)cw-runbook(?![\w-])(?: (demo)(?![\w-])( (?=-))?)?/;

/** How commands are spelled by a program that was started so. */
export function ownCommands({ start, demo }: StartedAs): Own {
  if (start === 'cw-runbook' && !demo) return neutral;
  const spelled = (line: string): string =>
    line.replace(ours, (_, variables: string, isDemo?: string, flags?: string) => {
      if (isDemo && demo) return `${variables}${flags ? `${demo.flags} ` : demo.start}`;
      return `${variables}${start}${isDemo ? ` ${isDemo}` : ''}${flags ?? ''}`;
    });
  // What is spelled already begins with how the program is started, and is left as it is.
  return (text) => text.replace(marked, (_, line: string) => asCommand(spelled(line)));
}
