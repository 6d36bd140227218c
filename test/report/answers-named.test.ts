import { expect, test } from 'vitest';
import { emptyRun } from '../../src/model/run.ts';
import { namesOf } from '../../src/report/record/names.ts';
import { codewhisperer } from '../../steps/index.ts';
import { offeredPolicies } from '../../steps/policies/index.ts';

const { answer } = namesOf(emptyRun, codewhisperer.steps);

test.each(offeredPolicies.map(({ id, label }) => [id, label] as const))(
  'the policy %s is called in the record as in the list that it was chosen from: %s',
  (id, label) => expect(answer('permission-set', 'policy', id)).toBe(label),
);
test('what has no name of its own is shown as it was answered', () => {
  expect(answer('permission-set', 'policy', 'constructor')).toBe('constructor');
  expect(answer('permission-set', 'name', 'documented')).toBe('documented');
});
