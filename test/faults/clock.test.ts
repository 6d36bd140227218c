import { expect } from 'vitest';
import { runner } from '../commands/in-process.ts';
import { both, sampled, test } from '../more.ts';

test.each([-5])(
  'AWS’s clock is %i minutes ahead: the journal says so of each identity, and of each change that AWS accepted',
  async (minutes) => {
    const at = await runner('fresh');
    await at.order('_faults', { fault: 'clock-skew', minutes });
    const { code, said } = await at.run();
    expect(code, said).toBe(0);
    const told = (await at.events()).flatMap((event) =>
      event.type === 'identified' || event.type === 'accepted' ? [event.clock ?? Number.NaN] : [],
    );
    expect(told.length).toBeGreaterThan(4);
    // AWS's answers have whole seconds; what an answer takes comes on top.
    for (const ahead of told) expect(Math.abs(ahead - minutes * 60_000)).toBeLessThan(30_000);
  },
);

both.each(
  sampled(
    [
      [60, 'behind'],
      [-60, 'ahead of'],
    ] as const,
    2,
  ),
)(
  'AWS’s clock is %i minutes ahead: nobody is identified, no change is sent, and the clock is named',
  async (minutes, how) => {
    const at = await runner('fresh');
    await at.order('_faults', { fault: 'clock-skew', minutes });
    const { code, said } = await at.run();
    expect(code, said).toBe(6);
    expect(said).toContain(`The clock of this machine is 60 minutes ${how} AWS’s`);
    expect(said).toContain('Set the clock of this machine');
    expect((await at.ledger()).effects).toEqual([]);
    // Nobody accepted an identity: nothing is left behind that would have the wrong time.
    await expect(at.events()).rejects.toThrow();
  },
);

test('a clock that jumps by an hour between two changes: the journal ends with what was known before', async () => {
  const at = await runner('fresh');
  await at.order('_faults', { fault: 'clock-skew', minutes: 60, operation: 'sso:CreatePermissionSet' });
  const { code, said } = await at.run();
  expect(code, said).not.toBe(0);
  const events = await at.events();
  const refused = events.flatMap((event) =>
    event.type === 'ended' && event.outcome.ended === 'refused' ? [event.attempt] : [],
  );
  expect(refused).toHaveLength(1);
  expect(events.some((event) => event.type === 'accepted' && event.attempt === refused[0])).toBe(false);
  expect((await at.ledger()).effects.map(({ operation }) => operation)).toEqual([
    'organizations:RegisterDelegatedAdministrator',
  ]);
  for (const event of events)
    if ((event.type === 'identified' || event.type === 'accepted') && event.clock !== undefined)
      expect(Math.abs(event.clock)).toBeLessThan(30_000);
});
