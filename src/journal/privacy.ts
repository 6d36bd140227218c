import { lstatSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';

/** A file or folder of ours that others of this machine can get at, and the mode that it should have. */
interface Loose {
  readonly path: string;
  readonly mode: number;
  readonly wanted: number;
}

/** Of a run's journal and the folders that lead to it, what others can read or change. `folder`: the run's. */
function looseAt(folder: string, file: string): readonly Loose[] {
  if (process.platform === 'win32') return [];
  const runs = dirname(folder);
  const places = [
    [dirname(runs), 0o700],
    [runs, 0o700],
    [folder, 0o700],
    [file, 0o600],
  ] as const;
  const found = places.flatMap(([path, wanted]): readonly Loose[] => {
    const there = thereAt(path);
    if (!there || there.isSymbolicLink() || there.uid !== process.getuid?.()) return [];
    const mode = there.mode & 0o777;
    return (mode & 0o077) === 0 ? [] : [{ path, mode, wanted }];
  });
  // Somebody's whole home is theirs to open to others.
  return found.filter(({ path }) => path !== resolve(homedir()));
}
function thereAt(path: string) {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}
const octal = (mode: number): string => mode.toString(8).padStart(3, '0');
const couldBe = ({ mode }: Loose): string => ((mode & 0o022) !== 0 ? 'change' : 'read');

/**
 * Takes from others what they could read or change of a run, and says what it was, in sentences. Never fails: what
 * cannot be changed is said. `folder`: the run's; `file`: its journal.
 */
export async function makePrivate(folder: string, file: string): Promise<readonly string[]> {
  const says: string[] = [];
  for (const loose of looseAt(folder, file)) {
    const { path, mode, wanted } = loose;
    const could = `Other users of this machine could ${couldBe(loose)} ${path} (mode ${octal(mode)}).`;
    const done = await chmod(path, wanted).then(
      () => `It is yours alone now (mode ${octal(wanted)}).`,
      (error: Error) => `That could not be changed: ${error.message}. Run chmod ${octal(wanted)} on it.`,
    );
    says.push(`${could} ${done}`);
  }
  return says;
}

/** What others can read or change of a run, in sentences, where nothing is to be changed. */
export const describeLoose = (folder: string, file: string): readonly string[] =>
  looseAt(folder, file).map(
    (loose) =>
      `Other users of this machine can ${couldBe(loose)} ${loose.path} (mode ${octal(loose.mode)}). Run chmod ${octal(loose.wanted)} on it; the next cw-runbook that continues the run does so.`,
  );
