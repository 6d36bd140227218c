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
/** By what rolldown itself has put there, and the packages' own files. */
const files: readonly { readonly modules: readonly string[] }[] = JSON.parse(
  readFileSync(join(root, '.cache/files.json'), 'utf8'),
);
const folders = new Set(
  files
    .flatMap(({ modules }) => modules)
    .filter((path) => path.includes('node_modules/'))
    .map((path) => {
      const [before, after = ''] = path.split(/node_modules\/(?!.*node_modules\/)/);
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

const own = readFileSync(join(packed, 'LICENSE'), 'utf8');
const words = (text: string): string => text.split(/\s+/).join(' ').trim();
/** What stands before, between and after lines. */
const withoutLines = (text: string, lines: readonly string[]): readonly string[] =>
  lines.reduce((parts, line) => parts.flatMap((part) => part.split(line)), [text]);

test.each([...folders])('%s is named with its version, license and whole text', (folder) => {
  const one = manifest(folder);
  const section = sectionOf(one);
  expect(section).toBeDefined();
  const texts = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  for (const text of texts) {
    const whole = readFileSync(join(root, folder, text), 'utf8');
    const said = whole.split(/END OF TERMS AND CONDITIONS|APPENDIX: /)[0] ?? '';
    const where = section?.includes('\nThe text is in the file LICENSE of cw-runbook.\n') ? own : section;
    // The lines on whose it is may stand over the text, which others have too.
    const whose = whole.split('\n').filter((line) => /^\s*copyright (\(c\)|\d)/i.test(line));
    for (const line of whose) expect(section).toContain(line.trim());
    const title = /^.*\bMIT License.*$/m.exec(said)?.[0] ?? '';
    for (const part of withoutLines(
      said,
      [...whose, title].filter((line) => line.trim() !== ''),
    ))
      expect(words(where ?? '')).toContain(words(part));
  }
  if (texts.length === 0)
    expect(section).toMatch(
      /Permission is hereby granted, free of charge|\nThe text is in the file LICENSE of cw-runbook/,
    );
  expect(bill.components).toContainEqual(
    expect.objectContaining({
      version: one.version,
      purl: `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`,
      licenses: [{ license: { id: one.license } }],
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
  const manifest = { name: 'odd', version: '1.0.0', ...said };
  writeFileSync(join(root, 'node_modules/odd/package.json'), JSON.stringify(manifest));
  await expect(packagesOf(['node_modules/odd/index.js'], pathToFileURL(`${root}/`))).rejects.toThrow(why);
});

test('packages under one license stand over it together, each with whose it is; others apart, as they are', () => {
  const one = { version: '1.0.0', license: 'MIT', brought: true };
  const told = noticesOf([
    { ...one, name: 'a', text: 'MIT License\n\nCopyright (c) 2020 A\n\nSame words' },
    { ...one, name: 'b', text: 'Copyright (c) 2021 B\n\nOther' },
    { ...one, name: 'c', text: 'The MIT License (MIT)\n\nCopyright (c) C\n\nSame\nwords' },
  ]);
  expect(told).toMatch(
    /\na 1\.0\.0 \(MIT\)\n {2}Copyright \(c\) 2020 A\nc 1\.0\.0 \(MIT\)\n {2}Copyright \(c\) C\n-+\n\nMIT License\s+Same words\n\n=+\nb 1\.0\.0 \(MIT\)\n-+\n\nCopyright \(c\) 2021 B\n\nOther\n$/,
  );
});

test('what is under the license of the program itself says so, and nothing else does', () => {
  const one = { version: '1.0.0', license: 'Apache-2.0', brought: true };
  const ends = '\nEND OF TERMS AND CONDITIONS\nAPPENDIX: how to apply it';
  const told = noticesOf(
    [
      { ...one, name: 'a', text: `Our words${ends}` },
      { ...one, name: 'b', text: `Our  words, and more${ends}` },
    ],
    'Our\nwords\nEND OF TERMS AND CONDITIONS',
  );
  expect(told).toMatch(
    /\na [\s\S]*\nThe text is in the file LICENSE of cw-runbook\.\n\n=+\nb [\s\S]*\nOur {2}words, and more/,
  );
});

test('neither source maps nor anything but the program is shipped', () => {
  const files = readdirSync(packed, { recursive: true, encoding: 'utf8' });
  expect(files.filter((file) => /\.map$|\.tsx?$|node_modules/.test(file))).toEqual([]);
});
