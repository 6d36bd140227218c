import { test } from 'vitest';
import { actors } from './in-process.ts';
import { doesWithout, each, replacedAndPutBack, spare, stopsForWantOf, thereAndBack } from './restricting.ts';

test.each(each)('$actor lacks $action: the run stops, names it and says whose policy it is', stopsForWantOf);

test.each(actors.flatMap((actor) => spare[actor].slice(1).map((action) => ({ actor, action }))))(
  '$action is spare: the run comes to its end, names it and says whose policy it is',
  doesWithout,
);

test('with exactly the printed policies delegated comes to its end, and back', () =>
  thereAndBack('delegated'));
test('with exactly the printed policies existing-set is replaced, and put back', () =>
  replacedAndPutBack('existing-set'));
