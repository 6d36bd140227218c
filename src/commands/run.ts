import { steps } from '../../steps/index.ts';
import { createEngine, type Patience, usualPatience } from '../engine/engine.ts';
import { walk } from '../engine/walk.ts';
import { lineOf } from '../report/lines.ts';
import { readAnswers } from './answers.ts';
import { placeNow } from './environment.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { takeUpRun } from './runs.ts';
import { type Consent, unattended } from './unattended.ts';
import { Left, wire } from './wire.ts';

export interface RunOptions extends Consent {
  readonly home: string;
  readonly answers: string; // the file
  readonly run?: string;
  readonly fresh?: boolean;
  readonly poll?: number; // milliseconds between two looks at something under way
  readonly patience?: number; // milliseconds until something under way is left so
}

/** The same walk as the guided run, answered from a file. Plain lines on standard output; stops with a reason. */
export async function run(options: RunOptions): Promise<ExitCode> {
  const answers = await readAnswers(options.answers);
  const { home, run: id, fresh } = options;
  const named = Object.values(answers.profiles);
  const journal = await takeUpRun({
    home,
    place: await placeNow(named.length > 0 ? named : undefined),
    ...(id === undefined ? {} : { run: id }),
    ...(fresh ? { fresh } : {}),
  });
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    say(
      `run          ${journal.header.run} at ${journal.header.endpoint === 'aws' ? 'AWS' : journal.header.endpoint}`,
    );
    const operator = unattended(answers, options, say);
    const ports = wire(journal, { ask: operator.ask, show: () => {}, leaving: leaving.signal });
    const record: typeof ports.record = async (news) => {
      const event = await ports.record(news);
      const line = lineOf(event);
      if (line !== undefined) say(line);
      return event;
    };
    const end = await walk(steps, createEngine({ ...ports, record }, patienceOf(options))).catch(
      (error: unknown) => {
        if (error instanceof Left) return 'left' as const;
        throw error;
      },
    );
    if (end === 'finished') {
      say('finished     every step is done and was looked at once more');
      return exitCodes.done;
    }
    const reason = operator.reason();
    if (!reason) return exitCodes.interrupted;
    for (const line of reason.says) process.stderr.write(`${line}\n`);
    return reason.code;
  } finally {
    await journal.close();
  }
}

const patienceOf = ({ poll, patience }: RunOptions): Patience => ({
  ...usualPatience,
  ...(poll === undefined ? {} : { pause: poll, longestPause: Math.max(poll, 1) }),
  ...(patience === undefined ? {} : { toShow: patience, toSettle: patience }),
});

export { template } from './answers.ts';
