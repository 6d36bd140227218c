import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { demo } from '../../src/commands/demo.ts';
import { explain } from '../../src/commands/process/explain.ts';
import { simulator } from '../../src/commands/simulator.ts';
import { codewhisperer } from '../../steps/index.ts';

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'cw-state-'));
async function ending(
  work: () => Promise<number>,
): Promise<{ readonly code: number; readonly said: string }> {
  let said = '';
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    return { code: await work().catch(explain), said };
  } finally {
    spy.mockRestore();
  }
}
const serving = (state: string, port = 0) =>
  ending(() => simulator({ port, scenario: 'fresh', state, fault: [] }));

const kind = '"kind":"cw-runbook simulated organization"';
const unusable = [
  ['of a later schema', `{${kind},"schema":2}`, /newer version of cw-runbook.*schema 2.*reads only 1/],
  ['damaged', `{${kind},"sch`, /is damaged/],
  ['of something else', '{"name":"mine"}', /is not a file of the simulator/],
  ['of another scenario', undefined, /“delegated”.*“fresh” was asked for/],
] as const;

async function written(state: string, text: string | undefined): Promise<string> {
  await mkdir(dirname(state), { recursive: true });
  if (text !== undefined) await writeFile(state, text);
  else {
    const { startSimulator } = await import('../../src/simulator/server.ts');
    await (await startSimulator({ scenario: 'delegated', state })).close();
  }
  return readFile(state, 'utf8');
}

test.each(unusable)(
  '--state with a file %s: which file, what was found, and what to do',
  async (_, text, found) => {
    const state = join(await folder(), 'organization.json');
    const before = await written(state, text);
    const { code, said } = await serving(state);
    expect(code, said).toBe(64);
    expect(said).toContain(state);
    expect(said).toMatch(found);
    expect(said).toContain('Name another file with --state');
    expect(await readFile(state, 'utf8')).toBe(before);
  },
);

test('--state with a folder, or where nothing can be written', async () => {
  const place = await folder();
  await writeFile(join(place, 'file'), '');
  for (const state of [place, join(place, 'file', 'organization.json')]) {
    const { code, said } = await serving(state);
    expect(code, said).toBe(64);
    expect(said).toContain(state);
    expect(said).toContain('Name another file with --state');
  }
});

test('--port with one that is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };
  const { code, said } = await serving(join(await folder(), 'organization.json'), port);
  expect(code, said).toBe(64);
  expect(said).toMatch(new RegExp(`--port ${port}: .*taken.*--port 0`, 's'));
});

test.each(unusable)(
  'a demo whose organization is %s says so, and how to begin anew',
  async (_, text, found) => {
    const home = await folder();
    const state = join(home, 'demo', 'fresh', 'organization.json');
    const before = await written(state, text);
    const { code, said } = await ending(() =>
      demo({
        ...{ runbook: codewhisperer, home, env: { ...process.env } },
        ...{ scenario: 'fresh', fresh: false, fault: [] },
      }),
    );
    expect(code, said).toBe(64);
    expect(said).toContain(state);
    expect(said).toMatch(found);
    expect(said).toContain('cw-runbook demo --scenario fresh --fresh');
    expect(await readFile(state, 'utf8')).toBe(before);
  },
);

// What is written there finds no room: /dev/full is Linux's.
test.runIf(process.platform === 'linux')(
  'a demo on a full disk says to make room, not to begin anew',
  async () => {
    const home = await folder();
    const state = join(home, 'demo', 'fresh', 'organization.json');
    await mkdir(dirname(state), { recursive: true });
    await symlink('/dev/full', `${state}.${process.pid}.tmp`);
    const { code, said } = await ending(() =>
      demo({
        ...{ runbook: codewhisperer, home, env: { ...process.env } },
        ...{ scenario: 'fresh', fresh: false, fault: [] },
      }),
    );
    expect(code, said).toBe(64);
    expect(said).toContain('the disk is full');
    expect(said).toContain('Make room');
    expect(said).not.toContain('--fresh');
  },
);
