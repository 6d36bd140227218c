import { type Actor, isReady, naturalKey } from '../model/call.ts';
import { keptOf } from '../model/evidence/recorded.ts';
import { factsOf } from '../model/operations.ts';
import type { Change } from '../model/plan.ts';
import { CredentialsError, OutcomeUnknown, passes, RequestRejected } from '../model/reader.ts';
import type { Step } from '../model/step.ts';
import { defined } from '../model/text/defined.ts';
import type { Direction } from './direction.ts';
import type { Engine } from './engine.ts';
import { awsOf, callerOf } from './engine.ts';
import { situationOf } from './observe.ts';
import { end, requestOf } from './settle.ts';

/** 'sent': AWS took it, or may have. 'unsent': AWS gave no answer before there was anything to send. */
export type Sent = 'sent' | 'refused' | 'unsent';

/** How a change is sent. `first`: of those that were confirmed together. */
interface Sending {
  readonly direction: Direction;
  readonly first: boolean;
}

/**
 * Sends one change, its intent written down first. Throws `CredentialsError`, before or after it was sent: the journal
 * tells; and an Error for a change that still waits for a value.
 */
export async function send(
  step: Step,
  change: Change,
  engine: Engine,
  { direction, first }: Sending,
): Promise<Sent> {
  const { ports } = engine;
  const { call } = change;
  const situation = situationOf(step, engine, direction);
  if (!isReady(call) || !situation) throw new Error(`${step.id}/${change.id} still waits for a value`);
  const { actor } = step;
  const aws = awsOf(engine, actor);
  // Who acts is asked once more, right before the first call: credentials may have been exchanged under our feet. For
  // those that follow it is known, as long as they are signed with the same.
  const caller = await unlessSilent(actor, callerOf(engine, actor, first));
  if (!caller) return 'unsent';
  const { Account: account = '', Arn: arn = '' } = caller;
  const accepted = ports.run().identities[actor];
  if (account !== accepted?.account || arn !== accepted.arn)
    throw new CredentialsError(
      actor,
      `${arn} acts now, and ${accepted?.arn ?? 'nobody'} was accepted. Nothing was sent.`,
      'Check whose credentials these are, and accept them or choose others.',
    );
  const { region } = ports.run().binding;
  const { unprovisioned: _, made: __, ...planned } = situation; // the journal tells it anyway
  const attempt = `${step.id}/${change.id}#${ports.run().attempts.length + 1}`;
  await ports.record({
    type: 'intended',
    attempt,
    step: step.id,
    change: change.id,
    says: change.says,
    call,
    key: naturalKey(call),
    actor,
    account,
    arn,
    region,
    situation: planned,
    ...defined({ before: change.before, reaches: change.reaches }),
  });
  ports.show({ is: 'sending', step: step.id, change: change.id, since: ports.now() });
  try {
    const { output, requestId, clock } = await aws.send(call, { run: situation.run, attempt });
    const request = requestOf(call, output);
    await ports.record({
      type: 'accepted',
      attempt,
      requestId,
      output: keptOf(output, factsOf(call.operation).records.output),
      ...defined({ request, clock }),
    });
    return 'sent';
  } catch (error) {
    if (error instanceof RequestRejected) {
      const { code, message: why, requestId, reason } = error;
      engine.allowed.clear(); // whatever was allowed when IAM was asked
      const told = defined({ reason });
      await end(attempt, { ended: 'refused', code, why, requestId, ...told }, engine);
      return 'refused';
    }
    if (error instanceof CredentialsError) {
      await end(
        attempt,
        { ended: 'refused', code: 'Credentials', why: error.message, requestId: '' },
        engine,
      );
      throw error;
    }
    if (!(error instanceof OutcomeUnknown)) throw error;
    await ports.record({ type: 'unclear', attempt, why: error.message });
    return 'sent';
  }
}

async function unlessSilent<T>(actor: Actor, reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof OutcomeUnknown || (error instanceof RequestRejected && passes(error.code)))
      return undefined;
    if (!(error instanceof RequestRejected)) throw error;
    throw new CredentialsError(
      actor,
      `AWS does not say whose credentials these are: ${error.code}: ${error.message}. Nothing was sent.`,
      'Use credentials that AWS accepts.',
    );
  }
}
