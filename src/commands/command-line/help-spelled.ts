import type { Own } from '../../model/text/own-commands.ts';

/** Help, with the program's own commands as they are typed here: also the one that is its name and nothing else. */
export const helpSpelled = (text: string, own: Own): string =>
  text
    .split('\n')
    .map((row) =>
      own(row).replace(/^( *|Usage: )cw-runbook(?=$| \[)/, (_, lead) => `${lead}${own('cw-runbook')}`),
    )
    .join('\n');
