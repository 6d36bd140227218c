import { decodeTime, isValid } from 'ulid';
import { expect, test } from 'vitest';
import { newId } from '../../src/journal/new-id.ts';

test('an id tells when it was made, and two made at once are not the same', () => {
  const before = Date.now();
  const ids = Array.from({ length: 1_000 }, newId);
  expect(new Set(ids.map((id) => id.slice(-16))).size).toBe(1_000);
  expect(ids.filter((id) => !isValid(id))).toEqual([]);
  for (const id of ids) {
    expect(decodeTime(id)).toBeGreaterThanOrEqual(before);
    expect(decodeTime(id)).toBeLessThanOrEqual(Date.now());
  }
  // Every character has its chance at each of the 16 places.
  const places = Array.from({ length: 16 }, (_, n) => new Set(ids.map((id) => id[10 + n])).size);
  expect(places).toEqual(places.map(() => 32));
});
