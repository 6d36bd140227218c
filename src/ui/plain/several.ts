import type { Asking } from '../input/binding.ts';
import { answer, marksAll } from '../input/list-keys.ts';
import type { Row } from '../input/row.ts';
import { type Picker, toggleAll, visible } from '../input/state.ts';
import { textBox } from '../input/text-box.ts';
import type { Meaning, Picking } from './meaning.ts';

/** Numbers of lines as people write them: '3', '1,3 5', '2-4'; marked only with + before, unmarked with -. */
const numbers = /^([+-]?)\s*(\d{1,9}(?:\s*-\s*\d{1,9})?(?:[\s,;]+\d{1,9}(?:\s*-\s*\d{1,9})?)*)[\s,;]*$/;

/** What a line means where several may be chosen. Undefined: what it means in every list. */
export function ofSeveral(text: string, { ask, ui }: Asking, mode: Picking): Meaning | undefined {
  const { picker } = mode;
  const marked = picker.chosen ?? [];
  const found = visible(picker);
  const set = (next: Picker): Meaning => ({
    is: 'list',
    ui: { ...ui, mode: { ...mode, picker: next } },
    from: 0,
  });
  const take = (values: readonly string[]): Meaning => ({
    is: 'press',
    press: answer(ask, ui, picker, [...new Set(values)]),
  });
  const shows = picker.filter.characters.length > 0;
  if (text === '') return marked.length > 0 ? take(marked) : undefined;
  if (text === 'none') return set({ ...picker, chosen: [] });
  const all = text === 'a' || (text === 'all' && !shows);
  if (all && !marksAll(picker))
    return { is: 'no', says: 'All of them at once cannot be marked. Search first: type part of a name.' };
  if (all) return set(toggleAll(picker));
  const [, sign = '', said = ''] = numbers.exec(text) ?? [];
  // A number that no line has is searched for: an account's id is one.
  if (said === '' || (sign === '' && /^\d+$/.test(said) && Number(said) > found.length)) return undefined;
  const lines = linesOf(said, found);
  if (typeof lines === 'string') return { is: 'no', says: `${lines} Nothing is taken.` };
  const values = lines.flatMap(({ value }) => value ?? []);
  if (sign === '') return take([...marked, ...values]);
  const rest = marked.filter((one) => !values.includes(one));
  return set({ ...picker, filter: textBox(), chosen: sign === '+' ? [...rest, ...values] : rest });
}

/** The lines of these numbers, or what is wrong with them. */
function linesOf(said: string, found: readonly Row[]): readonly Row[] | string {
  const chosen: Row[] = [];
  for (const part of said.replace(/\s*-\s*/g, '-').split(/[\s,;]+/)) {
    const [first = 0, last = first] = part.split('-').map(Number);
    const beyond = [first, last].find((n) => n < 1 || n > found.length);
    if (beyond !== undefined)
      return `There is no line ${beyond}: ${found.length === 1 ? 'there is one' : `they go from 1 to ${found.length}`}.`;
    if (last < first) return `${part} is nothing from and to: the smaller number comes first.`;
    for (const [n, row] of found.slice(first - 1, last).entries()) {
      if (row.not !== undefined) return `Line ${first + n} cannot be chosen: ${row.not}.`;
      chosen.push(row);
    }
  }
  return chosen;
}
