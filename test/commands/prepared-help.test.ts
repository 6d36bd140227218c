import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unlessTold } from '../../src/commands/command-line/bare.ts';
import { prepared, printedHelp } from '../../src/commands/command-line/help-pages.ts';
import { helpAsked, helpText } from '../../src/commands/command-line/help-text.ts';
import { pathOf } from '../../src/commands/process/command-tree.ts';
import { head } from '../../steps/product.ts';
import { program } from '../program/demo.ts';

const { commands, pages } = prepared(head);

test.each(commands.map((one) => [pathOf(one), one] as const))(
  '%s --help is prepared as commander prints it, in a window of any width',
  (path, command) => {
    const page = pages[path] ?? expect.fail();
    for (const columns of [20, 40, 60, 66, 72, 80, 100, 132, 250])
      expect(helpText(page, columns), `${columns} columns`).toBe(printedHelp(command, columns));
  },
);

test.each([
  [['--help'], 'cw-runbook'],
  [['-h'], 'cw-runbook'],
  [['help'], 'cw-runbook'],
  [['help', 'cw-runbook'], 'cw-runbook'],
  [['run', '--help'], 'run'],
  [['runs', 'remove', '-h'], 'runs remove'],
  [['help', 'runs'], 'runs'],
  [['help', 'runs', 'remove'], 'runs remove'],
  // What is not certain is left to what reads the whole command line.
  [['help', 'runs', 'remove', 'more'], undefined],
  [['cw-runbook', '--help'], undefined],
  [['--plain', 'run', '--help'], undefined],
  [['run', '--yes', '--help'], undefined],
  [['nothing', '--help'], undefined],
  [['toString', '--help'], undefined],
  [['help', 'toString'], undefined],
  [['help', '--help'], undefined],
  [['run'], undefined],
  [[], undefined],
] as const)('%j asks for the help of %s', (argv, name) => {
  expect(helpAsked(argv, pages)).toBe(name);
});

test('what is shipped has these pages, and prints them without commander', () => {
  const dist = join(program, '..');
  expect(JSON.parse(readFileSync(join(dist, 'help.json'), 'utf8'))).toEqual(pages);
  const node = (...args: readonly string[]) =>
    execFileSync(process.execPath, [program, ...args], { encoding: 'utf8', env: { PATH: process.env.PATH } });
  // The texts themselves are compared above: of the shipped program, the root, a command, and one of a command's own.
  for (const name of ['cw-runbook', 'run', 'runs remove']) {
    expect(commands.map(pathOf)).toContain(name);
    const path = name === 'cw-runbook' ? [] : name.split(' ');
    const [prepared, parsed] = [node(...path, '--help'), node(...path, '--ascii', '--help')];
    expect(prepared).toBe(parsed);
  }
});

/** Texts for others, which keep the neutral form: exports, what a program reads, and what is no sentence. */
const neutralFiles =
  /simulator\/|report\/page\/|report\/record\/|export\/|examples\.ts|completion\.ts|man\.ts|own-commands\.ts/;

/** A source text without comments, and without what is handed to `asCommand`. */
function withoutMarked(source: string): string {
  const text = source.replace(/^\s*(?:\/?\*|\/\/).*$/gm, '');
  const [first = '', ...others] = text.split(/asCommand(?=\()/);
  return (
    first +
    others
      .map((part) => {
        let depth = 0;
        for (const [n, one] of [...part].entries()) {
          if (one === '(') depth += 1;
          if (one === ')') depth -= 1;
          if (depth === 0) return [...part].slice(n + 1).join('');
        }
        return part;
      })
      .join('')
  );
}
test('where a sentence has a command of ours, it is marked as one', () => {
  const names = commands.flatMap((one) => (one.parent && !one.parent.parent ? [one.name()] : []));
  const loose = new RegExp(`(?<![\\w/@.-])cw-runbook (?:--[a-z]|(?:${names.join('|')})(?![\\w-]))`);
  const found = ['src', 'steps'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => join(folder, path))
      .filter((path) => /\.tsx?$/.test(path) && !neutralFiles.test(path))
      .flatMap((path) =>
        withoutMarked(readFileSync(path, 'utf8'))
          .split('\n')
          .filter((line) => loose.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      ),
  );
  expect(found).toEqual([]);
});

test.each(Object.entries(unlessTold))(
  '%s alone is told what it would be told by its options',
  (name, told) => {
    const command = commands.find((one) => pathOf(one) === name) ?? expect.fail();
    expect(command.opts()).toEqual(told);
  },
);
