import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { median, rounded } from './numbers.ts';
import type { Line } from './start.ts';
import { commandTime } from './timed.ts';

/** Programs for the terminal that are made with Ink, too. They come from npm, into .cache/, when this is asked for. */
const inkPrograms = { 'speed-test': '3', emoj: '4', 'fkill-cli': '9' } as const;
const binaries: Readonly<Record<string, string>> = { 'fkill-cli': 'fkill' };

/** What others take to tell their version, on the same machine and in the same minutes. */
export function peersBench(node: string, rounds: number): readonly Line[] {
  const folder = join(import.meta.dirname, '../../.cache/peers');
  const peers = Object.entries(inkPrograms).map(([name, version]) => {
    const binary = join(folder, 'node_modules/.bin', binaries[name] ?? name);
    if (!existsSync(binary))
      execFileSync('npm', [
        'install',
        '--silent',
        '--no-package-lock',
        '--prefix',
        folder,
        `${name}@${version}`,
      ]);
    return { name, start: [node, binary] };
  });
  if (spawnSync('aws', ['--version']).status === 0) peers.push({ name: 'aws', start: ['aws'] });
  const bares: number[] = [];
  const times = new Map(peers.map(({ name }) => [name, [] as number[]]));
  for (let n = 0; n < rounds; n++) {
    bares.push(commandTime(node, ['-e', '0']).busy);
    for (const { name, start } of peers) {
      const [command = '', ...args] = start;
      times.get(name)?.push(commandTime(command, [...args, '--version']).busy);
    }
  }
  return [...times].map(([name, ones]) => ({
    name: `${name} --version`,
    value: rounded(median(ones) / median(bares)),
    unit: '×',
  }));
}
