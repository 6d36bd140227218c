import { steps } from '../steps/index.ts';

// Whoever waits for a question of the real runbook names it by its ids: its words may change.

/** What a question says: 'step.question'. */
export function questionOf(key: string): string {
  const [step = '', question = ''] = key.split('.');
  const { says } = steps.find(({ id }) => id === step)?.questions[question] ?? {};
  if (typeof says !== 'string') throw new Error(`no step asks ${key} in words that are always the same`);
  return says;
}
/** What a step is called. */
export function titleOf(id: string): string {
  const { title } = steps.find((step) => step.id === id) ?? {};
  if (title === undefined) throw new Error(`there is no step ${id}`);
  return title;
}
/** A pattern with texts in it, which stand for themselves: seeing`${questionOf('step.question')}[\s\S]*Enter choose`. */
export const seeing = ({ raw }: TemplateStringsArray, ...texts: readonly string[]): RegExp =>
  new RegExp(String.raw({ raw }, ...texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))));
