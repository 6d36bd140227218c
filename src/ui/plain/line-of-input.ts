import { unreachable } from '../../model/text/unreachable.ts';
import type { Asking, Binding } from '../input/binding.ts';
import { bindings, press } from '../input/bindings.ts';
import { visible } from '../input/state.ts';
import { textBox } from '../input/text-box.ts';
import { atOnce, type Meaning, type Picking } from './meaning.ts';
import { ofSeveral } from './several.ts';

/** A line, as the question that stands understands it. `from`: the first row of the list that was said. */
export function meaningOf(line: string, at: Asking, from: number): Meaning {
  const text = line.trim();
  const { mode } = at.ui;
  const table = bindings(at);
  switch (mode.is) {
    case 'code':
    case 'text':
    case 'typed':
    case 'reason':
    case 'role': {
      if (text === '.') return pressed(at, 'escape');
      const box = text === '' && mode.is === 'text' ? mode.box : textBox(text);
      return pressed({ ...at, ui: { ...at.ui, mode: { ...mode, box } } }, 'enter');
    }
    case 'pick':
    case 'answers':
      return ofList(text, at, mode, table, from);
    case 'keys': {
      const key = text === '' ? 'enter' : text === '.' ? 'escape' : text.toLowerCase();
      return table.some((one) => one.key === key) ? pressed(at, key) : notAmong(text);
    }
    default:
      return unreachable(mode);
  }
}

function ofList(text: string, at: Asking, mode: Picking, table: readonly Binding[], from: number): Meaning {
  const { picker } = mode;
  const several = picker.chosen && ofSeveral(text, at, mode);
  if (several) return several;
  const found = visible(picker);
  const list = (next: Partial<typeof picker>, first = 0): Meaning => ({
    is: 'list',
    ui: { ...at.ui, mode: { ...mode, picker: { ...picker, ...next } } },
    from: first,
  });
  if (/^\d{1,9}$/.test(text) && Number(text) <= found.length) {
    const row = found[Number(text) - 1];
    if (!row) return { is: 'no', says: `There is no line ${text}.` };
    if (row.not !== undefined) return { is: 'no', says: `Line ${text} cannot be chosen: ${row.not}.` };
    const chosen = { ...picker, at: Number(text) - 1, filtering: false };
    return pressed({ ...at, ui: { ...at.ui, mode: { ...mode, picker: chosen } } }, 'enter');
  }
  if (text === '')
    return { is: 'no', says: found.length === 1 ? 'Type 1 to choose it.' : 'Type the number of a line.' };
  if (text === 'more') return list({}, from + atOnce < found.length ? from + atOnce : 0);
  if (text === 'all') return list({ filter: textBox(), at: 0 });
  if (/^(\.|esc|back)$/i.test(text)) return pressed(at, 'escape');
  if (table.some(({ key }) => key === text)) return pressed(at, text);
  const filter = textBox(text.replace(/^\//, ''));
  return visible({ ...picker, filter }).length === 0
    ? { is: 'no', says: `No match for “${text}”.` }
    : list({ filter, at: 0 });
}

const pressed = (at: Asking, key: string): Meaning => ({ is: 'press', press: press(at, key, '') });
const notAmong = (text: string): Meaning => ({
  is: 'no',
  says: `Unknown command: “${text}”.`,
});
