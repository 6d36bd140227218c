import { test } from 'vitest';
import { each, stopsForWantOf } from './restricting.ts';

test.each(each)('$actor lacks $action: the run stops, names it and says whose policy it is', stopsForWantOf);
