import { killedIn, slow } from './killing.ts';

killedIn(slow);
