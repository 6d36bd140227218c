import { createInterface } from 'node:readline/promises';

/** Asks for one line at the terminal. Ctrl-C is 'interrupted', Ctrl-D an empty line. */
export async function askLine(question: string): Promise<string | { readonly interrupted: true }> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await new Promise((resolve) => {
      terminal.on('SIGINT', () => {
        process.stdout.write('\n');
        resolve({ interrupted: true });
      });
      terminal.on('close', () => resolve(''));
      terminal.question(question).then(
        (reply) => resolve(reply.trim()),
        () => resolve(''),
      );
    });
  } finally {
    terminal.close();
  }
}
