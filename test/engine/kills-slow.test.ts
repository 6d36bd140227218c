import { killedIn, prompt, slow } from './killing.ts';

killedIn([...prompt, ...slow], true);
