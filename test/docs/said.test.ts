import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/commands/process/exit.ts';
import { questionsOf } from '../../src/commands/unattended/answers.ts';
import { scenarios } from '../../src/simulator/scenarios/scenarios.ts';
import { codewhisperer } from '../../steps/index.ts';

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
    const { answers } = JSON.parse(json) as { answers: Record<string, string> };
    expect(Object.keys(answers).filter((key) => !(key in questions))).toEqual([]);
  });
});
