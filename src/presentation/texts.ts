import type { Goal } from '../model/plan.ts';
import { unreachable } from '../model/text/unreachable.ts';
import type { Block, Sign } from './block.ts';

/** Blocks as plain texts, for where nothing is laid out: each a line, however long. */
export const textsOf = (blocks: readonly Block[]): readonly string[] => blocks.flatMap(textOf);

function textOf(block: Block): readonly string[] {
  switch (block.is) {
    case 'text':
    case 'note':
    case 'consequence':
    case 'command':
    case 'comment':
      return [block.text.trim()];
    case 'change':
      return [
        `change${block.number === undefined ? '' : ` ${block.number}`}${block.dangerous ? ', with care' : ''}: ${block.text}`,
      ];
    case 'warning':
      return [block.text, ...indented(block.under)];
    case 'item':
      return block.under === undefined
        ? [`${signOf(block.sign)}${block.text}`]
        : [`${signOf(block.sign)}${block.text}:`, ...indented(block.under)];
    case 'fact':
      return [block.label === '' ? block.text : `${block.label}: ${block.text}`];
    case 'cells':
      return [block.cells.map((one) => `${one.text}${one.care ? ' (!)' : ''}`).join(', ')];
    case 'passed':
      return [`${block.label}: passed: ${block.all.join('; ')}`];
    case 'goal':
      return goalTexts(block);
    case 'link':
      return [block.title === undefined ? block.url : `${block.title}: ${block.url}`];
    case 'member':
      return [`${block.name}: ${block.policy ?? block.text}`];
    case 'gap':
      return [];
    default:
      return unreachable(block);
  }
}
const indented = (texts: readonly string[] = []): readonly string[] => texts.map((one) => `  ${one}`);
const signs: Readonly<Partial<Record<Sign, string>>> = { comes: '+ ', goes: '- ', replaces: '~ ' };
const signOf = (sign: Sign): string => (typeof sign === 'number' ? `${sign}. ` : (signs[sign] ?? ''));

function goalTexts({
  goal,
  command,
  as = [],
  explained = [],
}: Extract<Block, { readonly is: 'goal' }>): readonly string[] {
  const says = describeGoal(goal);
  switch (goal.is) {
    case 'wrong':
      return [says, `What to do: ${goal.remedy}`];
    case 'unknown':
      return [says, ...explained];
    case 'by-hand':
      return [says, `Where: ${goal.console}`, ...as, ...(command === undefined ? [] : [command])];
    case 'met':
    case 'warning':
    case 'change':
    case 'open':
      return [says];
    default:
      return unreachable(goal);
  }
}

/** A goal and how it stands, in one sentence. */
export function describeGoal(goal: Goal): string {
  switch (goal.is) {
    case 'met':
    case 'warning':
      return `${goal.says}: ${sentence(goal.found)}`;
    case 'wrong':
      return goal.found === ''
        ? sentence(goal.says)
        : `Check failed: ${goal.says}. Found: ${sentence(goal.found)}`;
    case 'unknown':
      return `${goal.says}: could not be checked: ${sentence(goal.why)}`;
    case 'by-hand':
    case 'change':
    case 'open':
      return goal.says;
    default:
      return unreachable(goal);
  }
}
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
