import { faults } from './mutants.ts';

export const model = [
  ...faults(
    'src/model/progress/outputs.ts',
    ['test/model/run.test.ts'],
    [['what was taken back still tells', ' && !run.undone.includes(a.intent.attempt))', ')']],
  ),
  ...faults(
    'src/model/run.ts',
    ['test/model/run.test.ts'],
    [
      [
        'a way back was made by the run',
        "state === 'verified' && wayOf(intent.situation) === 'apply'",
        "state === 'verified'",
      ],
      [
        'what lapsed is pending',
        'intent.step === step && !outcome',
        "intent.step === step && outcome?.ended !== 'verified'",
      ],
    ],
  ),
  ...faults(
    'src/model/plan.ts',
    ['test/model/plan.test.ts'],
    [
      ['a change goes beside what is unknown', "  ['unknown', 'unknown'],\n", ''],
      ['another call disproves', ' && naturalKey(goal.call) === key', ''],
      ['a batch takes in all that follow', 'change.batch !== first.batch', 'change.batch === undefined'],
      ['what is firm is waived', ' || goal.firm || why', ' || why'],
    ],
  ),
  ...faults(
    'src/model/policy/wildcards.ts',
    ['test/model/policy/policy-difference.test.ts'],
    [
      [
        'a pattern of a resource has no case',
        'one === other || (one',
        'one?.toLowerCase() === other?.toLowerCase() || (one',
      ],
    ],
  ),
  ...faults(
    'src/model/policy/policy-difference.ts',
    ['test/model/policy/policy-difference.test.ts'],
    [
      [
        'a condition less is nothing',
        'a.grant.conditions.every((one) => b.grant.conditions.includes(one))',
        'true',
      ],
      ['a denial is a grant', 'a.grant.effect === b.grant.effect &&', ''],
      [
        'a widened grant is no more',
        "is !== 'dropped' && is !== 'narrowed' :",
        "is !== 'dropped' && is !== 'narrowed' && is !== 'widened' :",
      ],
    ],
  ),
  ...faults(
    'src/model/access/preflight.ts',
    ['test/model/access/preflight.test.ts'],
    [['implicitly denied is allowed', "decision !== 'allowed'", "decision === 'explicitDeny'"]],
  ),
  ...faults(
    'src/model/access/absence.ts',
    ['test/model/access/absence.test.ts'],
    [
      [
        'every ResourceNotFoundException says that there is none',
        '      saysNone(error, sought)',
        "      error.code !== ''",
      ],
    ],
  ),
  ...faults(
    'src/model/text/shell.ts',
    ['test/report/remaining-commands.test.ts', 'test/model/progress/cli-command.test.ts'],
    [
      ['a dollar goes unquoted', '[\\w./:@%=,+-]+$/', '[\\w./:@%=,+$-]+$/'],
      ['a semicolon goes unquoted', '[\\w./:@%=,+-]+$/', '[\\w./:@%=,+;-]+$/'],
    ],
  ),
  ...faults(
    'src/model/text/account-id.ts',
    ['test/model/text/account-id.test.ts'],
    [
      ['thirteen digits are an account', '/^\\d{12}$/', '/^\\d{12,}$/'],
      [
        'a text is taken without its blanks',
        ': text;\n}\n\n/** The same for',
        ': id;\n}\n\n/** The same for',
      ],
    ],
  ),
  ...faults(
    'src/model/people/named.ts',
    ['test/model/people/named.test.ts'],
    [
      ['of many names the short ones are not found', 'sought.length < startLength || ', ''],
      ['of a few names none is found', 'starts === undefined || ', 'starts !== undefined && '],
    ],
  ),
];
