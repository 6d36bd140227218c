import { valuesOf } from '../model/question.ts';
import { foldRun } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import { answersSchema } from '../report/answers-schema.ts';
import { profilesOf } from './planning/profiles-of.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { ascii } from './process/json.ts';
import { chooseRun } from './runs/choose-run.ts';
import { readRun } from './runs/unfinished-line.ts';
import { askedBy } from './unattended/answers.ts';

export interface AnswersOptions {
  readonly runbook: Runbook;
  readonly home: string;
  readonly run?: string;
  readonly schema?: boolean; // the JSON Schema of the file instead
}

/** Prints the answers file that would answer as a run was answered. Asks nothing of AWS. */
export async function answers({ schema = false, ...options }: AnswersOptions): Promise<ExitCode> {
  const { runbook } = options;
  const file = schema ? answersSchema(runbook) : await answersOf(options);
  process.stdout.write(`${ascii(JSON.stringify(file, undefined, 2))}\n`);
  return exitCodes.done;
}

async function answersOf(options: Omit<AnswersOptions, 'schema'>): Promise<object> {
  const { folder } = await chooseRun(options);
  const { events } = await readRun(folder);
  const run = foldRun(events, options.runbook);
  const asked = askedBy(options.runbook);
  const answers = Object.keys(asked).flatMap((key) => {
    const [step = '', question = ''] = key.split('.');
    const answer = run.answers[step]?.[question];
    if (answer === undefined) return [];
    return [[key, asked[key]?.as === 'several' ? valuesOf(answer) : answer]];
  });
  const waive = Object.entries(run.waived).flatMap(([step, goals]) =>
    Object.entries(goals).map(([goal, why]) => [`${step}.${goal}`, why]),
  );
  const { profiles, roles, externalIds } = profilesOf(run.identities);
  return {
    profiles,
    ...defined({
      roles: Object.keys(roles).length > 0 ? roles : undefined,
      externalIds: Object.keys(externalIds).length > 0 ? externalIds : undefined,
    }),
    answers: Object.fromEntries(answers),
    waive: Object.fromEntries(waive),
  };
}
