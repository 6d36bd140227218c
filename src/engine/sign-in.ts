import type { Login, UnusableCredentials } from '../model/identity.ts';
import { loginLine } from '../model/identity.ts';
import type { Step } from '../model/step.ts';
import type { Engine } from './engine.ts';

/**
 * Lets the operator sign in: with the AWS CLI, and where it is not installed, with a code on AWS's page. Why there is
 * nothing new to look at, where there is not; 'declined' where other credentials are to be chosen.
 */
export async function signIn(
  login: Login,
  step: Step,
  { ports }: Engine,
): Promise<UnusableCredentials | 'left' | 'declined' | undefined> {
  const ended = await ports.logIn(login);
  if (ended.is === 'ended') return undefined;
  if (ended.is === 'not-installed' && login.by === 'sso' && ports.signInWithCode) {
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
        ? `${line} did not log in: ${ended.why}.`
        : `The AWS CLI is not installed here, or is not on the PATH: ${line} cannot be started from here.`,
    remedy: `${ended.is === 'failed' ? 'Try again, or log' : 'Log'} in from another window on this machine: ${line}.`,
    login,
  };
}
