import { randomUUID } from 'node:crypto';
import type { Orders } from './faults/fault-queue.ts';
import type { Delivery } from './faults/faults.ts';
import { defined } from './organization/defined.ts';
import { createPerformer, type Taken, type World } from './performer.ts';
import { authenticate } from './protocol/authenticate.ts';
import { type Answer, type Asked, answerOf, askedOf, refusalOf } from './protocol/codec.ts';
import { isRead } from './protocol/ledger.ts';
import { Refusal } from './protocol/refusal.ts';
import type { Received } from './protocol/signature.ts';
import { type PortalAnswer, portalAnswer } from './services/portal.ts';

/** What is to be sent, or what arrives instead of it. */
export interface Outcome {
  readonly answer: Answer;
  readonly delivery?: Delivery;
}

/**
 * Answers AWS requests that come over HTTP: receive → authenticate → perform, as for all requests (performer.ts) → answer.
 * `session`: ms that the credentials of a role last that the access portal gives.
 */
export function createPipeline(
  world: World & { readonly session: number; readonly orders: Pick<Orders, 'nextOfSignIn'> },
): (received: Received) => Outcome | undefined {
  const take = createPerformer(world);

  /** What the access portal and its sign-in service answer: no AWS request, and no fault of AWS's strikes it. */
  function ofPortal(received: Received): Outcome | undefined {
    const { state, ledger } = world.keeper.kept;
    const requestId = randomUUID();
    const now = world.now();
    const strike = (operation: string) => world.orders.nextOfSignIn(operation).signIn;
    const given = portalAnswer(received, { state, now, requestId, session: world.session, strike });
    if (given === undefined) return undefined;
    const { operation, account, status } = given;
    ledger.requests.push({
      n: (ledger.requests.at(-1)?.n ?? 0) + 1,
      operation,
      account,
      region: '',
      key: '',
      status,
      userAgent: received.headers['user-agent'] ?? '',
    });
    return { answer: answerOfPortal(given, requestId, now) };
  }

  function answered(asked: Asked, { strike, row, requestId, perform }: Taken): Answer {
    const { service, operation } = asked;
    try {
      const output = perform();
      const answer =
        strike.delivery?.is === 'error'
          ? refusalOf(
              service,
              failure('The request processing has failed because of an unknown error.'),
              requestId,
            )
          : answerOf(asked, output, requestId);
      row.status = strike.delivery?.is === 'reset' || strike.delivery?.is === 'nothing' ? 0 : answer.status;
      if (!isRead(service, operation)) world.keeper.save(); // before the answer: what was answered is on disk
      return answer;
    } catch (error) {
      // Anything else is ours: a defect, or a state file that cannot be written. The change stands in memory then, and
      // nobody was told so: as with a 500 of AWS's own, the caller has to look.
      const refusal = error instanceof Refusal ? error : failure(`The simulator failed: ${String(error)}`);
      const answer = refusalOf(service, refusal, requestId);
      row.status = answer.status;
      return answer;
    }
  }

  return (received) => {
    const entered = ofPortal(received);
    if (entered !== undefined) return entered;
    const asked = askedOf(received);
    if (asked === undefined) return undefined;
    const taken = take({
      asked,
      userAgent: received.headers['user-agent'] ?? '',
      from: (state, now) => authenticate(received, asked.service, state, now),
    });
    const { strike, now, requestId } = taken;
    const answer = strike.lost === undefined ? answered(asked, taken) : answerOf(asked, {}, requestId);
    const delivery = strike.lost ?? strike.delivery;
    return {
      answer: { ...answer, headers: { ...answer.headers, date: new Date(now).toUTCString() } },
      ...defined({ delivery }),
    };
  };
}

const answerOfPortal = ({ status, body, error }: PortalAnswer, requestId: string, now: number): Answer => ({
  status,
  headers: {
    'content-type': 'application/json',
    'x-amzn-requestid': requestId,
    date: new Date(now).toUTCString(),
    ...defined({ 'x-amzn-errortype': error }),
  },
  body: JSON.stringify(body),
});
const failure = (message: string): Refusal => new Refusal('InternalFailure', message, {}, 500);
