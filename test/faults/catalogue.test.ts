import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitCodes } from '../../src/commands/process/exit.ts';
import { faultNames } from '../../src/simulator/faults/fault-names.ts';
import { catalogue } from './catalogue.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const numbered = catalogue.map((entry, index) => ({ ...entry, number: index + 1 }));
const own = numbered.filter(({ file }) => file.startsWith('test/faults/'));

test('there are 50, each of another name', () => {
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(50);
});

test.each(numbered)('$number $name is in $file', ({ number, name, file, says }) => {
  expect(read(file)).toContain(says);
  if (file.startsWith('test/faults/')) expect(read(file)).toContain(`${number} ${name}`);
});

test('every fault of the simulator is met by the shipped program', () => {
  const shipped = numbered.filter(({ file }) => /^test\/(faults|program)\//.test(file));
  const tests = [...new Set(shipped.map(({ file }) => file))].map(read).join('\n');
  expect(faultNames.filter((name) => !tests.includes(`'${name}'`))).toEqual([]);
});

const said = readdirSync(join(root, 'test/faults/said')).map((file) => ({
  file,
  number: Number(/^\d+/.exec(file)?.[0]),
  text: read(`test/faults/said/${file}`),
}));

test('what is said is kept for each that the program meets here', () => {
  const kept = new Set(said.map(({ number }) => number));
  expect(own.filter(({ number }) => !kept.has(number)).map(({ number }) => number)).toEqual([]);
});

test.each(said)(
  'said/$file: a code that is documented, sentences, and nothing of the program’s inside',
  ({ text }) => {
    const [, code, rest = ''] = /^exit code (\d+)\n?(.*)$/s.exec(text) ?? [];
    expect(Object.values(exitCodes)).toContain(Number(code));
    expect(rest).not.toMatch(
      /^\s*at |\.[mc]?[jt]s:\d+|\$response|\[object |undefined|node_modules|@smithy|unexpected/m,
    );
    if (Number(code) !== exitCodes.done) expect(rest.trim()).not.toBe('');
  },
);
