import type { Ask } from '../../engine/ask.ts';
import type { Run } from '../../model/run.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import type { Block } from '../../presentation/block.ts';
import { present } from '../../presentation/present.ts';
import { askLine } from '../process/ask-line.ts';
import { print } from '../process/output.ts';

export type Agreed = 'yes' | 'no' | 'interrupted';
/** Shows whose credentials they are, and asks whether they may be used. */
export type Accepts = (asked: Extract<Ask, { is: 'accept' }>, run: Run) => Promise<Agreed>;

/** A question that y answers: everything else is no. */
export async function askYes(question: string): Promise<Agreed> {
  const reply = await askLine(`${question} (y/n) `);
  if (typeof reply !== 'string') return 'interrupted';
  return /^y(es)?$/i.test(reply) ? 'yes' : 'no';
}

/** Undefined where nobody is there to be asked. */
export const acceptsAtTerminal = (): Accepts | undefined =>
  process.stdin.isTTY && process.stdout.isTTY ? accepts : undefined;

const accepts: Accepts = (asked, run) => {
  const { body } = present(asked, { run, steps: [asked.step], endpoint: run.endpoint });
  const lines = ['', ...body.flatMap(linesOf), 'Only reads are sent. Nothing is changed at AWS.'];
  print(lines.map((line) => `${escapeControlChars(line)}\n`).join(''));
  return askYes('Use these credentials?');
};

function linesOf(block: Block): readonly string[] {
  switch (block.is) {
    case 'fact':
      return [`${block.label.padEnd(width)}${block.text}`];
    case 'warning':
      return [`! ${[block.text, ...(block.under ?? [])].join(' ')}`];
    case 'text':
      return block.spare ? [] : [block.text];
    default:
      return [];
  }
}
const width = 'Belongs to'.length + 2;
