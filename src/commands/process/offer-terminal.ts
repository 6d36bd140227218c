import { createInterface } from 'node:readline';
import { giveTerminal } from '../../aws/credential-process/running.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { describeProcess } from '../../ui/content/waiting.ts';
import { watchProcesses } from './credential-process.ts';
import { print } from './output.ts';
import { signalsHeard } from './shutdown.ts';

/**
 * For commands without a screen: tells of a credential_process that takes long, and where there is a terminal, gives it
 * that with Enter. Returns how to stop.
 */
export function offerTerminal(): () => void {
  let offered = false;
  let last = '';
  const keys = process.stdin.isTTY ? createInterface({ input: process.stdin }) : undefined;
  keys?.on('line', () => {
    if (!offered) return;
    keys.pause();
    void giveTerminal(async (meanwhile) => {
      // What is typed is for it, and Ctrl-C ends it alone: this command says afterwards what came of it.
      const spare = (): void => undefined;
      process.on('SIGINT', spare);
      keys.close();
      try {
        await meanwhile();
      } finally {
        await signalsHeard();
        process.off('SIGINT', spare);
      }
    });
  });
  const unwatch = watchProcesses((process) => {
    if (!process) return;
    offered = true;
    if (process.said === last && last !== '') return;
    const again = last !== '';
    last = process.said || ' ';
    const rows = [
      ...(again ? [] : [describeProcess(process, Date.now())]),
      ...(process.said === '' ? [] : [`It says: ${process.said}`]),
      ...(again || !keys
        ? []
        : ['It has no terminal to ask you on. Enter: run it with the terminal. Ctrl-C: leave.']),
    ];
    print(rows.map((row) => `${escapeControlChars(row)}\n`).join(''), 'stderr');
  });
  return () => {
    unwatch();
    keys?.close();
  };
}
