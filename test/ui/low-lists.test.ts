import { expect, test } from 'vitest';
import { frameText } from '../../src/ui/frame/frame.ts';
import { asks, run as usual } from './asks.ts';
import { draw, keys, ready } from './drive.ts';

const people = (group: string, from: number) =>
  Array.from({ length: 9 }, (_, n) => ({
    ...{ value: `${from + n}`, label: `Person ${from + n}`, group },
    detail: 'A sentence about this one that takes more than one row of a narrow window to be read.',
  }));
const rows = [...people('Users', 10), ...people('Groups', 20)];

test.each(['choice', 'several'])(
  'of a list under headings, the highlighted row of %s is seen in every window',
  (name) => {
    const { ask } = asks[name] ?? expect.fail();
    for (const high of [12, 13, 14, 16, 20, 24])
      for (const columns of [40, 50, 80])
        for (const downs of [0, 1, 8, 9, 17]) {
          const begun = ready(ask, rows);
          const { ui } = keys(ask, usual, begun, ...Array.from({ length: downs }, () => 'down'));
          const text = frameText(draw(ask, usual, ui, { columns, rows: high }));
          expect(text, `${columns}×${high}, row ${downs}`).toMatch(/^❯ (\[ \] )?Person \d\d/m);
        }
  },
);
