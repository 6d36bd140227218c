import { lstat, open, rename, rm } from 'node:fs/promises';
import { CliError, exitCodes } from '../process/exit.ts';

/** Where an export goes: a file, or standard output. */
export interface Target {
  readonly out?: string;
  readonly force?: boolean;
}
/** So much is handed on at once: characters. */
const most = 256 * 1024;

/**
 * Writes an export as it comes: to standard output, or into a file that only the operator can read, and that has its name
 * once it is whole. Nothing that is there is overwritten without `force`. Throws `CliError`.
 */
export async function writeOut(
  pieces: Iterable<string> | AsyncIterable<string>,
  { out, force = false }: Target,
): Promise<void> {
  if (out === undefined) {
    for await (const piece of gathered(pieces))
      await new Promise<void>((resolve) => process.stdout.write(piece, () => resolve()));
    return;
  }
  const there = await lstat(out).catch(() => undefined);
  if (there && !force)
    throw new CliError(
      exitCodes.usage,
      `There is a file ${out} already, and it is not overwritten. Nothing was written.`,
      'Name another place with --out, or overwrite it with --force.',
    );
  if (there && !there.isFile())
    throw new CliError(
      exitCodes.usage,
      `${out} is not a plain file. Nothing was written.`,
      'Name another place with --out.',
    );
  const part = `${out}.part`;
  try {
    await rm(part, { force: true });
    const file = await open(part, 'wx', 0o600);
    try {
      for await (const piece of gathered(pieces)) await file.write(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new CliError(
      exitCodes.usage,
      `It cannot be written: ${(error as Error).message}.`,
      'Name another place with --out.',
    );
  }
}

/** Many small pieces as few larger ones. */
async function* gathered(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    if (text.length < most) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
