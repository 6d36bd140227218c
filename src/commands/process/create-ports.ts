import { connect } from '../../aws/client.ts';
import { endProcesses } from '../../aws/credential-process/running.ts';
import { enterCode } from '../../aws/credentials/mfa.ts';
import { signInWithCode } from '../../aws/device-sign-in.ts';
import { identifyCaller, sources } from '../../aws/identities.ts';
import { notesBesideProfiles } from '../../aws/settings/config-notes.ts';
import { factsOfSources } from '../../aws/source-facts.ts';
import type { Ask } from '../../engine/ask.ts';
import type { Ports } from '../../engine/ports.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Settings } from '../../journal/settings.ts';
import type { Actor } from '../../model/call.ts';
import type { Told } from '../../model/exchange/exchange.ts';
import type { CredentialLifetime, Source } from '../../model/identity.ts';
import { management } from '../../model/identity.ts';
import { applyEvent, foldRun, type Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { confirmationText } from '../../presentation/canonical.ts';
import { program } from './program.ts';
import { Left, leavable, sleep, unlessLeft } from './shutdown.ts';

interface Operator {
  readonly ask: Ports['ask'];
  readonly show: Ports['show'];
  /** Whether the search that is shown is to be gone on without. */
  passed?(): boolean;
  /** Gives the terminal to a log-in; without a person at it there is none. */
  readonly logIn?: Ports['logIn'];
  /** Runs a credential_process in the terminal; without a person at it there is none. */
  readonly runInTerminal?: Ports['runInTerminal'];
  /** Told how long an actor's credentials last, each time they are taken up or renewed. */
  lasts?(actor: Actor, lasts: CredentialLifetime): void;
  /** Nobody sits there: it answers at once. */
  readonly unattended?: true;
  /** Told of every answer of AWS. */
  readonly answered?: Told | undefined;
  /** Told after every event, before anything else happens. */
  changed?(run: Run): void | Promise<void>;
  /** Aborted when the operator leaves: a call in flight is finished, and nothing else is begun. */
  readonly leaving: AbortSignal;
  /** In which AWS is asked, and credentials are looked for. */
  readonly env: Environment;
}

/** The engine's ports: the journal, AWS, the clock, and whoever answers. */
export function wire(
  journal: Journal,
  runbook: Pick<Runbook, 'final'>,
  operator: Operator,
  settings?: Settings,
): Ports {
  const { leaving, answered, env } = operator;
  const lasting = new Map<Actor, CredentialLifetime>();
  const lookedUp = new Map<Actor, () => Promise<CredentialLifetime>>();
  const tell = (actor: Actor, lasts: CredentialLifetime): void => {
    lasting.set(actor, lasts);
    operator.lasts?.(actor, lasts);
  };
  const { run: id, endpoint, simulated } = journal.header;
  let remembered = false;
  const remember = (): void => {
    if (remembered) return;
    settings?.remember({ id, endpoint, simulated });
    remembered = true;
  };
  if (journal.begun()) remember();
  let run = foldRun(journal.events(), runbook);
  // What gives credentials may wait for somebody for ever, and nobody waits for it any more.
  leaving.addEventListener('abort', () => void endProcesses(), { once: true });
  return {
    run: () => run,
    record: async (news) => {
      if (news.type === 'intended' && leaving.aborted) throw new Left();
      const event = await journal.append(news);
      run = applyEvent(run, event);
      if (event.type === 'identified') {
        settings?.setProfile(event.actor, event.source);
        remember();
      }
      await operator.changed?.(run);
      return event;
    },
    head: () => journal.head(),
    sources: () => unlessLeft(leaving, () => sources(env)),
    sourceFacts: (all) => unlessLeft(leaving, () => factsOfSources(all, env)),
    sourceNotes: () => unlessLeft(leaving, () => notesBesideProfiles(env)),
    identifyCaller: (source) =>
      unlessLeft(leaving, () => identifyCaller(source, { env, program, endpoint, answered })),
    connect: (actor, source, region) => {
      const told = async (
        lasts: CredentialLifetime,
        again: () => Promise<CredentialLifetime>,
      ): Promise<void> => {
        lookedUp.set(actor, again);
        tell(actor, lasts);
        // Both may come from one log-in: where that was renewed, the other one's last longer as well.
        for (const [other, now] of lookedUp) {
          if (other === actor) continue;
          const left = await now().catch(() => undefined); // it is told, and nothing rests on it
          if (left) tell(other, left);
        }
      };
      const aws = connect({
        ...{ actor, source, region, program, env, onLifetime: told },
        ...defined({ answered }),
      });
      const { send, anchor, inUse } = aws;
      return { ...leavable(aws, leaving), send, ...defined({ anchor, inUse }) };
    },
    ask: async (ask) => {
      if (leaving.aborted) return { do: 'leave' };
      return operator.ask(ask.is === 'credentials' ? { ...ask, sources: usualFirst(ask, settings) } : ask);
    },
    unattended: operator.unattended ?? false,
    confirmationText: (ask) => confirmationText(ask, { run, endpoint }),
    lasting: (actor) => lasting.get(actor),
    logIn: async (login) => operator.logIn?.(login) ?? { is: 'failed', why: 'nobody is at this terminal' },
    runInTerminal: async (profile) =>
      operator.runInTerminal?.(profile) ?? {
        problem: `The credential_process of profile ${profile} cannot be run with a terminal: nobody is at this one.`,
        remedy: 'Start cw-runbook in a terminal.',
      },
    enterCode,
    signInWithCode: async (login) => {
      const giveUp = new AbortController();
      const until = AbortSignal.any([leaving, giveUp.signal]);
      const time = { now: Date.now, sleep: (ms: number) => sleep(ms, until) };
      const begun = await unlessLeft(leaving, () => signInWithCode(login, { env, endpoint, time }));
      if ('problem' in begun) return begun;
      begun.ended.catch(() => undefined); // it was given up, and nobody waits for it
      return { ...begun, stop: () => giveUp.abort() };
    },
    show: operator.show,
    passed: () => operator.passed?.() ?? false,
    now: Date.now,
    sleep: (ms) => sleep(ms, leaving),
  };
}

/** The credentials that this operator used for the actor last time stand first. */
function usualFirst(
  { actor, sources }: Extract<Ask, { is: 'credentials' }>,
  settings: Settings | undefined,
): readonly Source[] {
  const usual = JSON.stringify(settings?.profileOf(actor ?? management));
  const isUsual = (source: Source): boolean => JSON.stringify(source) === usual;
  return [...sources.filter(isUsual), ...sources.filter((source) => !isUsual(source))];
}
