import { createHmac, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, syncFolder, writeAll } from '../durable.ts';
import { JournalError, notReadable } from '../errors.ts';

const length = 32; // bytes

/** What hashes names so that only who has the key can try which it was. `id`: names the key, and says nothing of it. */
export interface RedactionKey {
  readonly id: string;
  /** HMAC-SHA-256, hexadecimal. */
  readonly keyed: (text: string) => string;
}

/**
 * The key of a state folder, made where there is none, for its owner alone (0600). Exports have hashes under it, and never
 * the key. Throws `JournalError` for one that is damaged: another one would not join with earlier exports.
 */
export async function redactionKey(home: string): Promise<RedactionKey> {
  const file = join(home, 'redaction.key');
  const key = (await read(file)) ?? (await make(home, file)) ?? (await read(file));
  if (key?.length !== length)
    throw new JournalError(
      'foreign',
      `${file} is not a key of this program. Nothing was exported.`,
      'Put the file back as it was. If it is lost, delete it: the next export makes a new key, and its hashes do not match earlier exports.',
    );
  const keyed = (text: string): string => createHmac('sha256', key).update(text).digest('hex');
  return { id: keyed('cw-runbook redaction key').slice(0, 16), keyed };
}

async function read(file: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const found = await handle.stat();
      if (!found.isFile() || found.size > length) return Buffer.alloc(0);
      if ((found.mode & 0o077) !== 0 && process.platform !== 'win32') await handle.chmod(0o600);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw notReadable(`The key ${file} cannot be read`, error);
  }
}

/** Undefined where another program has just made it. */
async function make(home: string, file: string): Promise<Buffer | undefined> {
  const key = randomBytes(length);
  try {
    await makeFolder(home);
    const handle = await open(file, 'wx', 0o600);
    try {
      await writeAll(handle, key);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await syncFolder(home);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw notReadable(`The key ${file} cannot be made`, error);
  }
}
