import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../src/commands/process/shutdown.ts';

/** Of what listens to Ctrl-C, what was added by this test. */
function listening() {
  const before = process.listeners('SIGINT');
  const leaving = listen({ streams: [], again: () => expect.fail('twice') });
  onTestFinished(leaving.end);
  const ours = process.listeners('SIGINT').filter((one) => !before.includes(one));
  return { leaving, interrupt: () => ours.map((listener) => listener('SIGINT')) };
}

test('a Ctrl-C for what has the terminal ends nothing else, also where we hear of its end first', async () => {
  const { leaving, interrupt } = listening();
  let end = (): void => undefined;
  const lent = leaving.spare(
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  interrupt();
  expect(leaving.code()).toBeUndefined();
  end();
  // Everything that follows from its end at once has happened; the signal that ended it is told in the same turn.
  for (let n = 0; n < 50; n++) await Promise.resolve();
  interrupt();
  expect(leaving.code()).toBeUndefined();
  await lent;
  interrupt();
  expect(leaving.code()).toBe(130);
});
