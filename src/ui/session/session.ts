import type { Activity } from '../../engine/ports.ts';
import type { Actor } from '../../model/call.ts';
import type { Event } from '../../model/event.ts';
import type { CredentialLifetime } from '../../model/identity.ts';
import type { Run } from '../../model/run.ts';
import type { Ask, Reply } from './ask.ts';

/** A credential_process that has been running for a while: it may be waiting for somebody. */
export interface WaitedFor {
  readonly profile: string;
  readonly since: number;
  /** What it said, masked. Shown, and never kept. */
  readonly said: string;
}
/** Everything that is drawn. */
export interface SessionView {
  readonly run: Run;
  readonly events: readonly Event[];
  readonly activity: Activity;
  readonly ask: Ask | undefined;
  readonly lasting: Readonly<Record<Actor, CredentialLifetime>>;
  /** Whose credentials this process has met; undefined where it meets none. */
  readonly atHand: readonly Actor[] | undefined;
  readonly waitedFor: WaitedFor | undefined;
  /** The operator leaves: only a call in flight is waited for. */
  readonly leaving: boolean;
}
/** Between the engine, which asks, and the screen, which replies. */
export interface Session {
  /** The same object until something changed. */
  view(): SessionView;
  subscribe(listener: () => void): () => void;
  /** Answers the question that stands. Without one nothing happens. */
  reply(reply: Reply): void;
  /** Leaves, whether a question stands or not. */
  leave(): void;
  ask(ask: Ask): Promise<Reply>;
  show(activity: Activity): void;
  /** The operator would rather go on without the search that is shown. */
  pass(): void;
  passed(): boolean;
  /** The run has a new event. */
  changed(): void;
  /** How long an actor's credentials last. */
  lasts(actor: Actor, lasts: CredentialLifetime): void;
  /** A credential_process is waited for, or no more. */
  waitsFor(what: WaitedFor | undefined): void;
  /** Gives the terminal to something else, and takes it back when that has ended. */
  lend(meanwhile: () => Promise<void>): Promise<void>;
  /** The screen says how it gives the terminal away. */
  onLend(how: (meanwhile: () => Promise<void>) => Promise<void>): void;
}

export function createSession(
  run: () => Run,
  events: () => readonly Event[] = () => [],
  atHand: () => readonly Actor[] | undefined = () => undefined,
): Session {
  const listeners = new Set<() => void>();
  let activity: Activity = { is: 'idle' };
  let asked: { readonly ask: Ask; readonly resolve: (reply: Reply) => void } | undefined;
  let leaving = false;
  let passed = false;
  let lasting: SessionView['lasting'] = {};
  let waitedFor: WaitedFor | undefined;
  let lender = (meanwhile: () => Promise<void>): Promise<void> => meanwhile();
  let view: SessionView | undefined;
  const changed = (): void => {
    view = undefined;
    for (const listener of listeners) listener();
  };
  const reply = (value: Reply): void => {
    const standing = asked;
    if (!standing) return;
    asked = undefined;
    changed();
    standing.resolve(value);
  };
  return {
    view: () => {
      view ??= {
        ...{ run: run(), events: events(), activity, ask: asked?.ask },
        ...{ lasting, atHand: atHand(), waitedFor, leaving },
      };
      return view;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reply,
    leave: () => {
      leaving = true;
      changed();
      reply({ do: 'leave' });
    },
    ask: (ask) => {
      // Nothing in it has to be read: it is passed, and the log says what was seen.
      if (ask.is === 'done' && ask.passes && !leaving) return Promise.resolve({ do: 'go-on', passed: true });
      return new Promise((resolve) => {
        asked = { ask, resolve };
        // Credentials that failed last no longer, whatever was said of them.
        if (ask.is === 'credentials' && ask.actor && ask.problem) {
          const { [ask.actor]: _, ...others } = lasting;
          lasting = others;
        }
        changed();
      });
    },
    pass: () => {
      passed = true;
    },
    passed: () => passed,
    show: (next) => {
      activity = next;
      if (next.is !== 'looking') passed = false;
      changed();
    },
    changed,
    lasts: (actor, lasts) => {
      lasting = { ...lasting, [actor]: lasts };
      changed();
    },
    waitsFor: (next) => {
      waitedFor = next;
      changed();
    },
    lend: (meanwhile) => lender(meanwhile),
    onLend: (how) => {
      lender = how;
    },
  };
}
