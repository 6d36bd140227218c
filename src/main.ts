import { cli } from './cli.ts';

// What dist/cw-runbook.cjs loads, where the command line asks for more than the version.
void cli(process.argv.slice(2));
