import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { expect, test } from 'vitest';
import { noticesOf, packagesOf } from '../../src/contents.mjs';

const root = join(import.meta.dirname, '../..');
const packed = mkdtempSync(join(tmpdir(), 'cw-contents-'));
execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', packed], { cwd: root });
execFileSync('tar', ['-xzf', readdirSync(packed)[0] ?? '', '--strip-components=1'], { cwd: packed });
const notices = readFileSync(join(packed, 'dist/THIRD-PARTY-NOTICES'), 'utf8');
const bill = JSON.parse(readFileSync(join(packed, 'dist/sbom.cdx.json'), 'utf8'));

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}
/** By what esbuild itself has written down, and the packages' own files. */
const { outputs }: { outputs: Record<string, { inputs: Record<string, unknown> }> } = JSON.parse(
  readFileSync(join(root, '.cache/metafile.json'), 'utf8'),
);
const folders = new Set(
  Object.values(outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .filter((input) => input.includes('node_modules/'))
    .map((input) => {
      const [before, after = ''] = input.split(/node_modules\/(?!.*node_modules\/)/);
      const parts = after.split('/').slice(0, after.startsWith('@') ? 2 : 1);
      return `${before}node_modules/${parts.join('/')}`;
    }),
);
const manifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
const sections = notices.split(/^={80}\n/m).slice(1);
const sectionOf = ({ name, version, license }: Manifest): string | undefined =>
  sections.find((section) => section.split(/^-{80}$/m)[0]?.includes(`${name} ${version} (${license})`));

test('there is much to be named', () => expect(folders.size).toBeGreaterThan(50));

test.each([...folders])('%s is named with its version, license and whole text', (folder) => {
  const own = manifest(folder);
  const section = sectionOf(own);
  expect(section).toBeDefined();
  const texts = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  for (const text of texts)
    expect(section).toContain(
      readFileSync(join(root, folder, text), 'utf8')
        .replaceAll('\r\n', '\n')
        .trim(),
    );
  if (texts.length === 0)
    expect(section).toMatch(/Permission is hereby granted, free of charge|Apache License\s+Version 2\.0/);
  expect(bill.components).toContainEqual(
    expect.objectContaining({
      version: own.version,
      purl: `pkg:npm/${own.name.replace('@', '%40')}@${own.version}`,
      licenses: [{ license: { id: own.license } }],
    }),
  );
});

test('nothing is named that is not there', () => {
  const known = new Set([...folders].map((folder) => `${manifest(folder).name} ${manifest(folder).version}`));
  const named = [...notices.matchAll(/^(\S+ \d+\.\d+\.\d\S*) \(/gm)].map(([, name]) => name ?? '');
  expect(new Set(named)).toEqual(known);
  expect(bill.components).toHaveLength(known.size);
});

test('the bill of materials is valid CycloneDX 1.6, and what is not is found', async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  expect(await validator.validate(JSON.stringify(bill))).toBeNull();
  expect(await validator.validate(JSON.stringify({ ...bill, components: [{ name: 'x' }] }))).not.toBeNull();
});

test.each([
  [{ license: 'WTFPL' }, 'brings no license text, and none is known for WTFPL'],
  [{ license: 'MIT' }, 'brings no license text, and none is known for MIT'], // without anybody whose copyright it is
  [{}, 'does not say its license'],
])('a package of which that is known: %j, ends the build', async (said, why) => {
  const root = mkdtempSync(join(tmpdir(), 'cw-unlicensed-'));
  mkdirSync(join(root, 'node_modules/odd'), { recursive: true });
  writeFileSync(join(root, 'package-lock.json'), '{"packages":{}}');
  const manifest = { name: 'odd', version: '1.0.0', ...said };
  writeFileSync(join(root, 'node_modules/odd/package.json'), JSON.stringify(manifest));
  const metafile = { outputs: { a: { inputs: { 'node_modules/odd/index.js': {} } } } };
  await expect(packagesOf(metafile, pathToFileURL(`${root}/`))).rejects.toThrow(why);
});

test('packages with one text stand over it together, others apart', () => {
  const one = { version: '1.0.0', license: 'MIT', brought: true };
  const told = noticesOf([
    { ...one, name: 'a', text: 'Same' },
    { ...one, name: 'b', text: 'Other' },
    { ...one, name: 'c', text: 'Same' },
  ]);
  expect(told).toMatch(
    /a 1\.0\.0 \(MIT\)\nc 1\.0\.0 \(MIT\)\n-+\n\nSame\n\n=+\nb 1\.0\.0 \(MIT\)\n-+\n\nOther/,
  );
});

test('neither source maps nor anything but the program is shipped', () => {
  const files = readdirSync(packed, { recursive: true, encoding: 'utf8' });
  expect(files.filter((file) => /\.map$|\.tsx?$|node_modules/.test(file))).toEqual([]);
});
