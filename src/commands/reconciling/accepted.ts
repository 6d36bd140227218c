import { refuseTrailElsewhere } from '../../aws/own-endpoint.ts';
import { LocalConfigError } from '../../aws/settings/local-config-error.ts';
import type { Engine } from '../../engine/engine.ts';
import { awsOf, createEngine } from '../../engine/engine.ts';
import { identify } from '../../engine/identify.ts';
import type { Actor } from '../../model/call.ts';
import type { Told } from '../../model/exchange/exchange.ts';
import { CredentialsError, type Reader } from '../../model/reader.ts';
import type { Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import type { Environment } from '../../model/text/environment.ts';
import type { Accepts } from '../planning/at-terminal.ts';
import type { Base } from '../planning/look-ahead.ts';
import { memoryJournal } from '../planning/memory-journal.ts';
import type { Accounts } from '../planning/planner.ts';
import { planningOperator } from '../planning/planner.ts';
import { wire } from '../process/create-ports.ts';
import { exitCodes } from '../process/exit.ts';
import type { Shutdown } from '../process/shutdown.ts';
import type { Answers } from '../unattended/answers.ts';
import type { Reason } from '../unattended/operator.ts';

interface Wish {
  readonly runbook: Runbook;
  readonly base: Base;
  readonly run: Run;
  readonly answers: Answers;
  readonly yes: boolean;
  readonly accepts?: Accepts | undefined; // asks somebody who is there
  readonly accounts: Accounts; // the only ones that are taken
  readonly leaving: Shutdown;
  readonly env: Environment;
  readonly answered?: Told;
}
/** A way into AWS with credentials that were accepted, or why there is none. */
export interface Accepted {
  /** By account. */
  readonly ways: ReadonlyMap<string, Reader>;
  readonly refused: readonly Reason[];
}

/**
 * The identities of a run, shown and accepted as everywhere: nothing but who they are is asked of AWS before. Those that
 * the answers name no credentials for are left out. Nothing is written.
 */
export async function acceptedFor({
  runbook,
  base,
  answers,
  yes,
  accepts,
  accounts,
  leaving,
  env,
  answered,
}: Wish): Promise<Accepted> {
  const ways = new Map<string, Reader>();
  const refused: Reason[] = [];
  for (const actor of runbook.actors) {
    if (answers.profiles[actor] === undefined && answers.roles[actor] === undefined) continue;
    const journal = memoryJournal(base.header, base.events);
    const operator = planningOperator(
      () => answers,
      { yes, accepts },
      () => ports.run(),
      accounts,
    );
    const ports = wire(journal, runbook, {
      ...{ ask: operator.ask, show: () => {}, leaving: leaving.signal, env, answered },
    });
    const engine = createEngine(ports, runbook.steps);
    const isTaken = await isAccepted(actor, engine);
    const reason = isTaken ? await elsewhere(actor, engine, base.header.endpoint, env) : operator.reason();
    if (reason) refused.push(reason);
    else if (isTaken) ways.set(ports.run().identities[actor]?.account ?? '', awsOf(engine, actor));
  }
  return { ways, refused };
}
/** CloudTrail may have an endpoint of its own: credentials go to the run's alone. */
async function elsewhere(
  actor: Actor,
  { ports }: Engine,
  endpoint: string,
  env: Environment,
): Promise<Reason | undefined> {
  const { source } = ports.run().identities[actor] ?? {};
  try {
    if (source) await refuseTrailElsewhere(source, endpoint, env);
    return undefined;
  } catch (error) {
    if (!(error instanceof LocalConfigError)) throw error;
    return { code: exitCodes.credentials, says: [error.message, error.remedy] };
  }
}

async function isAccepted(actor: Actor, engine: Engine): Promise<boolean> {
  const step = engine.steps.find((one) => one.actor === actor);
  if (step === undefined) return false;
  engine.forgotten.add(actor); // whoever was accepted before is shown, and accepted, once more
  try {
    return await identify({ step, actor }, engine);
  } catch (error) {
    if (error instanceof CredentialsError) return false;
    throw error;
  }
}
