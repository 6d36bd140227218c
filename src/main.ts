import { answered } from './commands/command-line/answered.ts';

// What is started. Node would open its inspector when somebody sends the signal, and write over the screen.
if (process.platform !== 'win32') process.on('SIGUSR1', () => undefined);
const argv = process.argv.slice(2);
if (!answered(argv)) void import('./cli.ts').then(({ cli }) => cli(argv));
