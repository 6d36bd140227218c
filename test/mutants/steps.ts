import { faults } from './mutants.ts';

export const steps = [
  ...faults(
    'steps/lookups/principals.ts',
    ['test/steps/find-users.test.ts'],
    [
      [
        'an e-mail address comes before a user name',
        "(await by('userName')) ?? (await by('emails.value'))",
        "(await by('emails.value')) ?? (await by('userName'))",
      ],
      [
        'the second of two people is not looked for',
        "[by('userName'), by('emails.value')]",
        "[by('userName')]",
      ],
    ],
  ),
  ...faults(
    'steps/assignments/assignments.ts',
    ['test/steps/assignments.test.ts'],
    [
      ['a group is assigned as a user', 'PrincipalType: one.type,', "PrincipalType: 'USER',"],
      ['anybody with that id will do', ' && row.type === type && row.id === id', ' && row.id === id'],
      ['any account will do', 'row.account === account && row.type', 'row.type'],
    ],
  ),
  ...faults(
    'steps/permission-sets/ownership.ts',
    ['test/steps/undo-permission-set.test.ts', 'test/steps/permission-set.test.ts'],
    [['what is older is ours', 'date >= at - skew && ', '']],
  ),
  ...faults(
    'steps/home-region.ts',
    ['test/steps/home-region.test.ts'],
    [
      [
        'a member’s look tells that there is none',
        "if (!instance && eyes !== 'management')",
        "if (!instance && eyes === 'none')",
      ],
      [
        'what is closed tells that there is none',
        'if (!instance && closed.length > 0)',
        'if (!instance && closed.length > 99)',
      ],
    ],
  ),
  ...faults(
    'steps/lookups/account-words.ts',
    ['test/steps/account-words.test.ts'],
    [
      [
        'a name that two accounts have will do',
        'shared ? [id] :',
        'shared === undefined && name === id ? [id] :',
      ],
      ['capitals tell accounts apart', '.toLowerCase().replace(/\\s+', '.replace(/\\s+'],
      [
        'a name may be another’s id',
        'for (const word of [alike(name), id])',
        'for (const word of [alike(name)])',
      ],
    ],
  ),
];
