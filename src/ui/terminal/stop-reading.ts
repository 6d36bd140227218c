import { setImmediate } from 'node:timers/promises';

/**
 * Stops reading from the terminal: what is typed is for another program. Ink takes its listener away and leaves the
 * stream reading: what was typed for the other program would come here instead, and count as keys.
 */
export async function stopReading(input: NodeJS.ReadStream): Promise<void> {
  await setImmediate(); // the stream has seen that nobody listens
  input.pause();
  await setImmediate(); // and stops
}
