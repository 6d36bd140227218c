import { expect, test } from 'vitest';
import { valueIn } from '../../src/model/call.ts';
import { describeBatch } from '../../src/model/policy/change-words.ts';
import { defined } from '../../src/model/text/defined.ts';
import { affectedBy } from '../../src/presentation/affected.ts';
import type { Scenario } from '../../src/simulator/organization/scenario-names.ts';
import type { Frame } from '../../src/ui/frame/frame.ts';
import { frameText } from '../../src/ui/frame/frame.ts';
import type { Ui } from '../../src/ui/input/state.ts';
import { textBox } from '../../src/ui/input/text-box.ts';
import { inputError } from '../../src/ui/input/validate-input.ts';
import { codewhisperer } from '../../steps/index.ts';
import { draw, ready, type Size } from './drive.ts';
import { type Prefers, type Put, scenarioAsks } from './scenario-asks.ts';

const sizes: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 50, rows: 20 },
  { columns: 120, rows: 40 },
];
/** What is read in a frame: without the checklist beside it, and as if it were one long row. */
const readIn = (frame: Frame): string =>
  frameText(frame)
    .split('\n')
    .map((row) => row.replace(/^.{38} │ ?/u, ''))
    .join(' ')
    .replace(/\s+/g, ' ');
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

const prefixed = (lead: string, text: string | undefined) => (text === undefined ? text : lead + text);
/** All that has to be seen before anybody says yes: each in the words in which it is shown. */
function decisiveIn({ ask, run, choice }: Put): readonly string[] {
  if (choice?.danger)
    return [
      choice.label,
      ...(choice.danger.decisive ?? choice.danger.says),
      ...choice.danger.typed.slice(0, 1),
    ];
  if (ask.is !== 'confirm') return [];
  const { changes, plan, step } = ask;
  const identity = run.identities[step.actor] ?? expect.fail('nobody was accepted');
  const place = run.names[identity.account];
  const accounts = changes.length > 4 ? [] : changes.map(({ says }) => says);
  const assigned = changes.length > 4 ? changes.flatMap(({ assigns }) => assigns ?? []) : [];
  const calls = changes.map(({ call }) => call);
  const affected =
    assigned.length > 0 ? describeBatch(calls, assigned[0]?.set) : prefixed('Affects ', affectedBy(changes));
  return [
    ...accounts,
    // What was made before it, by its id.
    ...changes.flatMap(({ call }) => {
      const arn = valueIn(call, 'PermissionSetArn');
      return typeof arn === 'string' ? [arn.split('/').at(-1) ?? arn] : [];
    }),
    // Of many together: whom, where, and what they get.
    ...new Set(assigned.flatMap(({ who, where, set }) => [who, where, set])),
    // As whom, and where they act: name and id.
    'user/runbook-operator',
    identity.account,
    ...(place === undefined ? [] : [place]),
    ...changes.flatMap(({ decisive, consequences = [] }) => decisive ?? consequences),
    ...plan.goals.flatMap((goal) =>
      goal.is === 'warning' ? [goal.short ?? `${goal.says}: ${goal.found}`] : [],
    ),
    ...(affected === undefined ? [] : [affected]),
    'Undo ',
  ];
}
const uiOf = ({ ask, choice }: Put): Ui =>
  choice?.danger
    ? { mode: { is: 'typed', box: textBox(), words: choice.danger.typed, choice }, scroll: 0 }
    : ready(ask);
/** As it is put, and where something else was typed than was asked for. */
function uisOf(put: Put): readonly Ui[] {
  const ui = uiOf(put);
  if (ui.mode.is !== 'typed') return [ui];
  const wrong = { ...ui.mode, box: textBox('something else') };
  return [ui, { ...ui, mode: { ...wrong, ...defined({ problem: inputError(put.ask, wrong) }) } }];
}

const walks: readonly (readonly [Scenario, Prefers])[] = [
  ['fresh', {}],
  ['done', {}],
  ['done', { already: (all) => all.find(({ value }) => value === 'add') }],
  ['existing-set-with-admin', { existing: (all) => all.find(({ value }) => value.startsWith('use@')) }],
  ['existing-set-with-admin', { existing: (all) => all.find(({ value }) => value.startsWith('replace@')) }],
  ['external-idp', {}],
  ['set-in-management', {}],
  [
    'fresh',
    {
      target: (all) =>
        all.find(
          ({ facts = [], label }) => /Management/.test(label) || facts.includes('the management account'),
        ),
      management: (all) => all.find(({ value }) => value === 'own-set'),
    },
  ],
  [
    'fresh',
    {
      user: (all) => all.slice(0, 6),
      target: (all) => all.filter(({ facts = [] }) => !facts.includes('the management account')).slice(0, 2),
    },
  ],
  [
    'fresh',
    {
      user: (all) => all.slice(0, 6),
      target: (all) => all.filter(({ facts = [] }) => !facts.includes('the management account')).slice(0, 3),
    },
  ],
  ['single-account', {}],
  ['large', {}],
];
test.each(walks)(
  '%s: nothing that decides is behind a key or below the fold, in any of three windows',
  { timeout: 120_000 },
  async (scenario, prefers) => {
    const puts = await scenarioAsks(scenario, prefers);
    const missing: string[] = [];
    for (const put of puts) {
      if (put.ask.is !== 'confirm' && !put.choice) continue;
      for (const [size, ui] of sizes.flatMap((one) => uisOf(put).map((ui) => [one, ui] as const))) {
        const frame = draw(put.ask, put.run, ui, size, true, [], codewhisperer);
        const shown = readIn(frame);
        const typo = ui.mode.is === 'typed' && ui.mode.problem !== undefined ? ', after a typo' : '';
        const name = `${put.ask.step.id} ${put.choice?.label ?? 'confirm'}, ${size.columns}×${size.rows}${typo}`;
        if (/↓ \d+ more/.test(shown)) missing.push(`${name}: ${/↓ \d+ more rows?/.exec(shown)?.[0]}`);
        for (const text of decisiveIn(put)) if (!shown.includes(flat(text))) missing.push(`${name}: ${text}`);
      }
    }
    expect(missing).toEqual([]);
    // While it is undone, how many changes there are is known, and stays so.
    const undone = puts
      .slice(puts.findIndex(({ ask }) => ask.is === 'undo'))
      .filter(({ ask }) => ask.is === 'confirm');
    const numbers = undone.map(
      (put) =>
        /CHANGE \S+ of (up to )?\d+/.exec(
          readIn(draw(put.ask, put.run, uiOf(put), sizes[0] ?? expect.fail(), true, [], codewhisperer)),
        )?.[0],
    );
    expect(numbers).toEqual(undone.map((_, n) => `CHANGE ${n + 1} of ${undone.length}`));
    expect(puts.length).toBeGreaterThan(3);
  },
);
