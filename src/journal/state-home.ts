import { constants } from 'node:fs';
import { access, lstat, mkdir } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import envPaths from 'env-paths';
import { JournalError, notWritable } from './errors.ts';

/**
 * The folder in which state is kept: CW_RUNBOOK_HOME, else the user's data folder. Made with mode 0700 where it is
 * missing. Throws `JournalError` for a folder that somebody else could write to, or that cannot be written.
 */
export async function stateHome(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const named = env.CW_RUNBOOK_HOME?.trim();
  const home = named ? resolve(named) : envPaths('cw-runbook', { suffix: '' }).data;
  if (!isAbsolute(home))
    throw new JournalError('foreign', `${home} is not a folder.`, 'Set CW_RUNBOOK_HOME to one.');
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw notWritable(`The folder for the runbook’s state, ${home}, cannot be made`, error);
  }
  await refuseStrangers(home);
  try {
    await access(home, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw notWritable(`The folder for the runbook’s state, ${home}, cannot be written`, error);
  }
  return home;
}

/** Whoever can write to the folder can make the run's past. */
async function refuseStrangers(home: string): Promise<void> {
  const found = await lstat(home);
  const refuse = (what: string): never => {
    throw new JournalError(
      'foreign',
      `${home} ${what}, so the runbook does not keep its state there.`,
      `Use a folder of your own (chmod 700 ${home}), or name another one with CW_RUNBOOK_HOME.`,
    );
  };
  if (found.isSymbolicLink()) return refuse('is a symbolic link');
  if (!found.isDirectory()) return refuse('is not a folder');
  if (process.platform === 'win32') return;
  if (found.uid !== process.getuid?.()) return refuse('belongs to another user');
  if ((found.mode & 0o022) !== 0) return refuse('can be written by other users');
}
