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
const rowsOf = (rows: number, wellKnown = {}): readonly string[] =>
  headerLines(
    { banner: { ...banner, ...wellKnown }, run: emptyRun, phases, step, ask: undefined },
    across(80),
    { place: true, rows },
  )
    .map((line) =>
      line
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    )
    .filter((text) => /^[!✓] /.test(text));

test('the header tells of three things to know, and in a low window of the first', () => {
  expect(rowsOf(24)).toEqual(['! The first.', '! The second.', '! The third.']);
  expect(rowsOf(23)).toEqual(['! The first.']);
});

test('what is as it should be carries no warning’s sign, and stands behind what is not', () => {
  const good = ['Nothing changed.'];
  expect(rowsOf(24, { notices: ['The first.'], good })).toEqual(['! The first.', '✓ Nothing changed.']);
  expect(rowsOf(23, { notices: [], good })).toEqual(['✓ Nothing changed.']);
  expect(rowsOf(23, { good })).toEqual(['! The first.']);
});
