import { expect, test } from 'vitest';
import { runner } from '../commands/in-process.ts';

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
