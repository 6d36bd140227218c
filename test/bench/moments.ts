import { setTimeout as after } from 'node:timers/promises';
import { changes, questionOf, seeing } from '../words.ts';
import { toList } from './list.ts';
import { median, rounded } from './numbers.ts';
import { type Measured, runUpTo, type Site, watched } from './site.ts';

/** From q to the end of the program, which is connected to AWS by then. */
export async function leaveBench(site: Site): Promise<Measured> {
  const run = await runUpTo(site, { users: 0, settle: 200 });
  try {
    const times: number[] = [];
    for (let n = 0; n < 7; n++) {
      const terminal = run.open();
      await toList(terminal, 0);
      const from = performance.now();
      terminal.press('q');
      await terminal.exit;
      times.push(performance.now() - from);
    }
    return { leave: rounded(median(times) / site.bare) };
  } finally {
    await run.close();
  }
}

/** While AWS takes its time for an assignment. */
export async function waitBench(site: Site): Promise<Measured> {
  const run = await runUpTo(site, { users: 0, settle: 120_000 });
  try {
    const terminal = run.open();
    await toList(terminal, 0);
    terminal.press(' ');
    await terminal.waitFor('Enter confirm 1 selected');
    terminal.press('enter');
    for (const [sees, key] of [
      [questionOf('permission-set.policy'), 'enter'],
      ['Name of the permission set', 'enter'],
      [seeing`CHANGE[^:]*: ${changes.create}[\s\S]*Make this change\?[\s\S]*y yes`, 'y'],
      [
        seeing`CHANGE[^:]*: ${changes.give} CodeWhisperer_administrator[\s\S]*Make this change\?[\s\S]*y yes`,
        'y',
      ],
      [seeing`CHANGE[^:]*: ${changes.assign}[\s\S]*Make this change\?[\s\S]*y yes`, 'y'],
    ] as const) {
      await terminal.waitFor(sees);
      terminal.press(key);
    }
    await terminal.waitFor(/AWS is at it|usually|Waiting for AWS/);
    await after(2_000);
    const { percent, bytes } = await watched(terminal, 15_000);
    terminal.press('ctrl-c', 'ctrl-c');
    await terminal.exit;
    return { waitPercent: rounded(percent), waitBytes: Math.round(bytes) };
  } finally {
    await run.close();
  }
}
