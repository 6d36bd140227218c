import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJournal } from '../../src/journal/journal.ts';
import { listRuns } from '../../src/journal/runs.ts';
import type { Event } from '../../src/model/event.ts';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import { organizationSeed } from '../seed.ts';
import { openTerminal, settingsIn, type TestTerminal } from '../terminal.ts';
import { program, testNode } from './demo.ts';
import { type Gate, openGate } from './gate.ts';

/** The program as a shell's job: what a person is left with when it has ended can be looked at. */
export interface Session {
  readonly home: string;
  readonly terminal: TestTerminal;
  pid(): Promise<number>;
  signal(name: NodeJS.Signals): Promise<void>;
  /** What the terminal still has set that it had not before: nothing, where it was given back. */
  left(): Promise<readonly string[]>;
  /** What is in the journal of the only run. */
  events(): Promise<readonly Event[]>;
}
export interface SessionOptions {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly home?: string;
  /** Modules that Node loads first. */
  readonly imports?: readonly string[];
  /** How often it is started, one after the other, in the same terminal; once unless given. */
  readonly starts?: number;
}
/** Keeps the terminal's modes before and after, the process's id, and ends with the program's exit code. */
const script = `stty -g > "$NOTES/before"
for start in $STARTS; do
  sh -c 'echo $$ > "$NOTES/pid"; exec "$@"' sh "$@"
  code=$?
done
stty -g > "$NOTES/after"
exit $code`;

export async function openSession(options: SessionOptions): Promise<Session> {
  const { args, env = {}, imports = [], starts = 1 } = options;
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'cw-runbook-')));
  const notes = await mkdtemp(join(tmpdir(), 'cw-notes-'));
  const node = [testNode, ...imports.flatMap((one) => ['--import', one]), program, ...args];
  const terminal = openTerminal({
    command: 'sh',
    args: ['-c', script, 'sh', ...node],
    env: { CW_RUNBOOK_HOME: home, NOTES: notes, STARTS: '. '.repeat(starts), ...env },
  });
  const note = async (name: string): Promise<string> => (await readFile(join(notes, name), 'utf8')).trim();
  const pid = async (): Promise<number> => Number(await note('pid'));
  return {
    home,
    terminal,
    pid,
    signal: async (name) => void process.kill(await pid(), name),
    left: async () => [
      ...settingsIn(terminal.written()),
      ...((await note('before')) === (await note('after')) ? [] : ['the modes of the line']),
    ],
    events: () => eventsIn(home),
  };
}
export async function eventsIn(home: string): Promise<readonly Event[]> {
  const [run, ...others] = await listRuns(home);
  if (!run || others.length > 0) throw new Error(`${others.length + 1} runs in ${home}`);
  return (await readJournal(run.folder)).events;
}

/** A simulated organization behind a gate, and the environment of an operator who has it before him. */
export interface Site {
  readonly gate: Gate;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** The account that one would delegate to. */
  readonly delegate: string;
  /** What has happened in the organization. */
  effects(): Promise<readonly string[]>;
  close(): Promise<void>;
}
export async function openSite(): Promise<Site> {
  const simulator = await startSimulator({ scenario: 'fresh', settle: 100, seed: organizationSeed() });
  const gate = await openGate(simulator.url);
  const home = await mkdtemp(join(tmpdir(), 'cw-runbook-'));
  const folder = join(home, 'aws');
  await writeProfiles(folder, { ...simulator, url: gate.url });
  return {
    gate,
    home,
    delegate: simulator.accounts.find(({ name }) => name === 'Shared Services')?.id ?? '',
    env: {
      CW_RUNBOOK_HOME: home,
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_ENDPOINT_URL: gate.url,
    },
    effects: async () => {
      const ledger = await (await fetch(`${simulator.url}/_ledger`)).json();
      return (ledger as { effects: { operation: string }[] }).effects.map((effect) => effect.operation);
    },
    close: async () => {
      await gate.close();
      await simulator.close();
    },
  };
}
