import type { Ask, Reply } from '../../engine/ask.ts';
import { deniedSays } from '../../model/access/access-denied-hints.ts';
import { actorName, sourceName } from '../../model/identity.ts';
import type { Plan } from '../../model/plan.ts';
import { commandAt } from '../../model/progress/cli-command.ts';
import { identitySays, whereOf } from '../../model/progress/cli-target.ts';
import { notSentSays } from '../../model/progress/not-sent.ts';
import { leftoverSays } from '../../model/progress/orphaned-changes.ts';
import { mayRepeat } from '../../model/progress/refused.ts';
import { passes, Refused, Unclear } from '../../model/reader.ts';
import { nothing, type Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { isOneOf } from '../../model/text/account-id.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { type ExitCode, exitCodes } from '../process/exit.ts';
import { agreedTo } from './agreed-to.ts';
import { type Answers, refuseUnfit, sourceIn } from './answers.ts';
import { confirmWith } from './confirm-again.ts';
import type { Consent, Operator, Reason } from './operator.ts';
import {
  type ByHand,
  driftSays,
  failedSays,
  isProvisioning,
  notSeen,
  sentence,
  unclearSays,
  undoLines,
} from './stop-messages.ts';
import { dangerOf, unanswered } from './unanswered.ts';
import { underWaySays } from './under-way.ts';

/** Answers from a file. It leaves at the first thing that it was not told, and says which. */
export function unattended(
  file: Answers,
  consent: Consent,
  say: (line: string) => void,
  sleep: (ms: number) => Promise<void>,
  byHand: ByHand = { command: () => '', as: () => [] },
  run: () => Run = () => nothing,
): Operator {
  let reason: Reason | undefined;
  let remains: readonly string[] = remainsSaid;
  let from: number | undefined; // attempts of earlier starts
  let asking = { sent: 0, shown: '', times: 0 };
  const tried = new Set<string>();
  const stop = (code: ExitCode, ...says: readonly string[]): Reply => {
    reason = { code, says };
    return { do: 'leave' };
  };
  /** The same reply to the same question would go on for ever. */
  const once = (what: string): boolean => !tried.has(what) && tried.add(what) !== undefined;

  const sayOnce = (line: string): void => {
    if (once(line)) say(line);
  };

  /** What holds and is to be read all the same: each once, the first time before anything is changed on it. */
  const sayWarnings = ({ step, plan }: { readonly step: Step; readonly plan: Plan }): void => {
    for (const goal of plan.goals) {
      if (goal.is !== 'warning') continue;
      const line = `read this    ${step.id}: ${goal.says}: ${sentence(goal.found)}`;
      sayOnce(line);
    }
  };
  /** All that a screen says beside its question: each once. */
  const sayBeside = (asked: { readonly step: Step; readonly plan: Plan }): void => {
    sayWarnings(asked);
    for (const note of asked.plan.notes ?? []) sayOnce(`note         ${asked.step.id}: ${note}`);
  };

  const sayLeftover = (step: Step): void => {
    for (const says of leftoverSays(step, run())) sayOnce(`read this    ${step.id}: ${says}`);
  };

  const ask = async (asked: Ask): Promise<Reply> => {
    from ??= run().attempts.length;
    switch (asked.is) {
      case 'credentials': {
        const named = file.profiles.management ?? file.roles.management;
        const actor = asked.actor ?? (named === undefined ? 'delegated-administrator' : 'management');
        const source = sourceIn(
          file,
          actor,
          asked.sources.some(({ kind }) => kind === 'environment'),
        );
        // Where the file names others than those that failed, they are what is meant now.
        const others = asked.failed !== undefined && JSON.stringify(source) !== JSON.stringify(asked.failed);
        if (asked.problem && !(source && others && once(`use ${JSON.stringify(source)}`)))
          return stop(
            asked.problem.passing ? exitCodes.parked : exitCodes.credentials,
            asked.problem.problem,
            asked.problem.remedy,
          );
        if (source) return { do: 'use', source };
        const account = asked.account === undefined ? '' : ` ${asked.account}`;
        return stop(
          exitCodes.answerNeeded,
          `Credentials of the ${actorName(asked.actor ?? 'management')}${account} are needed.`,
          ...(asked.open ?? []).map(
            ({ intent }) =>
              `Why: ${intent.says} was sent by ${intent.arn}, and how it ended is not known yet. That is looked for first.`,
          ),
          `Name a profile in the answers file: "profiles": {"${asked.actor ?? 'management'}": "…"}.`,
          ...(asked.actor === undefined
            ? []
            : ['If they are somebody else’s, hand the run to them: cw-runbook handoff']),
        );
      }
      case 'accept': {
        const { account, arn, source, elsewhere } = asked.caller;
        const who = `${sourceName(source)}: ${arn}, account ${account}, used as ${actorName(asked.actor)}`;
        if (!consent.yes)
          return stop(
            exitCodes.answerNeeded,
            `May these credentials be used? ${who}`,
            'Accept them with --yes.',
          );
        say(`accepted     ${who}`);
        if (elsewhere !== undefined) sayOnce(`read this    ${elsewhere}`);
        return { do: 'go-on' };
      }
      case 'question': {
        sayBeside(asked);
        const key = `${asked.step.id}.${asked.goal.question}`;
        const answer = file.answers[key] ?? asked.goal.initial;
        if (answer === undefined || !once(`${key}=${answer}`))
          return stop(exitCodes.answerNeeded, ...(await unanswered(key, answer, asked)));
        refuseUnfit(key, answer, asked.question);
        if (asked.question.as === 'attestation') readOut(asked.step, say);
        const danger = await dangerOf(answer, asked);
        if (!danger) return { do: 'answer', answer };
        const typed = consent.confirm.find((word) => isOneOf(danger.typed, word));
        if (typed !== undefined) {
          for (const text of danger.says) sayOnce(`note         ${key}: ${text}`);
          return { do: 'answer', answer, typed };
        }
        return stop(
          exitCodes.answerNeeded,
          ...danger.says,
          `Dangerous. Confirm it with ${confirmWith(danger.typed)}.`,
        );
      }
      case 'confirm': {
        sayBeside(asked);
        sayLeftover(asked.step);
        // AWS that answers now and then would be asked about for ever: nothing is sent, and it comes again.
        const sent = run().attempts.length;
        asking =
          asking.sent === sent && asking.shown === asked.shown
            ? { ...asking, times: asking.times + 1 }
            : { sent, shown: asked.shown, times: 1 };
        if (asking.times > most)
          return stop(
            exitCodes.parked,
            `${asked.changes.map(({ says }) => says).join('; ')}: confirmed ${most} times and not sent, for AWS gave no steady answer right before.`,
            'Run the same command again later: it goes on from here.',
          );
        const agreed = agreedTo(asked, run(), { ...consent, from });
        for (const text of agreed.follows ?? []) sayOnce(`note         ${asked.step.id}: ${text}`);
        if (agreed.is === 'no') return stop(agreed.code, ...agreed.says, ...(agreed.again ? remains : []));
        for (const line of agreed.before) say(`read this    ${asked.step.id}: ${line}`);
        return { do: 'confirm', ...(agreed.typed === undefined ? {} : { typed: agreed.typed }) };
      }
      case 'by-hand':
      case 'blocked':
        sayBeside(asked);
        return stop(
          exitCodes.prerequisite,
          ...asked.plan.goals.flatMap((goal): readonly string[] => {
            if (goal.is === 'wrong') return [`${goal.says}: no: ${sentence(goal.found)}`, goal.remedy];
            return goal.is === 'by-hand'
              ? [
                  goal.says,
                  goal.console,
                  ...(goal.command
                    ? [
                        ...identitySays(run(), asked.step.actor).map((text) => `# ${text}`),
                        commandAt(goal.command, whereOf(run(), asked.step.actor)),
                      ]
                    : []),
                ]
              : [];
          }),
          ...remains,
        );
      case 'unknown': {
        sayBeside(asked);
        const goals = asked.plan.goals.filter((goal) => goal.is === 'unknown');
        for (const goal of goals) {
          const why = file.waive[`${asked.step.id}.${goal.id}`];
          if (why !== undefined && !goal.firm && once(`waive ${asked.step.id}.${goal.id}`))
            return { do: 'waive', goal: goal.id, why };
        }
        const firm = goals.some((goal) => goal.firm);
        const later = goals.every((goal) => goal.soon);
        return stop(
          later ? exitCodes.parked : firm ? exitCodes.prerequisite : exitCodes.answerNeeded,
          ...notSeen(asked.plan),
          ...(later ? ['Run the same command again later: it goes on from here.'] : []),
          ...goals.flatMap(({ id, firm }) =>
            firm ? [] : [`To go on all the same, give a reason: "waive": {"${asked.step.id}.${id}": "…"}.`],
          ),
          ...(later ? [] : remains),
        );
      }
      case 'busy': {
        const seconds = Math.ceil((asked.until - Date.now()) / 1000);
        say(`busy         ${asked.step.id}: AWS is busy; tried again in ${Math.max(0, seconds)} s`);
        await sleep(Math.max(0, asked.until - Date.now()));
        return { do: 'again' };
      }
      case 'drifted':
        return stop(
          exitCodes.changesPending,
          'AWS was changed between the look and the change. Nothing was sent.',
          ...driftSays(asked.drifts),
          'Look at it, then run the same command again.',
        );
      case 'failed':
        return stop(
          asked.attempts.every((one) => mayRepeat(one) || isProvisioning(one))
            ? exitCodes.parked
            : exitCodes.unexpected,
          ...failedSays(asked.attempts, byHand),
          ...remains,
        );
      case 'cannot-tell':
        return stop(
          exitCodes.parked,
          ...unclearSays(asked.attempts),
          ...notSeen(asked.plan),
          'Run the same command again: it looks first, and sends nothing again before that is known.',
          'If it stays so, look in the console, then set it aside with a note in cw-runbook.',
          ...remains,
        );
      case 'under-way':
        return stop(exitCodes.parked, ...underWaySays(asked));
      case 'declined':
        return stop(exitCodes.answerNeeded, 'The change was declined.', ...remains);
      case 'undo':
        remains = [];
        if (asked.looked) for (const line of undoLines(asked)) say(line);
        return { do: 'go-on' };
      case 'done':
        sayBeside(asked);
        sayLeftover(asked.step);
        return { do: 'go-on' };
      case 'finished':
        sayWarnings(asked);
        for (const { step } of run().notSent ?? [])
          for (const says of notSentSays(step, run())) sayOnce(`read this    ${step}: ${says}`);
        for (const note of asked.plan.notes ?? []) say(`next         ${note}`);
        return { do: 'go-on' };
      case 'undone':
        return { do: 'go-on' };
      default:
        return unreachable(asked);
    }
  };
  /** The choices are AWS's to list, while it is asked: that may fail too. */
  const listed = (asked: Ask): Promise<Reply> =>
    ask(asked).catch((error: unknown) => {
      const refused = error instanceof Refused;
      if (asked.is !== 'question' || !(refused || error instanceof Unclear)) throw error;
      const later = !refused || passes(error.code);
      return stop(
        later ? exitCodes.parked : exitCodes.prerequisite,
        `The choices for ${asked.step.id}.${asked.goal.question} cannot be listed: ${refused ? `${error.code}: ` : ''}${error.message}.`,
        ...deniedSays(error.message),
        ...(later ? ['Run the same command again later: it goes on from here.'] : []),
      );
    });
  return { ask: listed, reason: () => reason };
}

/** What is attested is said: nobody has to take the file's word for what was to be read. */
export function readOut({ id, document }: Step, say: (line: string) => void): void {
  for (const text of document.says) say(`read         ${id}: ${text}`);
}

/** The same is confirmed so often at most while nothing comes of it. */
const most = 10;

/** While a run is taken back, what remains of it is not what is meant. */
const remainsSaid = ['What remains, as commands of the AWS CLI: cw-runbook status --commands'];
