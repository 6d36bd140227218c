import { stateHome, stateToRead } from '../../journal/state-home.ts';
import type { Book } from '../../model/runbook.ts';
import type { Environment } from '../../model/text/environment.ts';
import type { Own } from '../../model/text/own-commands.ts';

/** What these commands are told where nothing follows their name: the defaults of their options. */
export const unlessTold = {
  demo: { scenario: 'fresh', fresh: false, fault: [] },
  status: { commands: false, json: false },
} as const;

/**
 * The command that a command line asks for without a word more, where it is one of those that people begin with: all
 * there is to read of it is its name, and what reads the others need not be loaded. Undefined for anything else.
 */
export function bareCommand(
  argv: readonly string[],
  book: Book,
  own: Own,
  env: Environment,
): (() => Promise<number>) | undefined {
  const authority = { told: {}, required: {} };
  const given = async (folder: Promise<string>) => ({
    ...{ runbook: await book.load(), home: await folder, own, env, authority },
  });
  switch (argv.join(' ')) {
    case '':
      return async () => {
        const [{ guided }, { placeNow }] = await Promise.all([
          import('../guided.ts'),
          import('../runs/place-now.ts'),
        ]);
        const place = await placeNow(env);
        return guided({ ...(await given(stateHome(env))), place });
      };
    case 'demo':
      return async () => {
        const { demo } = await import('../demo.ts');
        return demo({ ...(await given(stateHome(env))), ...unlessTold.demo });
      };
    case 'status':
      return async () => {
        const { status } = await import('../status.ts');
        return status({ ...(await given(stateToRead(env))), ...unlessTold.status });
      };
    default:
      return undefined;
  }
}
