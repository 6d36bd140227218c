import type { Step } from '../../model/step.ts';
import type { Block } from '../../presentation/block.ts';
import { present } from '../../presentation/present.ts';
import { describeGoal } from '../../presentation/texts.ts';
import type { Asked, Start } from './start.ts';

/** All that is presented with a question, and decides: what is there to be read, and how everything stands. */
function blocksOf(asked: Asked, { run }: Start): readonly Block[] {
  const { body, details } = present(asked, {
    run: run(),
    steps: [asked.step],
    endpoint: run().endpoint,
  });
  return [...body, ...details.flatMap(({ of, blocks }) => (of === 'checks' ? blocks : []))];
}

/** What is asked, in a sentence. */
export const questionOf = (asked: Asked, { run }: Start): string =>
  present(asked, { run: run(), steps: [asked.step], endpoint: run().endpoint }).question;

/** What is to be read, and what else is said, beside a question: each once, before anything rests on it. */
export function sayBeside(asked: Asked, start: Start): void {
  sayWarnings(asked, start);
  for (const block of blocksOf(asked, start))
    if (block.is === 'note' || block.is === 'consequence')
      start.sayOnce(`note         ${asked.step.id}: ${block.text}`);
}

/** What has to be read although it holds. */
export function sayWarnings(asked: Asked, start: Start): void {
  const say = (text: string): void => start.sayOnce(`warning      ${asked.step.id}: ${text}`);
  for (const block of blocksOf(asked, start)) {
    if (block.is === 'goal' && block.goal.is === 'warning') say(describeGoal(block.goal));
    if (block.is === 'warning') say([block.text, ...(block.under ?? [])].join(' '));
  }
}

/** What is attested is said: nobody has to take the file's word for what was to be read. */
export function readOut({ id, document }: Step, say: (line: string) => void): void {
  for (const text of document.says) say(`read         ${id}: ${text}`);
}
