import type { TestTerminal } from '../terminal.ts';

/** Searches the list of credentials for a name, and takes it. */
export async function chosenCredentials(terminal: TestTerminal, name: string): Promise<void> {
  await terminal.waitFor(/ choose[\s\S]* search/);
  terminal.press('/');
  await terminal.waitFor('Filter:');
  terminal.press(...name);
  await terminal.waitFor((screen) => screen.includes(`❯ ${name}`) && /Filter: .*\b1 of \d+/.test(screen));
  terminal.press('enter');
}
