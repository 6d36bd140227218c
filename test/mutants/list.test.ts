import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isRest } from '../projects.ts';
import { mutants } from './list.ts';
import { planted } from './plant.ts';

const root = join(import.meta.dirname, '..', '..');

test.each(mutants)('$id can be planted, and its tests are there', (mutant) => {
  expect(() => planted(mutant, readFileSync(join(root, mutant.file), 'utf8'))).not.toThrow();
  expect(mutant.tests.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(mutant.tests.length).toBeGreaterThan(0);
});

test('`npm test` notices each: its tests are none of those that only `npm run test:all` runs', () => {
  expect(mutants.filter(({ tests }) => tests.some(isRest)).map(({ id }) => id)).toEqual([]);
});

test('each has its own name', () => {
  const ids = mutants.map(({ id }) => id);
  expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
});

test('what no longer stands in its file, stands there twice, or changes nothing cannot be planted', () => {
  const one = { id: 'x', file: 'f', from: 'b', to: 'c' };
  expect(planted(one, 'abd')).toBe('acd');
  expect(() => planted(one, 'ad')).toThrow('no longer says');
  expect(() => planted(one, 'abbd')).toThrow('says 2 times');
  expect(() => planted({ ...one, to: 'b' }, 'abd')).toThrow('changes nothing');
});
