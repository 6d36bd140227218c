import type { Ask, Reply } from '../../engine/ask.ts';
import type { Run } from '../../model/run.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import type { ExitCode } from '../process/exit.ts';
import type { Answers } from './answers.ts';
import type { Consent, Reason } from './operator.ts';

/** What is given to a start: what it was told, and how it speaks and waits. */
export interface Given {
  readonly file: Answers;
  readonly consent: Consent;
  readonly say: (line: string) => void;
  readonly sleep: (ms: number) => Promise<void>;
  readonly run: () => Run;
  /** Why a confirmation may not be given, whatever was agreed to: undefined where it may. */
  readonly allows?: ((asked: Confirmation) => Reason | undefined) | undefined;
}
export type Confirmation = Extract<Ask, { is: 'confirm' }>;
/** One start of an unattended run, as every question finds it. */
export interface Start extends Given {
  /** Whether this is the first time: the same reply to the same question would go on for ever. */
  readonly once: (what: string) => boolean;
  readonly sayOnce: (line: string) => void;
  /** Leaves, and keeps why. */
  readonly stop: (code: ExitCode, ...says: readonly string[]) => Reply;
  readonly reason: () => Reason | undefined;
  readonly memory: Memory;
}
interface Memory {
  from?: number; // how many attempts earlier starts made
  remains: readonly string[]; // how to see what remains to be done
  asking: { readonly sent: number; readonly shown: string; readonly times: number }; // the change that is confirmed
}

export type Asked<K extends Ask['is'] = Ask['is']> = {
  [P in K]: { readonly is: P } & Extract<Ask, { readonly is: P }>;
}[K];
/** Replies to one kind of question. */
type Handler<K extends Ask['is']> = (asked: Asked<K>, start: Start) => Reply | Promise<Reply>;
/** A handler for each of these kinds: one that is missing does not compile. */
export type Handlers<K extends Ask['is'] = Ask['is']> = { readonly [P in K]: Handler<P> };

export function startOf(given: Given): Start {
  let reason: Reason | undefined;
  const tried = new Set<string>();
  const once = (what: string): boolean => !tried.has(what) && tried.add(what) !== undefined;
  return {
    ...given,
    once,
    sayOnce: (line) => {
      if (once(line)) given.say(line);
    },
    stop: (code, ...says) => {
      reason = { code, says };
      return { do: 'leave' };
    },
    reason: () => reason,
    memory: { remains: remainsSaid, asking: { sent: 0, shown: '', times: 0 } },
  };
}

/** While a run is taken back, what remains of it is not what is meant. */
const remainsSaid = [
  `What remains, as commands of the AWS CLI: ${asCommand('cw-runbook status --commands')}`,
];
