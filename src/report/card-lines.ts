import { addressees, maskEmails, messageSteps } from '../model/text/message.ts';
import { asCommand, neutral, type Own } from '../model/text/own-commands.ts';
import { unreachable } from '../model/text/unreachable.ts';
import type { Card } from './card.ts';
import { filled } from './filled.ts';

interface Layout {
  readonly width: number; // columns
  /** Others may read along: who the message is for is told by user name and masked e-mail, and it is not printed. */
  readonly masked: boolean;
  /** Commands as they are typed here; the neutral form unless given. */
  readonly own?: Own;
}

/** The card as plain lines. */
export function cardLines(told: Card, { width, masked: isMasked, own = neutral }: Layout): readonly string[] {
  const card = isMasked ? masked(told) : told;
  const { done, before, warnings, message, mind } = card;
  const row = (lead: string, text: string): readonly string[] => filled(text, width, lead);
  return [
    ...row('', titleOf(card)),
    '',
    ...(done.length === 0
      ? row('  ', 'This run changed nothing.')
      : done.flatMap((text) => row('  ✓ ', text))),
    ...before.flatMap((text) => row('  = ', text)),
    ...warnings.flatMap((text) => row('  ! ', text)),
    '',
    ...(message === undefined || isMasked ? [] : [...messageRows(message, row), '']),
    ...commandsOf(card, isMasked).flatMap(({ what, command, means }) => [
      ...row('', `${what}:`),
      `  ${own(command)}`,
      ...(means === undefined ? [] : row('  ', own(means))),
    ]),
    ...mind.flatMap((text) => row('Keep in mind: ', text)),
  ];
}
/** The card for where others read along: no e-mail address in it is whole, also where it is a user's name. */
export const masked = (card: Card): Card => ({
  ...card,
  done: card.done.map(maskEmails),
  before: card.before.map(maskEmails),
  warnings: card.warnings.map(maskEmails),
  mind: card.mind.map(maskEmails),
});

/** What an undo does, and what it leaves alone. */
export const undoRemoves = 'It removes what this run made; what others made meanwhile stays.';

const messageRows = (
  message: NonNullable<Card['message']>,
  row: (lead: string, text: string) => readonly string[],
): readonly string[] => [
  ...row('', `Send this to ${addressees(message, false).join(', ')}`),
  ...row('  ', message.says),
  ...messageSteps(message).flatMap((text, n) => row(`  ${n + 1}. `, text)),
];

/** What can be done with the run from here. A command is never broken: it is there to be copied. */
function commandsOf(
  { is, run, message, changes }: Card,
  masked: boolean,
): readonly { readonly what: string; readonly command: string; readonly means?: string }[] {
  const short = run.slice(-8); // as it is shown everywhere
  const ticket = {
    what: 'For the change ticket',
    command: asCommand(`cw-runbook audit export --run ${short} > change.md`),
  };
  if (is !== 'finished') return [ticket];
  const file = {
    what: `The message for ${message ? addressees(message, true).join(', ') : ''}, into a file`,
    command: asCommand(`cw-runbook status --run ${short} --message FILE`),
  };
  return [
    ...(message && masked ? [file] : []),
    ticket,
    ...(changes === 0
      ? []
      : [{ what: 'To undo it', command: asCommand(`cw-runbook undo --run ${short}`), means: undoRemoves }]),
    { what: 'The steps, as last seen', command: asCommand(`cw-runbook status --run ${short}`) },
  ];
}

/** How the run stands, in one line. */
export function titleOf({ is, at, changes, simulated, steps }: Card): string {
  const when = at === undefined ? '' : ` ${timeOf(at)}`;
  const demo = simulated ? ' DEMO: nothing happened at AWS.' : '';
  const count =
    changes === 0
      ? 'Nothing had to be changed.'
      : `${changes} ${changes === 1 ? 'change' : 'changes'}, each read back.`;
  switch (is) {
    case 'finished':
      return `Finished${when}. ${count}${demo}`;
    case 'undone':
      return `Undone${when}: what this run made is gone again.${demo}`;
    case 'half-undone':
      return `Being undone, as of${when}. Not all of it is gone.${demo}`;
    case 'handed-off':
    case 'open': {
      const far = `${steps.done} of ${steps.of} steps done`;
      const where = is === 'open' ? 'Not finished' : 'Handed off, and not finished here';
      const so =
        changes === 0
          ? 'Nothing was changed so far.'
          : `${changes} ${changes === 1 ? 'change' : 'changes'} so far.`;
      return `${where}: ${far}${at === undefined ? '' : `, as of${when}`}. ${so}${demo}`;
    }
    default:
      return unreachable(is);
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** '30 Nov 2026 00:51 UTC'. By hand: a locale costs the program's start some 20 ms. */
export function timeOf(at: number): string {
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}
