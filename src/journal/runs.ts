import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Header } from './format.ts';

/** The runs in a state folder, the oldest first, by their headers. What is not a run is passed over. */
export async function listRuns(
  home: string,
): Promise<readonly { readonly folder: string; readonly header: Header }[]> {
  const names = await readdir(join(home, 'runs')).catch(() => []);
  const all = await Promise.all(
    names.sort().map(async (name) => {
      const folder = join(home, 'runs', name);
      const header = await headerIn(folder);
      return header ? [{ folder, header }] : [];
    }),
  );
  return all.flat();
}

async function headerIn(folder: string): Promise<Header | undefined> {
  try {
    const handle = await open(join(folder, 'journal.jsonl'), 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(8_192), 0, 8_192, 0);
      const text = buffer.toString('utf8', 0, bytesRead);
      const header = JSON.parse(text.slice(0, text.indexOf('\n'))) as Header;
      return typeof header.run === 'string' && typeof header.endpoint === 'string' ? header : undefined;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}
