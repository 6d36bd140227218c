import { expect, test } from 'vitest';
import { met, wrong } from '../../src/model/plan.ts';
import { shown } from '../../src/model/shown.ts';
import { frameText } from '../../src/ui/frame.ts';
import { asks, stepNamed, run as usual } from './asks.ts';
import { draw, keys, ready } from './drive.ts';

const hostile = [
  '\u001b[2Jgone',
  '\u001b]0;title\u0007',
  '\u001b]52;c;ZXZpbA==\u0007',
  '\u009b31mred',
  'carriage\rreturn',
  'back\b\b\bspace',
  'bell\u0007',
  'ad\u200bmin',
  '\u202enimda',
  '\u2066isolated\u2069',
  'soft\u00adhyphen',
  'line\u2028separator',
  'tag\u{e0041}\u{e007f}',
  'null\u0000byte',
  'delete\u007f',
  'lone\ud800surrogate',
  'private\ue000use',
  '\ufeffbom',
  'filler\u3164',
  'tab\there',
];
const raw = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u3164]/u;

test.each(hostile)('%j is seen, and does nothing', (name) => {
  expect(shown(name)).not.toMatch(raw);
  expect(shown(name)).toMatch(/⟪U\+[0-9A-F]{4,}⟫/);
  const plan = { goals: [met('a', `Account ${name}`, name), wrong('b', name, name, name)], notes: [name] };
  const step = stepNamed('organization');
  const { ask } = asks.choice ?? expect.fail();
  const rows = [{ value: name, label: name, detail: name }];
  const frames = [
    draw({ is: 'blocked', step, plan }, usual, ready({ is: 'blocked', step, plan }), {
      columns: 80,
      rows: 40,
    }),
    draw(
      {
        is: 'credentials',
        step,
        actor: undefined,
        sources: [{ kind: 'profile', name }],
        problem: { problem: name, remedy: name },
      },
      usual,
      ready({ is: 'credentials', step, actor: undefined, sources: [{ kind: 'profile', name }] }),
      { columns: 80, rows: 40 },
    ),
    draw(ask, usual, ready(ask, rows), { columns: 80, rows: 40 }),
  ];
  for (const frame of frames) expect(frameText(frame).replaceAll('\n', '')).not.toMatch(raw);
  // What is replied stays as it is, letter by letter.
  expect(keys(ask, usual, ready(ask, rows), 'enter').reply).toEqual({ do: 'answer', answer: name });
});

test('ordinary text of any language is left alone', () => {
  for (const text of [
    'Zoë van der Berg',
    'Elif Yıldız',
    '李娟',
    'مريم',
    '👩‍🚀'.replace('\u200d', ''),
    'CodeWhisperer_administrator',
    '“quoted” – dash…',
  ])
    expect(shown(text)).toBe(text);
});
