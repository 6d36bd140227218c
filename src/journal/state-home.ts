import { accessSync, constants, lstatSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import envPaths from 'env-paths';
import type { Environment } from '../model/text/environment.ts';
import { makeFolder } from './durable.ts';
import { JournalError, notReadable, notWritable } from './errors.ts';

/**
 * The folder in which state is kept, as an absolute path: CW_RUNBOOK_HOME, else the user's data folder. Made with mode
 * 0700 where it is missing. `to`: who only reads makes nothing, and may read from a disk that nobody can write. Throws
 * `JournalError` for a folder that somebody else could write to, or that cannot be written.
 */
export async function stateHome(
  env: Environment,
  { to }: { readonly to: 'read' | 'write' } = { to: 'write' },
): Promise<string> {
  const home = named(env.CW_RUNBOOK_HOME ?? '') ?? envPaths('cw-runbook', { suffix: '' }).data;
  if (!isAbsolute(home))
    throw new JournalError(
      'foreign',
      `The user’s data folder is not known: ${home} is no absolute path.`,
      'Set XDG_DATA_HOME to one, or CW_RUNBOOK_HOME to a folder of your own.',
    );
  if (to === 'read') {
    try {
      refuseStrangers(home);
    } catch (error) {
      throw notReadable(`The folder for the runbook’s state, ${home}, cannot be read`, error);
    }
    return home;
  }
  try {
    if (!refuseStrangers(home)) await makeFolder(home);
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw notWritable(`The folder for the runbook’s state, ${home}, cannot be made or written`, error);
  }
  refuseStrangers(home);
  return home;
}

/** Empty or blank counts as not set, as in every shell script. */
function named(value: string): string | undefined {
  if (value.trim() === '') return undefined;
  // A quoted tilde: the shell has left it as it is, and a folder of that name is not what anybody means.
  if (/^~([/\\]|$)/.test(value))
    throw new JournalError(
      'foreign',
      `CW_RUNBOOK_HOME is ${value}, and nobody has replaced the ~ in it.`,
      'Write it without quotes, or as $HOME/….',
    );
  return resolve(value);
}

/** Whoever can write to the folder can make the run's past. One that is not there yet is nobody's: false. */
function refuseStrangers(home: string): boolean {
  const found = lstatSync(home, { throwIfNoEntry: false });
  if (!found) return false;
  const refuse = (what: string, remedy: string): never => {
    throw new JournalError(
      'foreign',
      `${home} ${what}, so the runbook does not keep its state there.`,
      `${remedy} name another one with CW_RUNBOOK_HOME.`,
    );
  };
  if (found.isSymbolicLink()) refuse('is a symbolic link', 'Name the folder that it leads to, or');
  if (!found.isDirectory()) refuse('is not a folder', 'Move it away, or');
  if (process.platform === 'win32') return true;
  if (found.uid !== process.getuid?.()) refuse('belongs to another user', 'Take a folder of your own:');
  if ((found.mode & 0o022) !== 0) refuse('can be written by other users', `Run chmod 700 ${home}, or`);
  return true;
}

/** Of commands that change nothing on this machine. */
export const stateToRead = (env: Environment): Promise<string> => stateHome(env, { to: 'read' });
