import { toList } from './list.ts';
import { rounded } from './numbers.ts';
import { runUpTo, type Site } from './site.ts';
import type { Line } from './start.ts';
import { bareMemory, memoryOf } from './timed.ts';

/** What the program has of the memory with every client loaded and a long list on the screen. */
export async function memoryBench(site: Site): Promise<readonly Line[]> {
  const bare = bareMemory(site.node);
  const [some, many] = [await withUsers(site, 10_000), await withUsers(site, 100_000)];
  return [
    { name: 'memory with all clients and 10,000 rows', value: rounded(some / bare), unit: '×', goal: 2.6 },
    { name: 'memory more with 100,000 rows', value: rounded(many - some), unit: ' MiB', goal: 70 },
  ];
}
async function withUsers(site: Site, users: number): Promise<number> {
  const run = await runUpTo(site, { users, settle: 200 });
  try {
    const terminal = run.open();
    await toList(terminal, users);
    const memory = await memoryOf(terminal.pid);
    terminal.press('ctrl-c');
    await terminal.exit;
    return memory;
  } finally {
    await run.close();
  }
}
