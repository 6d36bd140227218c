import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { LineHashes } from '../../model/evidence/sealed-line.ts';

/**
 * A second thread, which hashes blocks of lines while the first reads what is in them. It is a help and nothing else: a
 * block that it has not begun with is not waited for, and one that it does not finish is hashed by whoever needs it.
 */
export interface SecondThread {
  /** In memory that both see. */
  readonly blocks: readonly Buffer[];
  /** The lines of a block, up to `whole`, may be hashed. Its bytes stay as they are until `taken`. */
  offer(block: number, whole: number): void;
  /** Its lines are needed now. Gives the hashes of its next line, of so many bytes; undefined where there are none. */
  taken(block: number): NextHashes | undefined;
  close(): void;
}
type NextHashes = (length: number) => LineHashes | undefined;

/** Copied into the second thread, but for `memory`. */
interface Shared {
  readonly memory: SharedArrayBuffer; // how it stands with each block, then the blocks, then their hashes
  readonly count: number; // of blocks
  readonly size: number; // of one, in bytes
  readonly shortest: number; // a shorter line is no record, and is not hashed
}
// With few blocks it falls asleep between two, and waking takes longer than hashing: of 3, most were left to the first thread.
const [count, size, shortest] = [32, 128 * 1024, 128];
const state = { none: 0, offered: 1, begun: 2, done: 3 } as const;
const hashesSize = Math.ceil(size / shortest) * 65;
const controls = 4 * (1 + 2 * count);
const patience = 2000; // milliseconds
/** It holds next to nothing. */
const resourceLimits = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16, stackSizeMb: 1 } as const;

/** Undefined where there is nothing to gain by one. */
export function startSecondThread(): SecondThread | undefined {
  if (availableParallelism() < 2) return undefined;
  const memory = new SharedArrayBuffer(controls + count * (size + hashesSize));
  const worker = startWorker({ memory, count, size, shortest });
  if (!worker) return undefined;
  const control = new Int32Array(memory, 0, 1 + 2 * count);
  const hashes = Buffer.from(memory, controls + count * size);
  let lost = false;
  const next = (block: number): NextHashes => {
    let at = block * hashesSize - 65;
    return (length) => {
      if (length < shortest) return undefined;
      at += 65;
      return { own: hashes[at] === 1, whole: hashes.toString('latin1', at + 1, at + 65) };
    };
  };
  return {
    blocks: Array.from({ length: count }, (_, block) => Buffer.from(memory, controls + block * size, size)),
    offer: (block, whole) => {
      if (lost) return;
      control[1 + count + block] = whole;
      Atomics.store(control, 1 + block, state.offered);
      Atomics.add(control, 0, 1);
      Atomics.notify(control, 0);
    },
    taken: (block) => {
      const { none, offered, begun, done } = state;
      if (Atomics.compareExchange(control, 1 + block, offered, none) === offered) return undefined;
      Atomics.wait(control, 1 + block, begun, patience);
      const found = Atomics.load(control, 1 + block);
      lost ||= found === begun;
      if (found !== done) return undefined;
      Atomics.store(control, 1 + block, none);
      return next(block);
    },
    close: () => void worker.terminate(),
  };
}

/** Undefined where the system or Node's settings allow none. */
function startWorker(workerData: Shared): Worker | undefined {
  try {
    const worker = new Worker(`(${hashBlocks})()`, {
      eval: true,
      workerData,
      resourceLimits,
      execArgv: [],
      env: {},
    });
    worker.on('error', () => undefined); // what it does not do, the first thread does
    worker.unref();
    return worker;
  } catch {
    return undefined;
  }
}

/** Runs in the second thread, from its text alone: it can name nothing that stands outside of it, and no helper of a compiler's. */
function hashBlocks(): void {
  const { hash } = process.getBuiltinModule('node:crypto');
  const { workerData } = process.getBuiltinModule('node:worker_threads');
  const shared: Shared = workerData;
  const controlled = 4 * (1 + 2 * shared.count);
  const found = Math.ceil(shared.size / shared.shortest) * 65;
  const control = new Int32Array(shared.memory, 0, 1 + 2 * shared.count);
  const line = Buffer.alloc(shared.size); // a copy: what is hashed as a record's own ends in another way than its line
  for (let block = 0, idle = 0; ; block = (block + 1) % shared.count) {
    const turn = Atomics.load(control, 0);
    if (Atomics.compareExchange(control, 1 + block, 1, 2) !== 1) {
      idle++;
      if (idle > shared.count) Atomics.wait(control, 0, turn);
      continue;
    }
    idle = 0;
    const bytes = Buffer.from(shared.memory, controlled + block * shared.size, shared.size);
    const hashes = Buffer.from(shared.memory, controlled + shared.count * shared.size + block * found, found);
    const whole = control[1 + shared.count + block] ?? 0;
    for (let start = 0, at = 0; start < whole; ) {
      const end = bytes.indexOf(10, start);
      const length = end - start;
      if (length >= shared.shortest) {
        bytes.copy(line, 0, start, end);
        hashes.write(hash('sha256', line.subarray(0, length)), at + 1, 'latin1');
        const told = line.toString('latin1', length - 66, length - 2);
        line[length - 75] = 125;
        hashes[at] = hash('sha256', line.subarray(0, length - 74)) === told ? 1 : 0;
        at += 65;
      }
      start = end + 1;
    }
    Atomics.store(control, 1 + block, 3);
    Atomics.notify(control, 1 + block);
  }
}
