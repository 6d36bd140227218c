import { faults } from './mutants.ts';

export const screen = [
  ...faults(
    'src/ui/app.tsx',
    ['test/ui/app.test.tsx'],
    [
      [
        'a key reaches a question that is not drawn',
        '    if (!above && ask !== drawn.current) return;\n    // Many',
        '    // Many',
      ],
    ],
  ),
  ...faults(
    'src/ui/app.tsx',
    ['test/ui/guard.test.tsx'],
    [
      [
        'what is pasted is typed',
        "if (!above && mode.is === 'typed') {",
        "if (!above && mode.is === 'role') {",
      ],
    ],
  ),
  ...faults(
    'src/ui/input/guard.ts',
    ['test/ui/guard.test.tsx'],
    [
      ['a confirmation counts at once', 'const unread = 150; // ms', 'const unread = 0; // ms'],
      ['credentials count at once', "['confirm', 'accept', 'incoming']", "['confirm', 'incoming']"],
    ],
  ),
  ...faults(
    'src/model/plan.ts',
    ['test/engine/mixed-risks.test.ts'],
    [
      [
        'only a batch that is dangerous through and through takes a word',
        "all.some(({ risk, typed }) => risk === 'dangerous'",
        "all.every(({ risk, typed }) => risk === 'dangerous'",
      ],
    ],
  ),
  ...faults(
    'src/ui/input/validate-input.ts',
    ['test/ui/typing.test.tsx'],
    [['what does not begin as asked is not told', 'return isOneOf(mode.words, text)', "return text !== ''"]],
  ),
  ...faults(
    'src/report/markdown-text.ts',
    ['test/report/markdown.test.ts'],
    [
      ['a bar shifts the columns', '[\\]<>|~#', '[\\]<>~#'],
      ['a tag is a tag', '[\\]<>|~#', '[\\]|~#'],
      ['an address is a link', 'isAddress(part) ?', 'part === undefined ?'],
    ],
  ),
  ...faults(
    'src/model/text/escape-control-chars.ts',
    ['test/report/markdown.test.ts', 'test/ui/hostile.test.ts'],
    [['text is turned round', '\\u202a-\\u202e', '\\u202a-\\u202d']],
  ),
  ...faults(
    'src/commands/unattended/agreed-to.ts',
    ['test/commands/agreed-to.test.ts'],
    [
      [
        '--yes is enough for what is dangerous',
        'if (dangerous && typed === undefined)',
        'if (dangerous && typed === undefined && !yes)',
      ],
      ['nothing has to be agreed to', 'if (!dangerous && !yes)', 'if (!dangerous && yes)'],
    ],
  ),
];
