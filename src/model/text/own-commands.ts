/**
 * Spells this program's own commands in a text the way it was started here, so that they work as typed: 'cw-runbook
 * undo' becomes 'npx cw-runbook undo'. A text that is 'cw-runbook' and nothing else is a command, too. What is written
 * for others, such as a hand-off's file or the audit log, is not spelled: it keeps the neutral form.
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

const name = 'cw-runbook';

/** `commands`: the words that are commands when they follow the program's name; in any other place it is only a name. */
export function ownCommands({ start, demo }: StartedAs, commands: readonly string[]): Own {
  if (start === name && !demo) return neutral;
  const words = commands.join('|');
  // Once: what is spelled already is left as it is.
  const before = start.endsWith(` ${name}`) ? `(?<!${start.slice(0, -name.length)})` : '';
  const typed = new RegExp(
    `${before}(?<![\\w/@.-])${name}(?: (?:(${words})(?![\\w-])|(?=--[a-z])))( (?=--[a-z]))?`,
    'g',
  );
  return (text) => {
    if (!text.includes(name)) return text;
    if (text === name) return start;
    return text.replace(typed, (_, command: string | undefined, flags: string | undefined) => {
      if (command === 'demo' && demo) return flags ? `${demo.flags} ` : demo.start;
      return `${start} ${command ?? ''}${flags ?? ''}`;
    });
  };
}
