import { faults } from './mutants.ts';

const order = ['test/journal/durable-order.test.ts'];
export const journal = [
  ...faults(
    'src/journal/format.ts',
    ['test/journal/damage.test.ts'],
    [
      ['the chain is not looked at', 'if (before !== prev)', 'if (before === undefined)'],
      ['a seal is not looked at', "sha256(body, '}') === hash ? value", "hash !== '' ? value"],
      ['the number is not looked at', 'if (told !== seq)', 'if (told === undefined)'],
      [
        'damage anywhere is a torn line',
        'if (line.end === bytes.length && isTorn(line)) break;',
        'if (isTorn(line)) break;',
      ],
    ],
  ),
  ...faults('src/journal/journal.ts', order, [
    ['the header is named before it is on disk', '    await handle.sync();\n  } finally', '  } finally'],
    [
      'what a killed process wrote is not synced',
      '    await handle.datasync();\n    await syncUp',
      '    await syncUp',
    ],
    ['the name of a journal is not synced', '.new`, file);\n  await syncFolder(folder);', '.new`, file);'],
  ]),
  ...faults(
    'src/journal/journal.ts',
    ['test/journal/lock.test.ts'],
    [
      ['it opens without a lock', 'held = await lock(folder);', 'held = { release: async () => {} };'],
      [
        'it begins without a lock',
        'held = await lock(folder, header.program);',
        'held = { release: async () => {} };',
      ],
    ],
  ),
  ...faults(
    'src/journal/others.ts',
    ['test/journal/journal.test.ts'],
    [['another writer is not noticed', 'if (ours.size === size && same &&', 'if (same &&']],
  ),
  ...faults('src/journal/torn.ts', order, [
    ['the copy is not synced', 'await kept.sync();', ''],
    ['the cut is not synced', 'await handle.sync();', ''],
  ]),
  ...faults('src/journal/import.ts', order, [
    ['it is named before it is on disk', '      await handle.sync();\n', ''],
  ]),
  ...faults(
    'src/journal/import.ts',
    ['test/journal/handoff.test.ts'],
    [
      ['it takes no lock', 'held = await lock(folder, contents.header.program);', ''],
      [
        'what has gone on here is overwritten',
        "relation.is !== 'none' && relation.is !== 'older'",
        'relation.is === undefined',
      ],
    ],
  ),
  ...faults(
    'src/journal/privacy.ts',
    ['test/journal/journal.test.ts'],
    [['what others can read is left so', '(mode & 0o077) === 0 ? []', '(mode & 0o022) === 0 ? []']],
  ),
];
