import { expect, test } from 'vitest';
import { setup } from './process.ts';

/** A run whose journal has a head, and an AWS that is told of it in the way given. */
async function anchoring(tell: () => Promise<{ readonly requestId: string }>) {
  const made = setup();
  const { w, p, disk } = made;
  const { connect } = w;
  w.connect = (...given) => ({ ...connect(...given), anchor: tell });
  p.engine.ports.head = () => ({ record: disk.length, hash: `hash ${disk.length}` });
  const end = await p.all();
  return { end, anchored: disk.flatMap((event) => (event.type === 'anchored' ? [event] : [])) };
}

test('after each step AWS is told of the head that the journal had', async () => {
  const { end, anchored } = await anchoring(async () => ({ requestId: 'r' }));
  expect(end).toBe('finished');
  expect(anchored.length).toBeGreaterThan(5);
  for (const { record, head } of anchored) expect(head).toBe(`hash ${record}`);
});

test('that AWS cannot be told ends no step otherwise, and is recorded as nothing', async () => {
  const { end, anchored } = await anchoring(() => Promise.reject(new Error('no network')));
  expect(end).toBe('finished');
  expect(anchored).toEqual([]);
});

test('where nobody reads how a step ended, the next one looks meanwhile; what it records waits, and so does the end', async () => {
  const { w, p, disk } = setup();
  const { connect } = w;
  const order: string[] = [];
  w.connect = (...given) => {
    const aws = connect(...given);
    return {
      ...aws,
      read: (...asked) => {
        order.push('read');
        return aws.read(...asked);
      },
      anchor: async () => {
        order.push('asked');
        await new Promise(setImmediate); // once nothing else goes on any more
        order.push('told');
        return { requestId: 'r' };
      },
    };
  };
  Object.assign(p.ports, { unattended: true });
  p.engine.ports.head = () => ({ record: disk.length, hash: `hash ${disk.length}` });
  expect(await p.all()).toBe('finished');
  const asked = order.flatMap((one, n) => (one === 'asked' ? [order[n + 1]] : []));
  expect(asked.filter((next) => next === 'read').length).toBeGreaterThan(2);
  const anchored = disk.flatMap((event, n) => (event.type === 'anchored' ? [{ ...event, n }] : []));
  expect(anchored.length).toBe(asked.length);
  for (const { record, n } of anchored) expect(n).toBe(record);
  expect(disk.at(-1)?.type).toBe('anchored');
});
