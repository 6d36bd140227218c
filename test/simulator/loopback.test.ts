import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { patience } from '../eventually.ts';
import { simulated } from './simulated.ts';

/** Addresses of this machine at which nothing may answer. On Linux all of 127.0.0.0/8 is this machine. */
const others = [
  ...(process.platform === 'linux' ? ['127.0.0.2'] : []),
  ...Object.entries(networkInterfaces()).flatMap(([name, found = []]) =>
    found.map(({ address }) => (address.startsWith('fe80:') ? `${address}%${name}` : address)),
  ),
].filter((address) => address !== '127.0.0.1');

const answers = (host: string, url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), host);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    onTestFinished(() => void socket.destroy());
  });
const order = (url: string, fault: object): Promise<Response> =>
  fetch(`${url}/_faults`, { method: 'POST', body: JSON.stringify(fault) });
const where = async (url: string): Promise<readonly string[]> => {
  const asked = ['127.0.0.1', ...others].map(async (host) => ((await answers(host, url)) ? [host] : []));
  return (await Promise.all(asked)).flat();
};

test('a simulator answers on 127.0.0.1, and at no other address of the machine', async () => {
  const { url } = await simulated('fresh');
  expect(await where(url)).toEqual(['127.0.0.1']);
});

test('so does its second address, of the fault proxy-mitm', async () => {
  const { url } = await simulated('fresh');
  const answer = await order(url, { fault: 'proxy-mitm' });
  const second = (await answer.json()) as { readonly url: string };
  expect(second.url).not.toBe(url);
  expect(await where(second.url)).toEqual(['127.0.0.1']);
});

test('so it does once it is back after the fault offline', async () => {
  const { url, instance } = await simulated('fresh');
  await order(url, { fault: 'offline', ms: 100 });
  await expect(instance()).rejects.toThrow();
  await expect.poll(() => answers('127.0.0.1', url), { timeout: patience }).toBe(true);
  expect(await where(url)).toEqual(['127.0.0.1']);
});
