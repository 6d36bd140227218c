import { faults } from './mutants.ts';

export const commands = [
  ...faults(
    'src/model/phase.ts',
    ['test/model/phase.test.ts'],
    [
      ['any reading finishes a run', 'event.step === final ?', 'true ?'],
      ['another answer leaves a run finished', "    case 'answered':\n", ''],
      ['a run that was undone is finished', "    case 'taken-back':\n", ''],
    ],
  ),
  ...faults(
    'src/model/progress/comparison.ts',
    ['test/commands/verify-ends.test.ts'],
    [['whose credentials look is drift', '.filter(({ id }) => !isOfCredentials(id))', '']],
  ),
  ...faults(
    'src/commands/planning/planner.ts',
    ['test/commands/verify-ends.test.ts'],
    [['credentials of another account verify', '(accounts[one] ?? account) !== account', 'false']],
  ),
  ...faults(
    'src/commands/apply.ts',
    ['test/commands/plan.test.ts'],
    [['the plan of an undo is applied', 'if (document.undo)', 'if (false)']],
  ),
];
