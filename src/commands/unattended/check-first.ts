import type { Ask, Reply } from '../../engine/ask.ts';
import type { Engine } from '../../engine/engine.ts';
import { accountsAhead, identityAhead, wrongAhead } from '../../engine/planning/file-checks.ts';
import { actorName, sourceName } from '../../model/identity.ts';
import { valuesOf } from '../../model/question.ts';
import { OutcomeUnknown, RequestRejected } from '../../model/reader.ts';
import type { Runbook } from '../../model/runbook.ts';
import type { Step } from '../../model/step.ts';
import { exitCodes } from '../process/exit.ts';
import { accountsIn, type NamedAccount, namesAccounts, withIds } from './account-names.ts';
import { type Answers, sourceIn } from './answers.ts';
import type { Operator, Reason } from './operator.ts';

export interface FirstChecks {
  readonly file: Answers;
  readonly runbook: Runbook;
  readonly engine: () => Engine;
  readonly say: (line: string) => void;
  /** Takes answers whose accounts are ids by now, as it takes those of the file. True where one is new. */
  readonly decide: (answers: Answers['answers']) => Promise<boolean>;
}

/**
 * Before the first question that AWS is needed for, names of accounts in the file become ids. Before the first change,
 * the file's other answers and identities are checked, as far as can be seen by then: what would stop the run later stops
 * it here, and nothing was sent.
 */
export function checkedFirst(operator: (file: () => Answers) => Operator, checks: FirstChecks): Operator {
  const { runbook, engine } = checks;
  let { file } = checks;
  const own = operator(() => file);
  let reason: Reason | undefined;
  let [named, checked] = [false, false];
  const stop = (why: Reason): Reply => {
    reason = why;
    return { do: 'leave' };
  };
  const ask = async (asked: Ask): Promise<Reply> => {
    if (engine().live.size === 0 || asked.is === 'credentials' || asked.is === 'accept')
      return own.ask(asked);
    if (!named) {
      const found = await accountsNamed(file, asked.step, checks);
      if ('says' in found) return stop(found);
      named = true;
      file = { ...file, answers: { ...file.answers, ...found.answers } };
      if (await checks.decide(found.answers)) return { do: 'again' };
    }
    if (asked.is === 'confirm' && !checked) {
      checked = true;
      const ahead = runbook.steps.slice(runbook.steps.findIndex(({ id }) => id === asked.step.id) + 1);
      const after: string[] = []; // what is said of identities stands behind what is said of answers
      const wrong = await Promise.all([
        wrongAnswers(file, ahead, checks),
        wrongIdentities(file, asked.step, { ...checks, say: (line) => after.push(line) }),
      ]).then((all) => all.flat());
      for (const line of after) checks.say(line);
      if (wrong[0])
        return stop({
          code: wrong[0].code,
          says: ['Checked before the first change. Nothing was sent.', ...wrong.flatMap(({ says }) => says)],
        });
    }
    return own.ask(asked);
  };
  return { ask, reason: () => reason ?? own.reason() };
}

/** The file's answers that name accounts, with their ids. Without a name nothing is asked of AWS. */
async function accountsNamed(
  file: Answers,
  step: Step,
  { runbook, engine, say }: FirstChecks,
): Promise<{ readonly answers: Answers['answers'] } | Reason> {
  const names = accountsIn(file, runbook).filter(([, told]) => namesAccounts(told));
  if (names.length === 0) return { answers: {} };
  let all: readonly NamedAccount[];
  try {
    all = await accountsAhead(step, engine());
  } catch (error) {
    if (!(error instanceof RequestRejected || error instanceof OutcomeUnknown)) throw error;
    const keys = names.map(([key]) => key).join(', ');
    return {
      code: exitCodes.answerNeeded,
      says: [
        `The accounts named in ${keys} cannot be looked up: ${error.message}.`,
        'Write their 12-digit ids, or run the same command again later.',
      ],
    };
  }
  const answers: Record<string, string> = {};
  for (const [key, told] of names) {
    const found = withIds(key, told, all);
    if ('says' in found) return found;
    say(`named        ${key}: ${told} is ${found.answer}`);
    answers[key] = found.answer;
  }
  return { answers };
}

async function wrongAnswers(
  file: Answers,
  ahead: readonly Step[],
  { runbook, engine, say }: FirstChecks,
): Promise<readonly Reason[]> {
  const ids = accountsIn(file, runbook).filter(([key]) => ahead.some(({ id }) => key.startsWith(`${id}.`)));
  const wrong = ids.length > 0 && ahead[0] ? [...(await wrongAccounts(ids, ahead[0], engine()))] : [];
  for (const step of ahead) {
    const own = answersTo(step, file);
    if (Object.keys(own).length === 0) continue;
    const goals = await wrongAhead(step, own, engine());
    for (const { says, found, remedy } of goals ?? [])
      wrong.push({ code: exitCodes.prerequisite, says: [`${step.id}: ${says}: ${found}.`, remedy] });
    if (goals?.length === 0) say(`checked      ${step.id}: ${Object.keys(own).join(', ')}`);
  }
  return wrong;
}

/** Accounts that are named and not there, and those that are closed. None where AWS does not list them. */
async function wrongAccounts(
  ids: ReturnType<typeof accountsIn>,
  step: Step,
  engine: Engine,
): Promise<readonly Reason[]> {
  const all = await accountsAhead(step, engine).catch((error: unknown) => {
    if (error instanceof RequestRejected || error instanceof OutcomeUnknown) return undefined;
    throw error;
  });
  if (!all) return [];
  const unknown = ids.flatMap(([key, told]) => {
    const found = withIds(key, told, all);
    return 'says' in found ? [found] : [];
  });
  return [...unknown, ...ids.flatMap(([key, told]) => closed(key, told, all))];
}

/** Accounts that nothing can be done in: suspended, or being closed. */
const closed = (key: string, told: string, all: readonly NamedAccount[]): readonly Reason[] =>
  all
    .filter(({ id, state }) => state !== 'ACTIVE' && valuesOf(told).includes(id))
    .map(({ id, name, state }) => ({
      code: exitCodes.prerequisite,
      says: [
        `${key}: ${name} (${id}) is ${state.toLowerCase().replaceAll('_', ' ')}.`,
        'Choose another account.',
      ],
    }));

const answersTo = ({ id, questions }: Step, { answers }: Answers): Answers['answers'] =>
  Object.fromEntries(
    Object.keys(questions).flatMap((name) => {
      const told = answers[`${id}.${name}`];
      return told === undefined ? [] : [[name, told]];
    }),
  );

/** Those that the file names and that have not been met yet. Whose the environment's are, is seen when they are needed. */
async function wrongIdentities(
  file: Answers,
  step: Step,
  { runbook, engine, say }: FirstChecks,
): Promise<readonly Reason[]> {
  const wrong: Reason[] = [];
  for (const actor of runbook.actors) {
    const source = sourceIn(file, actor, file.roles[actor] !== undefined);
    if (source === undefined || engine().live.has(actor)) continue;
    const found = await identityAhead(step, actor, source, engine());
    if ('problem' in found)
      wrong.push({
        code: found.passing ? exitCodes.parked : exitCodes.credentials,
        says: [
          found.problem,
          found.remedy,
          found.passing
            ? 'Run the same command again later: it continues from here.'
            : `To do only what comes before the ${actorName(actor)}’s part, take ${actor} out of the file.`,
        ],
      });
    else say(`checked      ${actor}: ${sourceName(source)}: ${found.arn}, account ${found.account}`);
  }
  return wrong;
}
