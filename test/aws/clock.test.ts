import { expect, test } from 'vitest';
import { sameClock } from '../../src/aws/clock.ts';

/** What is told of an answer with these headers, and how the call ended. */
async function toldOf(headers: Readonly<Record<string, string>>) {
  const told: number[] = [];
  const send = sameClock('management', (ahead) => told.push(ahead))(
    (async () => ({
      response: { headers },
    })) as never,
    {} as never,
  );
  const ended = await Promise.resolve(send({} as never)).then(
    () => 'answered',
    (error: Error) => error.message,
  );
  return { told, ended };
}
const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toUTCString();

test('how far AWS’s clock is ahead is told of each answer with a date and a request id, and of no other', async () => {
  for (const minutes of [-13, 0, 5]) {
    const { told, ended } = await toldOf({ date: inMinutes(minutes), 'x-amzn-requestid': 'r' });
    expect(ended).toBe('answered');
    expect(told).toHaveLength(1);
    expect(Math.abs((told[0] ?? Number.NaN) - minutes * 60_000)).toBeLessThan(5_000);
  }
  expect(await toldOf({ date: inMinutes(5) })).toEqual({ told: [], ended: 'answered' });
  expect(await toldOf({ 'x-amzn-requestid': 'r' })).toEqual({ told: [], ended: 'answered' });
  expect(await toldOf({ date: inMinutes(20) })).toEqual({ told: [], ended: 'answered' });
});
test('clocks that are more than 14 minutes apart stop it, either way', async () => {
  for (const [minutes, says] of [
    [20, 'behind'],
    [-20, 'ahead of'],
  ] as const) {
    const { ended } = await toldOf({ date: inMinutes(minutes), 'x-amzn-requestid': 'r' });
    expect(ended).toMatch(new RegExp(`The clock of this machine is 20 minutes ${says} AWS’s`));
  }
});
