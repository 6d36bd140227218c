import { watchToken } from '../../aws/credentials/login-tokens.ts';
import type { Ask, Reply } from '../../engine/ask.ts';
import type { Environment } from '../../model/text/environment.ts';
import type { Session } from '../../ui/session/session.ts';

/** Between two looks at a cached token. */
const pause = 2_000; // ms

/**
 * Puts a question to the operator. Where it is about a log-in that is missing, the cached token is looked at meanwhile:
 * who logs in in another window has answered. AWS is not asked. Where a code is to be entered, AWS's word is the answer.
 */
export async function untilLoggedIn(ask: Ask, session: Session, env: Environment): Promise<Reply> {
  const replied = session.ask(ask);
  if (ask.is === 'sign-in') {
    const ended = (): void => {
      if (session.view().ask === ask) session.reply({ do: 'go-on' });
    };
    ask.ended.then(ended, () => undefined); // given up: there is nobody to tell
    return replied;
  }
  if (ask.is !== 'credentials' || !ask.problem?.login || !ask.failed) return replied;
  const { failed: source } = ask;
  const seen = await watchToken(ask.problem.login, env);
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const loggedIn = await seen();
    if (session.view().ask !== ask) return;
    if (loggedIn) session.reply({ do: 'use', source });
    else timer = setTimeout(() => void look(), pause);
  };
  timer = setTimeout(() => void look(), pause);
  return replied.finally(() => clearTimeout(timer));
}
