import type { Ask, Reply } from './ask.ts';
import type { Ports } from './ports.ts';
import type { KeptAnswers } from './reading/kept-answers.ts';

/** What is answered at once where nobody sits there: by what was told before. */
const answeredAtOnce: readonly Ask['is'][] = ['credentials', 'accept', 'question', 'done', 'finished'];
/** Whether nothing was waited for: the file had the answer, or the screen passes by what nobody has to read. */
const isAtOnce = ({ is }: Ask, reply: Reply, { unattended = false }: Ports): boolean =>
  (unattended && answeredAtOnce.includes(is)) || (reply.do === 'go-on' && reply.passed === true);

/**
 * The same ports, after which nothing stands that AWS answered before: a person had the time to change something, somebody
 * was to look again, a change was confirmed, or it was waited for AWS.
 */
export const forgetting = (ports: Ports, kept: KeptAnswers): Ports => {
  const after = async <T>(waited: Promise<T>): Promise<T> => {
    try {
      return await waited;
    } finally {
      kept.forget();
    }
  };
  // Not a copy: what is exchanged in the ports later counts.
  return Object.assign(Object.create(ports) as Ports, {
    ask: async (ask: Ask): Promise<Reply> => {
      const reply = await ports.ask(ask);
      if (!isAtOnce(ask, reply, ports)) kept.forget();
      if (reply.do === 'again') kept.forgetCallers();
      return reply;
    },
    sleep: (ms: number) => after(ports.sleep(ms)),
    logIn: (login: Parameters<Ports['logIn']>[0]) => after(ports.logIn(login)),
    runInTerminal: (profile: string) => after(ports.runInTerminal(profile)),
  });
};
