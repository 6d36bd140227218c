import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect } from 'vitest';
import { verifyFile } from '../../src/journal/evidence/verify-file.ts';
import { verdictLines } from '../../src/report/verdict-lines.ts';
import { chained, fileOf, header, resealedPage, story } from '../journal/evidence/chained.ts';
import { both, more, sampled, test } from '../more.ts';
import { finished } from './finished.ts';

const verifyPy = join(import.meta.dirname, '../../docs/verify.py');
const python = (file: string) => {
  const { status, stdout, stderr } = spawnSync('python3', ['-B', verifyPy, file], {
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
};

more(
  'what continues a closed journal is said, by both verifiers: a verification, an undo, a hand-off',
  async () => {
    const { at } = await finished();
    const runs = join(at.home, 'state', 'runs');
    const file = join(runs, readdirSync(runs)[0] ?? '', 'journal.jsonl');
    const closings = () => verifyFile(file).closings;
    const said = async () => ({
      ours: (await at.cli(['audit', 'verify', file])).out.match(/^Closed at record .*$/gm) ?? [],
      theirs: python(file).out.match(/^Closed at record .*$/gm) ?? [],
    });
    expect(closings()).toHaveLength(1);
    for (const next of [
      ['verify', '--yes'],
      ['undo', '--yes', '--poll', '100', '--confirm', 'Shared Services', '--confirm', 'Workloads Dev'],
    ] as const) {
      const before = closings();
      const { code, err } = await at.cli([...next, '--answers', join(at.home, 'answers.json')]);
      expect([0, 2], err).toContain(code);
      expect(closings().length).toBe(before.length + 1);
      const { ours, theirs } = await said();
      for (const { at: record, root } of before) {
        expect(ours).toContain(
          `Closed at record ${record}: ${record - 1} records, root ${root}, and continued.`,
        );
        expect(theirs).toContain(`Closed at record ${record}, root ${root}, and continued`);
      }
      expect(ours.at(-1)).not.toContain('continued');
      expect(theirs.at(-1)).not.toContain('continued');
    }
    const before = closings();
    const handed = join(at.home, 'run.cwhandoff');
    const { code, err } = await at.cli(['handoff', '--to', handed]);
    expect(code, err).toBe(3); // it waits for whoever takes it up
    const { ours } = await said();
    expect(ours).toHaveLength(before.length);
    expect(ours.at(-1)).toMatch(/continued to record \d+, and NOT CLOSED again/);
    const theirs = python(handed);
    expect(theirs).toMatchObject({ code: 0, out: expect.stringMatching(/and continued\nNOT CLOSED/) });
    expect((await at.cli(['audit', 'verify', handed])).out).toMatch(
      /continued to record \d+, and NOT CLOSED again/,
    );
  },
);

test('a page is verified by the journal in it, and is not believed where it was edited', async () => {
  const { at } = await finished();
  const page = join(at.home, 'change.html');
  expect((await at.cli(['audit', 'export', '--format', 'html', '--out', page])).code).toBe(0);
  const good = await at.cli(['audit', 'verify', '--closed', page]);
  expect([good.code, good.out]).toEqual([0, expect.stringContaining('That is the journal in the page.')]);
  const journal = await at.cli(['audit', 'verify']);
  expect(good.out.split('\n').filter((line) => /root|SHA-256/.test(line))).toEqual(
    journal.out.split('\n').filter((line) => /root|SHA-256/.test(line)),
  );
  expect(python(page)).toMatchObject({ code: 0, out: expect.stringMatching(/^Good: \d+ records/) });
  const text = readFileSync(page, 'utf8');
  const edited = text.replace('Not verified: the page’s script', 'Verified: the page’s script');
  expect(edited).not.toBe(text);
  writeFileSync(page, edited);
  const found = await at.cli(['audit', 'verify', page]);
  expect([found.code, found.out]).toEqual([
    7,
    expect.stringContaining('the page was changed after it was written'),
  ]);
  expect(found.out).toContain('Do not rely on what the page shows.');
  expect(python(page).code).toBe(7);
  writeFileSync(page, resealedPage(edited));
  expect((await at.cli(['audit', 'verify', page])).out).toContain(
    'What the page shows around it proves nothing',
  );
  expect(python(page).code).toBe(0);
  const redacted = join(at.home, 'redacted.html');
  await at.cli(['audit', 'export', '--format', 'html', '--redact', 'pii', '--out', redacted]);
  const without = await at.cli(['audit', 'verify', redacted]);
  expect([without.code, without.out]).toEqual([
    7,
    expect.stringContaining('the journal is not in this page'),
  ]);
  expect(python(redacted).code).toBe(7);
});

test('of a later schema both verifiers say the same, and what follows from it', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'cw-later-')), 'journal.jsonl');
  writeFileSync(file, fileOf(chained(story, { ...header(), journal: 5 })));
  const ours = verdictLines(verifyFile(file), file).filter((line) => line.startsWith('LATER SCHEMA'));
  expect(ours).toEqual([
    'LATER SCHEMA: this journal is of schema 5, and this verifier knows 1 to 4. Only the rules of schema 4 were checked: what a later one adds was not judged. Verify it with the version that wrote it, too.',
  ]);
  expect(python(file)).toMatchObject({ code: 0, out: expect.stringContaining(`\n${ours[0]}\n`) });
});

describe('whatever is named as the file, both verifiers say the same of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cw-named-'));
  const journal = fileOf(chained(story));
  const file = join(folder, 'journal.jsonl');
  writeFileSync(file, journal);
  const named = (name: string, make: (path: string) => void): string => {
    const path = join(folder, name);
    make(path);
    return path;
  };
  const ours = (path: string): number => {
    try {
      return verifyFile(path).good ? 0 : 7;
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toMatch(/^E/);
      return 64;
    }
  };
  const places: readonly [string, () => string, number][] = [
    ['a symbolic link', () => named('link', (path) => symlinkSync(file, path)), 0],
    ['a symbolic link that leads nowhere', () => named('nowhere', (path) => symlinkSync('none', path)), 64],
    ['a folder', () => named('folder', (path) => mkdirSync(path)), 64],
    ['nothing of the name', () => join(folder, 'none'), 64],
    ['an empty file', () => named('empty', (path) => writeFileSync(path, '')), 7],
    ['the device that is empty', () => '/dev/null', 7],
    ['a journal that was compressed', () => named('gz', (path) => writeFileSync(path, gzipSync(journal))), 7],
    [
      'a line that is too long',
      () => named('long', (path) => writeFileSync(path, long(16 * 1024 * 1024))),
      7,
    ],
    [
      'a line that is not too long',
      () => named('less', (path) => writeFileSync(path, long(16 * 1024 * 1024 - 1))),
      0,
    ],
    [
      'a last line that is too long',
      () =>
        named('torn', (path) =>
          writeFileSync(path, Buffer.concat([journal, Buffer.alloc(16 * 1024 * 1024, 'x')])),
        ),
      7,
    ],
    [
      'a last line that is not too long',
      () =>
        named('rest', (path) =>
          writeFileSync(path, Buffer.concat([journal, Buffer.alloc(16 * 1024 * 1024 - 1, 'x')])),
        ),
      0,
    ],
    [
      'zeros that never reached the disk',
      () => named('zeros', (path) => writeFileSync(path, Buffer.concat([journal, Buffer.alloc(4096)]))),
      0,
    ],
  ];
  both.each(sampled(places, 3))('%s', (_, make, code) => {
    const path = make();
    expect([ours(path), python(path).code]).toEqual([code, code]);
  });
  /** A journal with one line of so many bytes. */
  function long(length: number): Buffer {
    const of = (answer: string) => chained([{ type: 'answered', step: 'a', question: 'b', answer }]);
    const without = of('')[1]?.length ?? 0;
    return fileOf(of('x'.repeat(length - without)));
  }
  more.each([
    ['a pipe that somebody writes into', (path: string) => `cat "$1" > "${path}" & exec "$@" "${path}"`],
    ['standard input', () => 'cat "$1" | "$@" /dev/stdin'],
  ])('%s', (name, commandOn) => {
    const pipe = named(name.replaceAll(' ', '-'), (path) => execFileSync('mkfifo', [path]));
    const verifier = join(import.meta.dirname, '../../src/journal/evidence/verify-file.ts');
    const script = `import { verifyFile } from ${JSON.stringify(verifier)}; process.exitCode = verifyFile(process.argv.at(-1)).good ? 0 : 7`;
    const ended = (...command: readonly string[]) =>
      spawnSync('sh', [
        '-c',
        `file="$1"; shift; ${commandOn(pipe).replace('"$1"', '"$file"')}`,
        'sh',
        file,
        ...command,
      ]).status;
    expect(ended('python3', '-B', verifyPy)).toBe(0);
    expect(ended(process.execPath, '--import', 'tsx', '--input-type=module', '-e', script)).toBe(0);
  });
});
