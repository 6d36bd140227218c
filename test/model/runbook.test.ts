import { expect, test } from 'vitest';
import { isOf, runbook } from '../../src/model/runbook.ts';
import { fixture } from '../fixture-runbook/index.ts';

const [first, delegate] = fixture.steps;
if (!first || !delegate) throw new Error('no steps');
const parts = { ...fixture, phases: [{ title: 'All', steps: [first, delegate] }], final: delegate };

test('its last step rests on every other, whether it needs it or not', () => {
  expect(runbook(parts).final).toBe(delegate); // needs the first itself
  const alone = { ...delegate, dependsOn: {} };
  const made = runbook({ ...parts, phases: [{ title: 'All', steps: [first, alone] }], final: alone });
  expect(Object.values(made.final.dependsOn)).toEqual([first]);
  expect(made.steps).toEqual([first, made.final]);
  expect(made.phases[0]?.steps[1]).toBe(made.final);
});

test('two steps of one name, and a last step that is none of its steps, are refused', () => {
  const twice = [{ title: 'All', steps: [first, delegate, first] }];
  expect(() => runbook({ ...parts, phases: twice })).toThrow('two steps of fixture are called first');
  expect(() => runbook({ ...parts, phases: [{ title: 'All', steps: [first] }] })).toThrow(
    'delegate is no step',
  );
});

test('a journal that names no runbook is of the one that was there first', () => {
  expect(isOf(fixture, 'fixture')).toBe(true);
  expect(isOf(fixture, 'another')).toBe(false);
  expect(isOf(fixture, undefined)).toBe(false);
  expect(isOf({ ...fixture, unnamed: true }, undefined)).toBe(true);
  expect(isOf({ ...fixture, unnamed: true }, 'another')).toBe(false);
});
