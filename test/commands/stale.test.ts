import { readFile, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { unconfirmedSends } from '../confirmations.ts';
import { type Runner, runner } from './in-process.ts';

const behind = 'LATEST_PERMISSION_SET_NOT_PROVISIONED';
const provision = 'sso:ProvisionPermissionSet';

/** Answers the list of the accounts that are behind as it was before anything changed: nobody is. All else is AWS's. */
async function staleList(at: Runner): Promise<void> {
  const { port } = new URL(at.simulator.url);
  const server = createServer((asked, answer) => {
    const parts: Buffer[] = [];
    asked.on('data', (part: Buffer) => parts.push(part));
    asked.on('end', () => {
      const body = Buffer.concat(parts);
      if (body.includes(behind)) {
        answer.writeHead(200, {
          'content-type': 'application/x-amz-json-1.1',
          'x-amzn-requestid': 'old-copy',
        });
        answer.end('{"AccountIds":[]}');
        return;
      }
      const { url: path, method, headers } = asked;
      const on = request({ host: '127.0.0.1', port, path, method, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 500, reply.headers);
        reply.pipe(answer);
      });
      on.on('error', () => answer.destroy());
      on.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const file = process.env.AWS_CONFIG_FILE ?? expect.fail();
  const config = await readFile(file, 'utf8');
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await writeFile(file, config.replaceAll(at.simulator.url, own));
}

/** Another policy is put in place of that of a set that accounts have. */
async function replacing() {
  const at = await runner('existing-set-with-admin');
  await staleList(at);
  const [choice = ''] = /replace@\S+/.exec((await at.run()).said) ?? [];
  const decided = { 'permission-set.existing': choice };
  const provisioned = async (): Promise<number> =>
    (await at.ledger()).effects.filter(({ operation }) => operation === provision).length;
  return { ...at, decided, provisioned };
}

test('a list that is out of date does not make the run finish: the accounts get the policy that was put', async () => {
  const at = await replacing();
  const { code, said } = await at.run(at.decided);
  expect(code, said).toBe(0);
  expect(await at.provisioned()).toBe(1);
  expect(said).toMatch(/^note +permission-set: The accounts get the whole set as it is now/m);
  expect(unconfirmedSends(await at.events())).toEqual([]);
  expect(await at.run(at.decided)).toMatchObject({ code: 0 });
  expect(await at.provisioned()).toBe(1);
});

test('refused: exit code 3, not finished, and the accounts are named, also by status', async () => {
  const at = await replacing();
  await at.order('_faults', { fault: 'denied-by-scp', operation: provision, times: 'always' });
  const { code, said } = await at.run(at.decided);
  expect(code, said).toBe(3);
  expect(said).not.toMatch(/^finished/m);
  expect(said).toMatch(/^warning +\d{12}.* may still have the earlier policy.*provision-permission-set/m);
  const again = await at.run(at.decided);
  expect(again.code, again.said).toBe(3);
  expect(await at.provisioned()).toBe(0);
  expect(unconfirmedSends(await at.events())).toEqual([]);
});

test('not confirmed: exit code 3 as where it is refused, with the flag that confirms it, and the accounts are named', async () => {
  const at = await replacing();
  // The word for the policy is a flag of this start; the next one does without.
  await at.order('_faults', { fault: 'denied-by-scp', operation: provision, times: 1 });
  expect(await at.run(at.decided)).toMatchObject({ code: 3 });
  const { code, said } = await at.run(at.decided, {}, { confirm: [] });
  expect(said).toMatch(/^Confirm it with --confirm /m);
  expect(said).toMatch(/^warning +\d{12}.* may still have the earlier policy/m);
  expect(code, said).toBe(3);
  expect(await at.provisioned()).toBe(0);
  expect(await at.run(at.decided)).toMatchObject({ code: 0 });
  expect(await at.provisioned()).toBe(1);
});
