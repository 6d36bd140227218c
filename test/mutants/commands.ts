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
  // What the files of whole runs try at length that only `npm run test:all` runs.
  ...faults(
    'src/model/access/absence.ts',
    ['test/commands/absences.test.ts'],
    [
      ['the key’s trouble says that there is none', 'if (reason !== undefined) return false;', ''],
      [
        'a store that is gone says that there is nobody',
        "resource === undefined || resource === sought || sought === 'what was asked for'",
        'true',
      ],
    ],
  ),
  ...faults(
    'src/model/console.ts',
    ['test/commands/console-links.test.ts'],
    [
      ['the console opens in any account', "account === undefined ? '' : ", "true ? '' : "],
      ['the console opens in another Region', '/singlesignon/home?region=', '/singlesignon/home?of='],
    ],
  ),
  ...faults(
    'src/model/access/permissions.ts',
    ['test/commands/permissions.test.ts'],
    [
      [
        'what removes is not printed for an undo',
        '(call) => undo || !reverses(call)',
        '(call) => !reverses(call)',
      ],
      [
        'what is changed is not printed',
        'writes: needed.filter((action) => changing.has(action)),',
        'writes: [],',
      ],
    ],
  ),
  ...faults(
    'src/commands/first-contact/likeness.ts',
    ['test/commands/first-contact.test.ts'],
    [
      ['an organization that pays together is any', "=== 'CONSOLIDATED_BILLING'", "=== ''"],
      ['whose the key is does not matter', "=== 'CUSTOMER_MANAGED_KEY'", "=== ''"],
    ],
  ),
  ...faults(
    'src/commands/process/shutdown.ts',
    ['test/commands/spared.test.ts'],
    [['a Ctrl-C for what had the terminal ends the program', 'await signalsHeard();', '']],
  ),
  ...faults(
    'src/commands/process/create-ports.ts',
    ['test/commands/create-ports.test.ts'],
    [['a run that is taken up is not remembered', 'settings?.remember({ id, endpoint, simulated });', '']],
  ),
  ...faults(
    'src/journal/settings.ts',
    ['test/commands/create-ports.test.ts'],
    [
      [
        'the profile that was used last is not kept',
        'if (!isDeepStrictEqual(all[actor], source)) set(',
        'if (all[actor] === undefined) set(',
      ],
    ],
  ),
];
