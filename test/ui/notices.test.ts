import { expect, test } from 'vitest';
import { emptyRun } from '../../src/model/run.ts';
import { headerLines } from '../../src/ui/frame/header.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { across } from './page.ts';

const { phases, steps } = fixture;

const notices = ['The first.', 'The second.', 'The third.', 'The fourth.'];
const [step] = steps;
if (!step) throw new Error('a runbook without steps');
const banner = { demo: false, endpoint: 'aws', program: 'cw-runbook/0.1.0', runId: '01RUN', notices };
const rowsOf = (rows: number): readonly string[] =>
  headerLines({ banner, run: emptyRun, phases, step, ask: undefined }, across(80), { place: true, rows })
    .map((line) =>
      line
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    )
    .filter((text) => text.startsWith('! '));

test('the header tells of three things to know, and in a low window of the first', () => {
  expect(rowsOf(24)).toEqual(['! The first.', '! The second.', '! The third.']);
  expect(rowsOf(23)).toEqual(['! The first.']);
});
