import { spawnSync } from 'node:child_process';

/** Whether a process is at work. One that has ended and that nobody has fetched yet, is not: that is up to the machine. */
export function lives(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}
