import type { Ask, Reply } from '../../engine/ask.ts';
import type { Planner } from '../../engine/planning/plan-run.ts';
import type { Actor } from '../../model/call.ts';
import { actorName, type Caller, type Source, sourceName } from '../../model/identity.ts';
import type { Asks } from '../../model/progress/run-plan.ts';
import type { Run } from '../../model/run.ts';
import { defined } from '../../model/text/defined.ts';
import { CliError, type ExitCode, exitCodes } from '../process/exit.ts';
import { type Answers, refuseUnfit, sourceIn } from '../unattended/answers.ts';
import { identities } from '../unattended/identities.ts';
import type { Operator, Reason } from '../unattended/operator.ts';
import { type Start, startOf } from '../unattended/start.ts';
import { dangerOf, unanswered } from '../unattended/unanswered.ts';
import type { Accepts } from './at-terminal.ts';

/** Who must act, by account: what a run or a plan is tied to. */
export type Accounts = Readonly<Record<Actor, string>>;

/** Answers from a file, for a plan: nothing is agreed to that changes anything. */
export interface PlanningOperator extends Planner, Operator {
  /** What `run` and `apply` want typed for a choice that is dangerous, by the question's key. */
  dangers(): ReadonlyMap<string, readonly string[]>;
}

/**
 * `file`: what was answered, once the accounts that it names have their ids. `accounts`: the identities that are taken,
 * where a run or a plan is tied to some. `accepts`: asks somebody who is there, where nothing was agreed to
 * before; `ask` throws `CliError` when they say no.
 */
export function planningOperator(
  file: () => Answers,
  consent: { readonly yes: boolean; readonly accepts?: Accepts | undefined },
  run: () => Run,
  accounts: Accounts = {},
): PlanningOperator {
  let open: Asks | undefined;
  let refusal: Reason | undefined;
  const dangers = new Map<string, readonly string[]>();
  const start = (): Start => ({ ...begun, file: file() });
  const begun = startOf({
    file: file(),
    consent: { yes: consent.yes, confirm: [] },
    say: () => {},
    sleep: async () => {},
    run,
  });
  const leave = (code: ExitCode, ...says: readonly string[]): Reply => {
    refusal ??= { code, says };
    return { do: 'leave' };
  };
  const tried = new Set<string>();

  const accept = async (asked: Extract<Ask, { is: 'accept' }>): Promise<Reply> => {
    const { actor, caller } = asked;
    const other = otherAccount(actor, caller, file(), accounts);
    if (other) return leave(...other);
    if (!consent.yes && consent.accepts) {
      const agreed = await consent.accepts(asked, run());
      if (agreed === 'yes') return { do: 'go-on', by: 'key' };
      throw declined(caller, agreed);
    }
    const reply = await identities.accept(asked, start());
    return reply.do === 'leave' ? leave(...leavingWith(begun.reason())) : reply;
  };
  const ask = async (asked: Ask): Promise<Reply> => {
    switch (asked.is) {
      case 'credentials': {
        const reply = await identities.credentials(asked, start());
        return reply.do === 'leave' ? leave(...leavingWith(begun.reason())) : reply;
      }
      case 'code':
        await identities.code(asked, start());
        return leave(...leavingWith(begun.reason()));
      case 'sign-in':
        await identities['sign-in'](asked, start());
        return leave(...leavingWith(begun.reason()));
      case 'accept':
        return accept(asked);
      case 'question': {
        const key = `${asked.step.id}.${asked.goal.question}`;
        const answer = file().answers[key] ?? asked.goal.initial;
        if (answer === undefined || tried.has(`${key}=${answer}`)) {
          open = { key, says: await unanswered(key, answer, asked) };
          return { do: 'leave' };
        }
        tried.add(`${key}=${answer}`);
        refuseUnfit(key, answer, asked.question);
        const danger = await dangerOf(answer, asked);
        if (!danger) return { do: 'answer', answer };
        dangers.set(key, danger.typed);
        const [typed] = danger.typed;
        return { do: 'answer', answer, ...defined({ typed }) };
      }
      default:
        return { do: 'leave' };
    }
  };
  return {
    ask,
    asks: () => open,
    reason: () => refusal,
    dangers: () => dangers,
  };
}

/** Why a caller is not taken: it is another account than the one that the run or the plan is tied to. */
function otherAccount(
  actor: Actor,
  { account, source }: Caller,
  file: Answers,
  accounts: Accounts,
): [ExitCode, ...(readonly string[])] | undefined {
  const as = [actor, ...namedFor(file, source)].find((one) => (accounts[one] ?? account) !== account);
  if (as === undefined) return undefined;
  const expected = accounts[as];
  return [
    exitCodes.credentials,
    `${sourceName(source)} acts for account ${account}. The ${actorName(as)} here is ${expected}.`,
    `Name credentials of account ${expected} in the answers file.`,
  ];
}
/** For whom the file names these credentials. */
const namedFor = (file: Answers, source: Source): readonly Actor[] =>
  (Object.keys(file.profiles) as Actor[]).filter(
    (actor) => JSON.stringify(sourceIn(file, actor, false)) === JSON.stringify(source),
  );

/** Thrown, for everything ends: whoever says no is not asked about others, and nobody is asked who they are again. */
const declined = ({ source }: Caller, agreed: 'no' | 'interrupted'): CliError =>
  new CliError(
    agreed === 'no' ? exitCodes.parked : exitCodes.interrupted,
    `The credentials of ${sourceName(source)} were not accepted. Nothing else was sent with them.`,
    'Name others in the answers file: --answers FILE',
  );

const leavingWith = (reason: Reason | undefined): [ExitCode, ...(readonly string[])] => [
  reason?.code ?? exitCodes.credentials,
  ...(reason?.says ?? []),
];
