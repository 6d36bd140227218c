import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listRuns } from '../../src/journal/runs.ts';
import { judgeEnd } from './judge.ts';
import { describe } from './organization.ts';
import { type Row, rowsOf, watched } from './preload.ts';
import { type Rig, rigFor } from './rig.ts';
import type { Task } from './tasks.ts';

/** An undisturbed run of a task: what the others are measured by. */
export interface Reference {
  readonly task: Task;
  readonly answers: Readonly<Record<string, string>>;
  readonly end: object;
  /** Milliseconds: to the first line; of work after it, for a whole run and for one that finds everything done. */
  readonly begins: number;
  readonly whole: number;
  readonly again: number;
  /** Changes that it makes. */
  readonly changes: number;
  /** Everything that it asks of AWS, each once. */
  readonly operations: readonly string[];
  /** What it wrote down. */
  readonly journal: Buffer;
  /** The state folder in which it was made, which is there no more, and what was done to the files in it. */
  readonly home: string;
  readonly rows: readonly Row[];
}

const known = new Map<Task, Promise<Reference>>();
/** A task's undisturbed run; made once. Throws when that alone does not work, or changes nothing. */
export function referenceOf(task: Task): Promise<Reference> {
  const reference = known.get(task) ?? make(task);
  known.set(task, reference);
  return reference;
}

async function make(task: Task): Promise<Reference> {
  const answers = await decide(task);
  const rig = await rigFor(task, { answers });
  try {
    const whole = await finish(rig, watched(rig));
    const { effects, requests } = await rig.ledger();
    const [run] = await listRuns(rig.home);
    const journal = await readFile(join(run?.folder ?? '', 'journal.jsonl'));
    const again = await finish(rig);
    const findings = await judgeEnd(rig, again.ended);
    const end = describe(await rig.organization());
    if (findings.length > 0 || effects.length === 0)
      throw new Error(
        `${task.name} does not even work undisturbed: ${findings.map(({ says }) => says).join('; ')}`,
      );
    return {
      task,
      answers,
      end,
      begins: whole.begun,
      whole: whole.ended.ms - whole.begun,
      again: again.ended.ms - again.begun,
      changes: effects.length,
      operations: [...new Set(requests.map(({ operation }) => operation))],
      journal,
      home: rig.home,
      rows: await rowsOf(rig),
    };
  } finally {
    await rig.discard();
  }
}

/** The answer that names what was seen, as the program tells it when it is not answered. */
async function decide(task: Task): Promise<Readonly<Record<string, string>>> {
  const { decides } = task;
  if (!decides) return {};
  const rig = await rigFor(task);
  const { err } = await rig.run().ended;
  await rig.discard();
  const [choice = ''] = new RegExp(`${decides.begins}\\S+`).exec(err) ?? [];
  return { [decides.question]: choice };
}

async function finish(rig: Rig, env: NodeJS.ProcessEnv = {}) {
  const started = rig.run(env);
  const [begun, ended] = [await started.begun, await started.ended];
  if (ended.code !== 0 || begun === undefined)
    throw new Error(`${rig.task.name} ends with ${ended.code ?? ended.signal} undisturbed: ${ended.err}`);
  return { begun, ended };
}
