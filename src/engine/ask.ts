import type { SourceFacts } from '../model/access/source-facts.ts';
import type { Attempt } from '../model/attempt.ts';
import type { Actor } from '../model/call.ts';
import type { Drift } from '../model/drift.ts';
import type { GivenBy } from '../model/event.ts';
import type {
  Caller,
  CodeRequest,
  DeviceSignIn,
  Login,
  Source,
  UnusableCredentials,
} from '../model/identity.ts';
import type { Change, Open, Plan } from '../model/plan.ts';
import type { Welcome } from '../model/progress/welcome.ts';
import type { Choice, Question } from '../model/question.ts';
import type { AppliedChange, Step } from '../model/step.ts';

/** What the engine wants of the operator. Whoever answers (a screen, an answers file) gets all it needs to decide. */
export type Ask =
  /** Whose credentials look or act. `account`: the one they have to belong to, where that is known. */
  | {
      readonly is: 'credentials';
      readonly step: Step;
      readonly actor: Actor | undefined; // undefined: the management account's or the delegated administrator's
      readonly account?: string;
      /** Sent with such credentials, and not known yet how it ended: that is looked for with them. */
      readonly open?: readonly Attempt[];
      readonly sources: readonly Source[];
      /** What is known of them. Nothing was asked of AWS for it. */
      readonly facts?: readonly SourceFacts[];
      /** What is not among them, or not as other programs have it. */
      readonly notes?: readonly string[];
      readonly problem?: UnusableCredentials;
      /** The source that has the problem: where somebody logs in meanwhile, it is what to look at again. */
      readonly failed?: Source;
    }
  /**
   * A code of an MFA device, without which a role of the source is given to nobody. `left`: so many tries are left.
   * `waits`: the device may still show the code that was sent last. `repeated`: that one was typed again.
   */
  | {
      readonly is: 'code';
      readonly step: Step;
      readonly source: Source;
      readonly request: CodeRequest;
      readonly left: number;
      readonly waits: boolean;
      readonly repeated: boolean;
    }
  /** A code is to be entered on a page of AWS. `ended`: resolves when AWS says that it was, or will not be. */
  | {
      readonly is: 'sign-in';
      readonly step: Step;
      readonly device: DeviceSignIn;
      readonly ended: Promise<unknown>;
    }
  /**
   * May these be used? Nothing but who they are has been asked of AWS so far. `again`: an earlier process accepted them,
   * and the run stood like that.
   */
  | {
      readonly is: 'accept';
      readonly step: Step;
      readonly actor: Actor;
      readonly caller: Caller;
      readonly again?: Welcome;
    }
  | {
      readonly is: 'question';
      readonly step: Step;
      readonly plan: Plan;
      readonly goal: Open;
      readonly question: Question;
      /** Page by page, as AWS answers. May throw `RequestRejected`, `OutcomeUnknown`, `CredentialsError`. */
      readonly choices?: () => AsyncIterable<Choice>;
    }
  | {
      readonly is: 'confirm';
      readonly step: Step;
      readonly plan: Plan;
      readonly changes: readonly Change[];
      readonly shown: string; // SHA-256 of all that is shown of them
    }
  /** Somebody has to do it in AWS; the runbook looks again. */
  | { readonly is: 'by-hand'; readonly step: Step; readonly plan: Plan }
  /** A prerequisite fails. */
  | { readonly is: 'blocked'; readonly step: Step; readonly plan: Plan }
  /** Something could not be looked at. */
  | { readonly is: 'unknown'; readonly step: Step; readonly plan: Plan }
  /** AWS is busy, or asked too often: the same is tried again at `until` (milliseconds since 1970), by the reply 'again'. */
  | {
      readonly is: 'busy';
      readonly step: Step;
      readonly plan: Plan;
      readonly attempts: readonly Attempt[];
      readonly until: number;
    }
  /** Confirmed, and AWS is not as it was shown any more. Nothing was sent. */
  | { readonly is: 'drifted'; readonly step: Step; readonly plan: Plan; readonly drifts: readonly Drift[] }
  /** AWS refused a change, or took it on and gave up. */
  | { readonly is: 'failed'; readonly step: Step; readonly plan: Plan; readonly attempts: readonly Attempt[] }
  /** The operator declined the changes that the plan holds. Nothing was sent. */
  | { readonly is: 'declined'; readonly step: Step; readonly plan: Plan }
  /** Sent, and nobody can say whether it took effect. */
  | {
      readonly is: 'cannot-tell';
      readonly step: Step;
      readonly plan: Plan;
      readonly attempts: readonly Attempt[];
    }
  /** AWS is still at it after the time we wait. */
  | {
      readonly is: 'under-way';
      readonly step: Step;
      readonly attempts: readonly Attempt[];
      /** Why nothing is heard of it, where AWS cannot be asked how it stands. */
      readonly untold?: string;
    }
  /**
   * The step is done: the operator reads the evidence and goes on. `passes`: nothing in it has to be read, and whoever
   * asks may pass it without stopping. `before`: what was there before this run, and is used.
   */
  | {
      readonly is: 'done';
      readonly step: Step;
      readonly plan: Plan;
      readonly passes?: true;
      readonly before?: readonly string[]; // goals, by their ids
    }
  /**
   * What taking the run back would do, the last first, and what stays. `looked`: AWS was looked at, and it may begin;
   * until then it is what the journal tells, and nothing was asked of AWS.
   */
  | {
      readonly is: 'undo';
      readonly step: Step;
      readonly items: readonly UndoItem[];
      readonly stays: readonly string[];
      readonly looked: boolean;
    }
  /** The run is taken back, but for what is left in `items`. */
  | {
      readonly is: 'undone';
      readonly step: Step;
      readonly items: readonly UndoItem[];
      readonly stays: readonly string[];
    }
  /** Every step is done. */
  | { readonly is: 'finished'; readonly step: Step; readonly plan: Plan };

/** What this run made in a step, and how taking it back stands, once that was looked at. */
export interface UndoItem {
  readonly step: Step;
  readonly made: readonly AppliedChange[];
  readonly plan?: Plan;
}

/** What the operator replies. Only some replies make sense to some asks; the others count as 'again'. */
export type Reply =
  /** `handoff`: somebody else is to go on with the run. */
  | { readonly do: 'leave'; readonly handoff?: { readonly note?: string } }
  /** Look again. */
  | { readonly do: 'again' }
  /**
   * To 'done', 'accept' and 'undo': go on. To 'sign-in': it has ended. `passed`: nobody has read it, and nothing in it
   * had to be read; `by`: how it was said, where not with a key.
   */
  | { readonly do: 'go-on'; readonly passed?: true; readonly by?: GivenBy }
  /** To 'credentials'. */
  | { readonly do: 'use'; readonly source: Source }
  /** To 'credentials': log in, in this terminal. */
  | { readonly do: 'log-in'; readonly login: Login }
  /** To 'code'. Written down nowhere. */
  | { readonly do: 'code'; readonly code: string }
  /** To 'credentials': run a profile's credential_process in this terminal. */
  | { readonly do: 'run-in-terminal'; readonly profile: string }
  /** To 'question'. `typed`: what was typed for a dangerous choice; `by`: how it was said, where nobody sat here. */
  | { readonly do: 'answer'; readonly answer: string; readonly typed?: string; readonly by?: GivenBy }
  /** To 'confirm'. The same of a dangerous change. */
  | { readonly do: 'confirm'; readonly typed?: string; readonly by?: GivenBy }
  /** To 'confirm' and 'undo': not now. To 'accept', 'code' and 'sign-in': other credentials. To 'busy': wait no longer. */
  | { readonly do: 'decline' }
  /** To 'done' and 'finished': show what taking the run back would do. */
  | { readonly do: 'undo' }
  /** While the run is taken back: leave what the step made, and go on with the rest. */
  | { readonly do: 'keep' }
  /** Takes an earlier answer back, of this step or an earlier one. */
  | { readonly do: 'withdraw'; readonly step: string; readonly question: string }
  /** To 'unknown': go on although it could not be checked. */
  | { readonly do: 'waive'; readonly goal: string; readonly why: string }
  /** To 'cannot-tell'. */
  | { readonly do: 'set-aside'; readonly attempt: string; readonly why: string }
  /** Other credentials for an actor, chosen anew. */
  | { readonly do: 'switch'; readonly actor: Actor };
