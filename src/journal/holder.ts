import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * Who writes to a run, for the message that a second one gets. It decides nothing: the lock does. So it may be out of
 * date after a kill, and nothing depends on its being written.
 */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly user: string;
  readonly since: string; // ISO 8601
  readonly program: string;
}
const fileIn = (folder: string): string => join(folder, 'holder.json');

/** Writes down that this process has the run (`holder.json`, 0600). Never fails: it is only told to others. */
export async function tellHolder(folder: string, program: string): Promise<void> {
  const holder: Holder = {
    pid: process.pid,
    host: hostname(),
    user: userName(),
    since: new Date().toISOString(),
    program,
  };
  await writeFile(fileIn(folder), `${JSON.stringify(holder)}\n`, { mode: 0o600 }).catch(() => undefined);
}

/** Removes it again; never fails. */
export const forgetHolder = (folder: string): Promise<void> =>
  rm(fileIn(folder), { force: true }).catch(() => undefined);

/**
 * Who has, or had, the run, in words: “process 12 of ann on host, since …”. Undefined where nobody has said. Whether
 * they still have it, `isHeld` tells.
 */
export async function holderOf(folder: string): Promise<string | undefined> {
  try {
    const { pid, host, user, since } = JSON.parse(await readFile(fileIn(folder), 'utf8')) as Holder;
    return `process ${pid} of ${user} on ${host}, since ${since}`;
  } catch {
    return undefined;
  }
}

/** A container's user may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
