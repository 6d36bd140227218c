import { describe, test } from 'vitest';
import { askingFor, isNoAbsence, ways } from './absent.ts';

describe.each(ways.map((way) => [way[0], way] as const))('%s', (_, way) => {
  test.each(askingFor)('%s, of a %s: nobody is said to be missing, and what is the matter is', (...asking) =>
    isNoAbsence(asking, way),
  );
});
