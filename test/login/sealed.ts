import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unseal } from '../../src/simulator/organization/seals.ts';

const kinds = ['session', 'portal', 'refresh', 'client', 'device'];

/**
 * Which secrets of a simulated organization stand in a text: the tokens of its sessions and sign-ins, its clients'
 * secrets, its device codes. Each carries a proof that it was made there, so none has to be known to be found.
 */
export const sealedIn = (seed: string, text: string): readonly string[] =>
  [...text.matchAll(/[\w-]{8,}\.[\w-]{20,}/g)].flatMap(([token]) =>
    kinds.filter((kind) => unseal(seed, kind, token) !== undefined),
  );

/** The text of every file below a folder, by its path. */
export async function textsBelow(
  folder: string,
): Promise<readonly (readonly [path: string, text: string])[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.flatMap((one) => (one.isFile() ? [join(one.parentPath, one.name)] : []));
  return Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const));
}
