import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/commands/process/exit.ts';
import { questionsOf } from '../../src/commands/unattended/answers.ts';
import { answersSchema } from '../../src/report/answers-schema.ts';
import { scenarios } from '../../src/simulator/scenarios/scenarios.ts';
import { codewhisperer } from '../../steps/index.ts';

interface Members {
  readonly properties?: Readonly<Record<string, unknown>>;
}
const questions = questionsOf(codewhisperer);
const page = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
/** The first cells of a page's tables, without their quotes. */
const firstCells = (text: string): readonly string[] =>
  [...text.matchAll(/^\| *`?([^|`]+?)`? *\|/gm)].map(([, cell = '']) => cell);

describe('what the pages say about the program', () => {
  const readme = page('README.md');

  const reference = page('docs/reference.md');

  it('the reference has the exit codes, all of them and no others', () => {
    const said = firstCells(reference).filter((cell) => /^\d+$/.test(cell));
    expect(said.map(Number)).toEqual(Object.values(exitCodes));
  });

  it('each exit code is reached by a test of a command', () => {
    const tests = ['commands', 'program'].flatMap((folder) => {
      const at = new URL(`../${folder}/`, import.meta.url);
      return readdirSync(at)
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => readFileSync(new URL(name, at), 'utf8'));
    });
    const expected = (code: number): RegExp =>
      new RegExp(`\\bcode\\b.*\\)\\.toBe\\(${code}\\)|\\bcode: ${code}\\b|'SIG[A-Z]+', ${code}\\b`);
    const codes = Object.values(exitCodes).filter((code) => !tests.some((text) => expected(code).test(text)));
    expect(codes).toEqual([]);
  });

  it('the reference names every scenario', () => {
    expect(scenarios.filter((name) => !reference.includes(`\`${name}\``))).toEqual([]);
  });

  it('the README names the package as npm makes it', () => {
    const { version } = JSON.parse(page('package.json')) as { version: string };
    const named = [...readme.matchAll(/cw-runbook-([\d.]+)\.tgz/g)].map(([, said]) => said);
    expect(new Set(named)).toEqual(new Set([version]));
  });

  it('the page about the answers file has every question, and no others', () => {
    const said = firstCells(page('docs/answers-file.md')).filter((cell) => /^[a-z-]+\.[a-zA-Z]+$/.test(cell));
    expect(said.toSorted()).toEqual(Object.keys(questions).toSorted());
  });

  it('the example of an answers file asks for nothing that the program does not know', () => {
    const [, json = '{}'] = /```json\n([\s\S]+?)```/.exec(page('docs/answers-file.md')) ?? [];
    const valid = new Ajv2020({ strict: false }).compile(answersSchema(codewhisperer));
    expect(valid(JSON.parse(json)), JSON.stringify(valid.errors)).toBe(true);
  });

  it('the page about the answers file has each of its members, and those of the change', () => {
    const { properties } = answersSchema(codewhisperer) as { properties: Record<string, Members> };
    const file = page('docs/answers-file.md');
    const headings = [...file.matchAll(/^## (.*)/gm)].flatMap(([, heading = '']) =>
      [...heading.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    );
    const members = Object.keys(properties).filter((name) => name !== '$schema');
    expect(headings).toEqual(members);
    const [, change = ''] = /^## `change`\n([\s\S]*?)^## /m.exec(file) ?? [];
    const named = firstCells(change).filter((cell) => /^\w+$/.test(cell) && cell !== 'Key');
    expect(named).toEqual(Object.keys(properties.change?.properties ?? {}));
  });

  it('the page about --json names every schema with its format, and says what a verdict has', () => {
    const json = page('docs/json.md');
    const folder = new URL('../../docs/schemas/', import.meta.url);
    for (const name of readdirSync(folder)) {
      expect(json).toContain(`(schemas/${name})`);
      const { properties } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Members;
      const format = (properties?.format as { const?: string } | undefined)?.const;
      if (format !== undefined) expect(json).toContain(`\`${format}\``);
    }
    const [, section = ''] = /^## `audit verify --json`\n([\s\S]*)/m.exec(json) ?? [];
    const told = [...section.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    );
    const { properties = {} } = JSON.parse(page('docs/schemas/verdict-1.schema.json')) as Members;
    expect(told.toSorted()).toEqual(Object.keys(properties).toSorted());
  });
});
