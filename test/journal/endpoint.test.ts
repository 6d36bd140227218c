import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allRuns } from '../../src/commands/runs/runs.ts';
import { createJournal, readJournal } from '../../src/journal/journal.ts';
import { openSettings } from '../../src/journal/settings.ts';
import { plainEndpoint } from '../../src/model/text/endpoint-text.ts';
import { codewhisperer } from '../../steps/index.ts';
import { freshHome, header } from './sample.ts';

const address = 'http://ann:hunter2@127.0.0.1:4566/?tok=hunter2';

test('what an earlier version wrote down of an endpoint is shown without a password or a query', async () => {
  const home = await freshHome();
  const folder = join(home, 'runs', header.run);
  const journal = await createJournal(folder, { ...header, simulated: false, endpoint: address });
  await journal.append({ type: 'started', run: header.run, simulated: false, endpoint: address });
  await journal.close();
  const before = await readFile(journal.file, 'utf8');
  const read = await readJournal(folder);
  expect(read.header.endpoint).toBe('http://127.0.0.1:4566');
  expect(JSON.stringify(read.events)).not.toContain('hunter2');
  expect((await allRuns(home, codewhisperer)).map((one) => one.header.endpoint)).toEqual([
    'http://127.0.0.1:4566',
  ]);
  expect(await readFile(journal.file, 'utf8')).toBe(before); // its chain holds
});

test('what the settings remember of it is taken out when they are written the next time', async () => {
  const home = await freshHome();
  await mkdir(home, { recursive: true });
  const run = { id: '01OLD', endpoint: address, simulated: false, opened: '2026-11-23T00:00:00.000Z' };
  await writeFile(join(home, 'settings.json'), JSON.stringify({ runs: [run] }));
  const settings = await openSettings(home);
  expect(settings.runs()).toEqual([{ ...run, endpoint: 'http://127.0.0.1:4566' }]);
  settings.remember({ id: '01NEW', endpoint: 'aws', simulated: false });
  expect(await readFile(join(home, 'settings.json'), 'utf8')).not.toContain('hunter2');
});

test.each([
  ['aws', 'aws'],
  ['demo:o-abcdefghij', 'demo:o-abcdefghij'],
  ['http://127.0.0.1:1', 'http://127.0.0.1:1'],
  ['https://ann@a.test/path/', 'https://a.test/path'],
  ['https://a.test?x', 'https://a.test'],
  ['http://ann:hun#ter2@a.test', 'an address that is not shown'],
  ['http//ann:hunter2@a.test', 'an address that is not shown'],
])('%s is shown as %s', (endpoint, shown) => {
  expect(plainEndpoint(endpoint)).toBe(shown);
});
