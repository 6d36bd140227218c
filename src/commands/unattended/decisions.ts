import type { Ports } from '../../engine/ports.ts';
import { isGuarded, mostAtOnce, numberTyped, type Question, valuesOf } from '../../model/question.ts';
import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { defined } from '../../model/text/defined.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import { namesAccounts } from './account-names.ts';
import { type Answers, refuseUnfit } from './answers.ts';
import { readOut } from './beside.ts';

/**
 * What the file says now counts, also where an earlier start answered otherwise; once something was sent that may rest on
 * it, only if that is agreed to. Dangerous choices are asked for, and accounts that are named once they can be looked up.
 * Throws `CliError`.
 */
export async function decide(
  { answers: all }: Pick<Answers, 'answers'>,
  { run, record }: Pick<Ports, 'run' | 'record'>,
  steps: readonly Step[],
  agreed: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const questionOf = (key: string): Question | undefined => {
    const [id, name = ''] = key.split('.');
    return steps.find((step) => step.id === id)?.questions[name];
  };
  // Accounts that are named have no id yet.
  const told = Object.entries(all).filter(
    ([key, answer]) => questionOf(key)?.of !== 'accounts' || !namesAccounts(answer),
  );
  const answers = Object.fromEntries(told);
  for (const [key, answer] of told) {
    const question = questionOf(key);
    if (question) refuseUnfit(key, answer, question);
  }
  const others = otherwise(answers, run(), steps);
  const open = others.filter(({ key, id }) => !agreed.includes(key) && mayRestOn(id, run(), steps));
  if (open.length > 0)
    throw new CliError(
      exitCodes.answerNeeded,
      `The run decided differently from what the answers file says, and has changed something since: ${open.map(({ key, was, is }) => `${key} is ${was}, and in the file ${is}`).join('; ')}.`,
      `To keep what was decided, take it out of the file. To change it: ${open.map(({ key }) => `--confirm ${key}`).join(' ')}. What was made by the earlier decision stays until it is undone (${asCommand('cw-runbook undo')}).`,
    );
  for (const { key, was, is } of others) say(`changed      ${key}: it was ${was}, and the file says ${is}`);
  for (const [key, answer] of told) {
    const [id = '', name = ''] = key.split('.');
    const step = steps.find((one) => one.id === id);
    const question = step?.questions[name];
    const earlier = run().answers[id]?.[name];
    if (!step || !question || question.noDefault || isSame(earlier, answer, question)) continue;
    // One that may be dangerous is asked again: then it takes its words.
    if (isGuarded(question)) {
      if (earlier !== undefined)
        await record({ type: 'answered', step: id, question: name, answer: null, by: 'file' });
      continue;
    }
    refuseUnfit(key, answer, question);
    if (question.as === 'attestation') readOut(step, say);
    const typed = agreedNumber(key, answer, question, agreed);
    const by = typed === undefined ? 'file' : 'flag';
    await record({ type: 'answered', step: id, question: name, answer, by, ...defined({ typed }) });
  }
}

/** Many people at once take their number, which is agreed to like a name. Throws `CliError` where it is not. */
function agreedNumber(
  key: string,
  answer: string,
  question: Question,
  agreed: readonly string[],
): string | undefined {
  const number = numberTyped(question, answer);
  if (number === undefined || agreed.includes(number)) return number;
  throw new CliError(
    exitCodes.answerNeeded,
    `${key} names ${number} people and groups: ${valuesOf(answer).join(', ')}.`,
    `More than ${mostAtOnce} at once need their number. Run the same command again with --confirm ${number}.`,
  );
}

/** Decisions of an earlier start, or of another person, that the file makes anew. */
const otherwise = (answers: Answers['answers'], run: Run, steps: readonly Step[]) =>
  Object.entries(answers).flatMap(([key, is]) => {
    const [id = '', name = ''] = key.split('.');
    const question = steps.find((step) => step.id === id)?.questions[name];
    const was = run.answers[id]?.[name];
    if (!question || question.noDefault || question.as === 'attestation' || was === undefined) return [];
    return isSame(was, is, question) ? [] : [{ key, id, was, is }];
  });
/** Something was sent in the step, or in one after it. */
const mayRestOn = (id: string, { attempts }: Run, steps: readonly Step[]): boolean => {
  const later = steps.slice(steps.findIndex((step) => step.id === id)).map((step) => step.id);
  return attempts.some(
    ({ intent, outcome }) =>
      later.includes(intent.step) && !['refused', 'lapsed'].includes(outcome?.ended ?? ''),
  );
};

/** A list of one is what a text was in earlier runs. */
const isSame = (earlier: string | undefined, answer: string, { as }: Question): boolean =>
  earlier === answer ||
  (as === 'several' &&
    earlier !== undefined &&
    JSON.stringify(valuesOf(earlier)) === JSON.stringify(valuesOf(answer)));
