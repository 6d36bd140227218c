import type { Caller, Login, Source, UnusableCredentials } from '../model/identity.ts';
import { loginLine, sourceName } from '../model/identity.ts';
import type { Step } from '../model/step.ts';
import type { Engine } from './engine.ts';
import type { LoggedIn } from './ports.ts';

/**
 * Lets the operator sign in: with the AWS CLI, and where it is not installed, with a code on AWS's page. Why there is
 * nothing new to look at, where there is not; 'declined' where other credentials are to be chosen.
 */
export async function signIn(
  login: Login,
  step: Step,
  { ports }: Engine,
): Promise<UnusableCredentials | 'left' | 'declined' | undefined> {
  const ended: LoggedIn = login.here ? { is: 'not-installed' } : await ports.logIn(login);
  if (ended.is === 'ended') return undefined;
  if (ended.is === 'not-installed' && login.by === 'sso' && !login.codeForbidden && ports.signInWithCode) {
    ports.show({ is: 'looking', step: step.id, since: ports.now() });
    const begun = await ports.signInWithCode(login);
    ports.show({ is: 'idle' });
    if ('problem' in begun) return begun;
    const reply = await ports.ask({ is: 'sign-in', step, device: begun.shown, ended: begun.ended });
    if (reply.do === 'go-on') return begun.ended;
    begun.stop();
    return reply.do === 'leave' ? 'left' : 'declined';
  }
  const line = loginLine(login);
  return {
    problem:
      ended.is === 'failed'
        ? `${line} did not sign in: ${ended.why}.`
        : `The AWS CLI is not installed here, or is not on the PATH: ${line} cannot be started from here.`,
    remedy: `${ended.is === 'failed' ? 'Try again, or log' : 'Log'} in from another window on this machine: ${line}.`,
    login,
  };
}

/** So many codes AWS may refuse. More would be guessing, or the device is another one. */
const tries = 3;
/** A device shows a code for so long. */
const shown = 30_000; // ms

/**
 * Who a source's credentials are, where a role of it may need a code of an MFA device: the operator is asked for one
 * until AWS takes it. `meet`: asks AWS who they are. 'declined' where other credentials are to be chosen. Throws what
 * `meet` throws.
 */
export async function meetWithCode(
  { step, source }: { readonly step: Step; readonly source: Source },
  { ports }: Engine,
  meet: () => Promise<Caller | UnusableCredentials>,
): Promise<Caller | UnusableCredentials | 'left' | 'declined'> {
  let met = await meet();
  let left = tries;
  let repeated = false;
  while ('problem' in met && met.code && ports.enterCode) {
    const { code: request } = met;
    if (left === 0) return refusedAll(source, request.serial);
    const waits = request.sentAt !== undefined && ports.now() - request.sentAt < shown;
    const reply = await ports.ask({ is: 'code', step, source, request, left, waits, repeated });
    if (reply.do === 'leave') return 'left';
    if (reply.do === 'decline') return 'declined';
    if (reply.do !== 'code') continue;
    repeated = !ports.enterCode(request, reply.code);
    if (repeated) continue;
    met = await meet();
    if ('problem' in met && met.code?.refused !== undefined) left -= 1;
  }
  return met;
}

const refusedAll = (source: Source, serial: string): UnusableCredentials => ({
  problem: `${sourceName(source)}: AWS did not accept ${tries} codes of the MFA device ${serial}.`,
  remedy:
    'Check that this is the device you are reading, and that its clock is right. Then choose these credentials again, or others.',
});
