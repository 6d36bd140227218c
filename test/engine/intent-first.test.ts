import { expect, test } from 'vitest';
import { setup } from './process.ts';

test('nothing is sent before its intent is on disk, however long the disk takes', async () => {
  const { p, w, disk } = setup();
  const { record } = p.ports;
  p.ports.record = async (news) => {
    for (let n = 0; n < 5; n++) await new Promise((resolve) => setImmediate(resolve));
    return record(news);
  };
  const order: string[] = [];
  w.onSend((when, { operation }) => {
    if (when !== 'before') return;
    const last = disk.at(-1);
    order.push(last?.type === 'intended' ? `${last.call.operation} written` : `${operation} not written`);
  });
  expect(await p.all()).toBe('finished');
  expect(order).toEqual(w.sent.map((key) => `${key.split(' ')[0]} written`));
  expect(order.length).toBeGreaterThan(3);
});

test('an intent that cannot be written keeps its call from being sent', async () => {
  const { p, w } = setup();
  const { record } = p.ports;
  p.ports.record = async (news) => {
    if (news.type === 'intended') throw new Error('the disk is full');
    return record(news);
  };
  await expect(p.all()).rejects.toThrow('the disk is full');
  expect(w.sent).toEqual([]);
});
