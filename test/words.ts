import { assigning } from '../steps/assignments/assignments.ts';
import { steps } from '../steps/index.ts';
import { says } from '../steps/permission-sets/plan-permission-set.ts';
import { deleting } from '../steps/permission-sets/undo-permission-set.ts';
import { registering } from '../steps/register-delegated-administrator.ts';

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
/** What a step is called in the list of steps. */
export function shortOf(id: string): string {
  const { short } = steps.find((step) => step.id === id) ?? {};
  if (short === undefined) throw new Error(`there is no step ${id}, or it has no short name`);
  return short;
}
const parted = (sentence: (...names: readonly [string, string, string]) => string): readonly string[] =>
  sentence('\n', '\n', '\n').split('\n');
const sentences = {
  register: parted(registering),
  create: parted(says.create),
  give: parted(says.give),
  assign: parted(assigning),
  delete: parted(deleting),
};
const begins = ([first = '']: readonly string[]): string => first.trim();
/** How the sentence of a change begins, up to the first name in it. */
export const changes = {
  register: begins(sentences.register),
  create: begins(sentences.create),
  give: begins(sentences.give),
  assign: begins(sentences.assign),
  delete: begins(sentences.delete),
};
/** A text in which questions and changes are told by their ids, and no longer in their words. */
export function withoutWords(text: string): string {
  let told = text;
  for (const { id, questions } of steps)
    for (const [question, { says: words }] of Object.entries(questions))
      if (typeof words === 'string' && words.endsWith('?'))
        told = told.replaceAll(words, `‹${id}.${question}›`);
  for (const [name, parts] of Object.entries(sentences)) {
    const pattern = parts
      .map(escaped)
      .join('(.+?)')
      .replace(/\(\.\+\?\)$/, '([\\w+=@-]+)');
    told = told.replace(
      new RegExp(pattern, 'g'),
      (_, ...names: readonly unknown[]) => `‹${name}: ${names.slice(0, parts.length - 1).join(', ')}›`,
    );
  }
  return told;
}
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** A pattern with texts in it, which stand for themselves: seeing`${questionOf('step.question')}[\s\S]*Enter choose`. */
export const seeing = ({ raw }: TemplateStringsArray, ...texts: readonly string[]): RegExp =>
  new RegExp(String.raw({ raw }, ...texts.map(escaped)));
