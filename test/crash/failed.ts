import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Order } from './part.ts';
import type { Rig } from './rig.ts';
import type { Finding } from './tally.ts';

/** Throws a good case's folder away; keeps a failing one's, with what was found, and tells where it is. */
export async function put(
  rig: Rig,
  about: object,
  findings: readonly Finding[],
  { seed, failed }: Pick<Order, 'seed' | 'failed'>,
): Promise<void> {
  if (findings.length === 0) return rig.discard();
  await rig.close(); // the ledger is in organization.json
  await writeFile(
    join(rig.folder, 'case.json'),
    JSON.stringify({ seed, task: rig.task.name, ...about, findings }, undefined, 2),
  );
  failed(`${rig.folder}: ${findings.map(({ is, says }) => `${is}: ${says}`).join('; ')}`);
}
