import { faults } from './mutants.ts';

export const simulator = [
  ...faults(
    'src/simulator/protocol/signature.ts',
    ['test/simulator/signature.test.ts'],
    [
      [
        'any signature will do',
        'actual.length === expected.length && timingSafeEqual(actual, expected)',
        'actual.length === expected.length',
      ],
    ],
  ),
  ...faults(
    'src/simulator/protocol/authenticate.ts',
    ['test/simulator/signature.test.ts'],
    [['an old signature will do', 'if (at + quarter < now)', 'if (at + quarter * 1_000 < now)']],
  ),
  ...faults(
    'src/simulator/protocol/pages.ts',
    ['test/simulator/page-tokens.test.ts'],
    [
      [
        'a token fits every list',
        "typeof start === 'number' && proof === proofOf(of, start) ?",
        "typeof start === 'number' && proof !== '' ?",
      ],
      ['there is a page after the last', 'end < list.length ?', 'end <= list.length ?'],
    ],
  ),
  ...faults(
    'src/simulator/protocol/listener.ts',
    ['test/simulator/loopback.test.ts'],
    [
      [
        'it listens beyond loopback',
        "server.listen(wanted, '127.0.0.1', () => {",
        "server.listen(wanted, '0.0.0.0', () => {",
      ],
    ],
  ),
  ...faults(
    'src/simulator/protocol/validate.ts',
    ['test/simulator/validation.test.ts'],
    [['a pattern holds for a part of the value', '})$`, flags)', '})`, flags)']],
  ),
];
