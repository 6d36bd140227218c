import { spawn } from 'node:child_process';
import { remember } from '../../aws/credential-process/end.ts';
import { masked } from '../../aws/credential-process/mask.ts';
import type { LoggedIn } from '../../engine/ports.ts';
import { type Login, loginCommand, loginLine } from '../../model/identity.ts';
import type { Environment } from '../../model/text/environment.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';

/** What is kept of what the command says on standard error, for the sentence about its failing. */
const most = 2_000;

/**
 * Logs in with the AWS CLI, in the terminal that this process has. Nobody's shell is asked: a profile's name is a word.
 * `leaving`: the operator leaves, and the command is ended too.
 */
export function runLogin(login: Login, leaving: AbortSignal, env: Environment): Promise<LoggedIn> {
  const [command = '', ...args] = loginCommand(login);
  process.stdout.write(`\n$ ${escapeControlChars(loginLine(login))}\n`);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['inherit', 'inherit', 'pipe'], env });
    // What it has started ends with it: see `remember`.
    const end = (): void => void child.kill('SIGTERM');
    leaving.addEventListener('abort', end, { once: true });
    let said = '';
    let unknown = false;
    child.stderr.on('data', (part: Buffer) => {
      process.stderr.write(part);
      const all = `${said}${part.toString()}`;
      unknown ||= /invalid choice/i.test(all); // a long list of what there is follows
      said = all.slice(-most);
    });
    remember({
      terminal: true,
      command: {
        pid: child.pid,
        ended: new Promise((ended) =>
          child.on('close', (code, signal) => ended({ code, signal, printed: '' })),
        ),
        isOver: () => child.exitCode !== null || child.signalCode !== null,
        complained: () => '',
      },
    });
    const settle = (how: LoggedIn): void => {
      leaving.removeEventListener('abort', end);
      resolve(how);
    };
    child.on('error', (error: NodeJS.ErrnoException) =>
      settle(error.code === 'ENOENT' ? { is: 'not-installed' } : { is: 'failed', why: error.message }),
    );
    child.on('close', (code, signal) => {
      const last = masked(said.trim().split('\n').at(-1)?.trim() ?? '');
      const ended = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`;
      if (code !== 0 && unknown) {
        settle(login.by === 'sso' ? { is: 'not-installed' } : { is: 'failed', why: tooOld });
        return;
      }
      settle(code === 0 ? { is: 'ended' } : { is: 'failed', why: last === '' ? ended : `${ended}: ${last}` });
    });
  });
}

/** Version 1 of the AWS CLI has no log-in, and an early version 2 none of the newer kind: both say 'Invalid choice'. */
const tooOld =
  'the AWS CLI on the PATH has no such command. It takes version 2.32.0 or later; aws --version says which one it is';
