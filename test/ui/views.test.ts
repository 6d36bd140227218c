import { expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { partsOf } from '../../src/model/progress/applicable-steps.ts';
import { applyEvent, emptyRun } from '../../src/model/run.ts';
import { goalBlocks } from '../../src/presentation/checks.ts';
import { textsOf } from '../../src/presentation/texts.ts';
import { bodyOf } from '../../src/ui/content/body.ts';
import { frameText } from '../../src/ui/frame/frame.ts';
import { bindings } from '../../src/ui/input/bindings.ts';
import { isPageOfAws, linksOf } from '../../src/ui/input/links.ts';
import { meanings } from '../../src/ui/input/meanings.ts';
import { plainText } from '../../src/ui/text/line.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { isAsKept } from '../kept.ts';
import { asks, events, stepNamed, run as usual } from './asks.ts';
import { draw, keys, ready } from './drive.ts';
import { across, display } from './page.ts';

const { steps } = fixture;

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 50, rows: 20 },
];
const ascii = { ...display, charset: 'ascii' } as const;
const wide = { columns: 200, rows: 50 };
const put = (name: string, ...pressed: readonly string[]) => {
  const { ask, run = usual, rows } = asks[name] ?? expect.fail();
  const { ui, reply, errand } = keys(ask, run, ready(ask, rows), ...pressed);
  return {
    ui,
    reply,
    errand,
    text: (size = sizes[0], of = display) =>
      frameText(draw(ask, run, ui, size ?? expect.fail(), true, events, undefined, of)),
  };
};

const views: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'view-help': ['done', '?'],
  'view-help-search': ['done', '?', '/', 'answers'],
  'view-document': ['confirm', 'd'],
  'view-log': ['confirm', 'l'],
  'view-log-search': ['confirm', 'l', '/', 'us-east', 'enter'],
  'answers-consequences': ['failed', 'b'],
  'answers-made': ['done-since', 'b'],
  'choice-search': ['choice', '/', 'load 1'],
  'choice-nothing-found': ['choice', '/', 'nobody'],
  'choice-danger-typed': ['choice-dangerous', 'down', 'enter', 'Shared X'],
  'typed-wrong': ['confirm-dangerous', 'shared', 'enter'],
  'text-wrong': ['text', 'ctrl-u', 'https', 'enter'],
  'text-so-far': ['text', 'ctrl-u', 'https'],
  role: ['credentials', 'down', 'down', 'enter', 'Administrator'],
  'role-base': [
    ...(['credentials', 'down', 'down', 'enter'] as const),
    ...['arn:aws:iam::444455556666:role/Identity', 'enter'],
  ],
  'waive-note': ['unknown', 'g', 'Seen in the console'],
  'set-aside-note': ['cannot-tell', 's', 'enter'],
};
test.each(Object.entries(views))('%s, as it was last looked at', async (name, [from, ...pressed]) => {
  const { text } = put(from, ...pressed);
  for (const size of sizes)
    await isAsKept(`${text(size)}\n`, 'frames', `${name}-${size.columns}x${size.rows}.txt`);
});
test.each(['confirm', 'confirm-dangerous', 'done', 'undo'])(
  '%s on a wide wall, as it was last looked at',
  async (name) => {
    await isAsKept(`${put(name).text(wide)}\n`, 'frames', `${name}-200x50.txt`);
  },
);
test.each(['confirm-dangerous', 'choice', 'done', 'by-hand', 'view-help'])(
  '%s in ASCII, as it was last looked at',
  async (name) => {
    const [from, ...pressed] = views[name] ?? [name];
    const text = put(from ?? name, ...pressed).text(sizes[0], ascii);
    await isAsKept(`${text}\n`, 'frames', `${name}-80x24-ascii.txt`);
  },
);

test('in ASCII there is nothing else on any screen, and every row is as wide as the window', () => {
  for (const [name, { ask, run = usual, rows }] of Object.entries(asks))
    for (const size of sizes) {
      const text = frameText(draw(ask, run, ready(ask, rows), size, true, events, undefined, ascii));
      expect(text, name).toMatch(/^[\x20-\x7e\n]*$/);
      for (const row of text.split('\n')) expect(row.length, name).toBeLessThanOrEqual(size.columns);
    }
});

test.each(Object.keys(asks))(
  'over %s the views open, and Escape comes back to the question as it was',
  (name) => {
    const { ask, rows } = asks[name] ?? expect.fail();
    const before = ready(ask, rows);
    const searching = before.mode.is === 'pick' && before.mode.picker.filtering;
    const typing = before.mode.is === 'text' || before.mode.is === 'typed' || searching;
    for (const [key, title] of [
      ['?', 'Help'],
      ['l', 'The audit log of this run'],
      ['d', 'What the document asks'],
    ] as const) {
      const opened = put(name, ...(typing ? ['escape'] : []), key);
      expect(opened.text()).toContain(title);
      expect(opened.text()).toContain('Esc back');
      expect(opened.text()).toContain('DEMO');
      expect(put(name, ...(typing ? ['escape'] : []), key, 'escape').ui.mode.is).toBe(
        typing && !searching ? 'keys' : before.mode.is,
      );
    }
  },
);

test.each(['?', 'l', 'd'])('while %s is read no key answers the question', (view) => {
  for (const [name, { ask, rows }] of Object.entries(asks)) {
    const { mode } = ready(ask, rows);
    if (mode.is === 'text' || mode.is === 'typed' || (mode.is === 'pick' && mode.picker.filtering)) continue;
    for (const key of ['enter', 'y', 'n', 'r', 'u', 's', 'k', 'i', 'g', 'b', 'c'])
      expect(put(name, view, key).reply, `${name} ${view} ${key}`).toBeUndefined();
  }
});

test('none of the letters is a key while a text is typed', () => {
  const { ui } = put('text', 'ctrl-u', '?ldcoq/');
  expect(ui.view).toBeUndefined();
  expect(ui.mode).toMatchObject({ is: 'text', box: { characters: [...'?ldcoq/'] } });
});

test('a key means one thing: every one that is bound is in the help', () => {
  const known = new Set(meanings.map(([key]) => key));
  const scrolls = ['up', 'pagedown', 'pageup', 'home', 'end', 'space'];
  const words: Record<string, Set<string>> = {};
  for (const { ask, run = usual, rows } of Object.values(asks)) {
    const at = { ask, ui: ready(ask, rows), run, steps, step: ask.step, events, pageSize: 10 };
    for (const ui of [at.ui, { ...at.ui, mode: { is: 'keys' } as const }])
      for (const { key, does } of bindings({ ...at, ui })) {
        const inText = key === 'text' || /^(left|right|backspace|delete|ctrl-\w|word-\w+)$/.test(key);
        if (!inText && !scrolls.includes(key)) expect(known, key).toContain(key);
        if (/^[a-z?/]$/.test(key) && does !== '') words[key] = new Set([...(words[key] ?? []), does]);
      }
  }
  for (const [key, said] of Object.entries(words))
    if (!['n', 'y', 'q', 'o'].includes(key)) expect([...said], key).toHaveLength(1);
});

test('the log follows, stays where one reads, and finds', () => {
  const log = put('done', 'l');
  expect(log.ui.view).toMatchObject({ is: 'log', upTo: undefined });
  expect(log.text()).toContain('the newest are at the end');
  const told = events.filter(({ type }) => type !== 'read').length;
  const up = put('done', 'l', 'up', 'up');
  expect(up.ui.view).toMatchObject({ upTo: told - 2 });
  expect(put('done', 'l', 'up', 'end').ui.view).toMatchObject({ upTo: undefined });
  const found = put('done', 'l', '/', 'identified').text().replace(/\s+/g, ' ');
  expect(found).toContain('acts as management account');
  expect(found).not.toContain('answered');
});

test('of a long log only what fits is drawn', () => {
  const { ask } = asks.done ?? expect.fail();
  const many = Array.from({ length: 20_000 }, (_, n) => ({
    type: 'waived' as const,
    at: n,
    step: 's',
    goal: 'g',
    why: `w${n}`,
  }));
  const { ui } = put('done', 'l');
  const text = frameText(draw(ask, usual, ui, { columns: 80, rows: 24 }, true, many));
  expect(text).toContain('w19999');
  expect(text.split('\n')).toHaveLength(24);
});

test('the log tells of steps, questions and changes in words, never by their ids', () => {
  const { ask } = asks.done ?? expect.fail();
  const { ui } = put('done', 'l');
  const told = [
    { type: 'answered' as const, at: 1, step: 'first', question: 'understood', answer: 'attested' },
    { type: 'waived' as const, at: 2, step: 'first', goal: 'understood', why: 'seen by hand' },
    { type: 'read' as const, at: 3, step: 'first', passed: ['all seen'] },
  ];
  const text = frameText(draw(ask, usual, ui, { columns: 80, rows: 24 }, true, told));
  expect(text).toContain('answered “Have you read the card?” = yes (attested)');
  expect(text).toContain('“Read the card”, without stopping: all seen');
  expect(text).not.toMatch(/first|understood/);
});

test('c copies the command that is shown, o opens the console’s page, or the guide', () => {
  expect(put('confirm', 'c').errand).toMatchObject({
    do: 'copy',
    what: 'the command',
    text: expect.stringMatching(
      /^aws sso-admin create-permission-set --instance-arn \S+ --name \S+ --region us-east-1 --profile '<a profile of the delegated administrator account>'$/,
    ),
  });
  expect(put('by-hand', 'c').errand).toEqual({
    do: 'copy',
    what: 'the command',
    text: 'aws organizations create-account --region us-east-1 --profile management',
  });
  expect(put('by-hand', 'o').errand).toEqual({
    do: 'open',
    url: 'https://console.aws.amazon.com/singlesignon',
  });
  expect(put('confirm', 'o').errand).toMatchObject({
    do: 'open',
    url: expect.stringMatching(/^https:\/\/docs\.aws/),
  });
});

test.each<readonly [string, readonly string[], string, RegExp]>([
  ['accept', ['c'], 'the ARN', /^arn:aws:iam::\d{12}:user\/operator$/],
  ['blocked', ['c'], 'what is in the way', /\nWhat to do: /],
  ['unknown', ['c'], 'what is in the way', /could not be checked/],
  ['credentials-login', ['c'], 'the sign-in command', /^aws sso login --profile management$/],
  ['credentials', ['down', 'c'], 'the highlighted line', /^\S+/],
  ['choice', ['c'], 'the highlighted line', /\S {2}\d{12}$/],
  ['failed', ['c'], 'the text of this screen', /\S/],
  ['undo', ['c'], 'the text of this screen', /\S/],
  ['confirm', ['m', 'c'], 'the command', /^aws sso-admin create-permission-set /],
  ['confirm', ['d', 'c'], 'this text', /https:\/\/docs\.aws\.amazon\.com\//],
  ['confirm', ['t', 'c'], 'what is ahead', /\S/],
  ['confirm', ['l', 'c'], 'the log', /\n/],
  ['confirm', ['e', 'c'], 'the checklist', /^1\. .*\n2\. /],
  ['confirm', ['e', 'home', 'enter', 'c'], 'this step', /\S\n/],
])('%s, %j: c copies %s', (name, pressed, what, text) => {
  expect(put(name, ...pressed).errand).toEqual({ do: 'copy', what, text: expect.stringMatching(text) });
});

test('c says so where there is nothing to copy, and o goes on to the next address', () => {
  expect(put('attestation', 'c').errand).toBeUndefined();
  expect(put('attestation', 'c').ui.notice).toBe('There is nothing to copy here.');
  const { ask, run = usual, rows } = asks['by-hand'] ?? expect.fail();
  const first = keys(ask, run, ready(ask, rows), 'o');
  const second = keys(ask, run, first.ui, 'o');
  expect([first.errand, second.errand]).toEqual([
    { do: 'open', url: 'https://console.aws.amazon.com/singlesignon' },
    { do: 'open', url: expect.stringMatching(/^https:\/\/docs\.aws/) },
  ]);
});

test('the checklist: a step is chosen in it, Enter opens that step alone, Esc leads back', () => {
  const list = put('confirm', 'e');
  const here = list
    .text()
    .split('\n')
    .findIndex((row) => row.startsWith('❯'));
  expect(list.text()).toContain('Enter open the step');
  expect(list.text().split('\n')[here]).toContain(put('confirm').ui.mode.is === 'keys' ? 'Make the set' : '');
  const first = put('confirm', 'e', 'home', 'enter');
  const title = steps[0]?.title ?? expect.fail();
  expect(first.text()).toContain(`Step 1 of ${partsOf(steps, usual).length}: ${title}`);
  expect(first.text()).toContain('Esc back to the checklist');
  expect(first.text()).not.toContain(steps[1]?.title);
  // The step that was passed without stopping, with its evidence and what the document asks of it.
  expect(first.text({ columns: 80, rows: 60 })).toContain(steps[0]?.document.says[0]?.slice(0, 40));
  const back = put('confirm', 'e', 'home', 'enter', 'escape');
  expect(back.text()).toMatch(new RegExp(`^❯ . +1 {2}${title}`, 'm'));
  expect(back.reply).toBeUndefined();
  expect(put('confirm', 'e', 'home', 'enter', 'escape', 'escape').ui.view).toBeUndefined();
  // Searching in the step that is open leaves it open.
  expect(put('confirm', 'e', 'home', 'enter', '/', 'zzz').text()).toContain('No matches.');
});

test.each([
  'http://console.aws.amazon.com/',
  'https://console.aws.amazon.com.evil.example/',
  'https://evil.example/console.aws.amazon.com',
  'https://user@console.aws.amazon.com/',
  'https://console.aws.amazon.com:8443/',
  'https://evilconsole.aws.amazon.com/',
  'javascript:alert(1)',
  'file:///etc/passwd',
  '-flag',
])('%s is not opened', (url) => {
  expect(isPageOfAws(url)).toBe(false);
});
test('AWS’s console, a Region’s console and its documents are', () => {
  for (const host of ['console.aws.amazon.com', 'us-east-1.console.aws.amazon.com', 'docs.aws.amazon.com'])
    expect(isPageOfAws(`https://${host}/x?region=us-east-1#!/y`)).toBe(true);
  expect(linksOf(undefined, stepNamed('delegate'))[0]).toMatch(/^https:\/\/docs\.aws/);
});

test('changing an answer says which steps are looked at again, and what was made stays', () => {
  const { ask } = asks['done-since'] ?? expect.fail();
  const run = {
    ...(asks['done-since']?.run ?? usual),
    answers: { delegate: { account: '444455556666' }, last: { locked: 'attested' } },
  };
  const { ui } = keys(ask, run, ready(ask), 'b');
  const shown = (state: typeof ui) =>
    frameText(draw(ask, run, state, { columns: 140, rows: 80 }))
      .split('\n')
      .map((row) => row.split(' │ ').at(-1)?.trim() ?? '')
      .join('\n');
  // The step, all that rest on it, in order; and none of those before it.
  const titlesIn = (text: string) => [...text.matchAll(/^• (.*)$/gm)].map(([, title]) => title);
  const rests = (id: string, on: string): boolean =>
    id === on || Object.values(stepNamed(id).dependsOn).some((step) => rests(step.id, on));
  const resting = (on: string) =>
    partsOf(
      steps.filter(({ id }) => rests(id, on)),
      run,
    ).map(({ title }) => title);
  // An answer on which nothing rests and nothing was made.
  const locked = shown(ui);
  expect(titlesIn(locked)).toEqual(resting('last'));
  expect(locked).toContain('Nothing was changed in AWS by these steps so far.');
  expect(keys(ask, run, ui, 'enter').reply).toEqual({ do: 'withdraw', step: 'last', question: 'locked' });
  const account = shown(keys(ask, run, ui, 'down').ui);
  expect(titlesIn(account)).toEqual(resting('delegate'));
  expect(titlesIn(account).length).toBeGreaterThan(3);
  expect(account).toContain('Already made. It stays in force');
  expect(account).toContain('! Register Shared Services (444455556666)');
});

test('while a step is looked at again after a restart, its text says that it is as it was seen before', () => {
  const step = stepNamed('delegate');
  const goals = [{ is: 'met', id: 'a', says: 'It holds', found: 'so' }] as const;
  const looked = [
    { type: 'started', at: 0, run: 'r', simulated: true, endpoint: 'demo' },
    { type: 'looked', at: 60_000, step: step.id, plan: { goals }, basis: '' },
  ] as const;
  const opened = { type: 'opened', at: 90_000, by: 'ann@desk', program: 'p' } as const;
  const text = (events: readonly Event[]): string =>
    bodyOf(
      {
        ...{ step, steps: [step], ask: undefined, mode: { is: 'keys' }, endpoint: 'demo' },
        run: events.reduce(applyEvent, emptyRun),
      },
      across(200),
    )
      .map(plainText)
      .join('\n');
  const says = 'As it was last seen, 1970-01-01T00:01:00.000Z. It is being checked again.';
  expect(text([...looked, opened])).toContain(says);
  expect(text(looked)).not.toContain('As it was last seen');
});

test('what is in the way stands first among the checks: the rest may be below the window’s end', () => {
  const goals = [
    { is: 'warning', id: 'a', says: 'One', found: 'read me' },
    { is: 'met', id: 'b', says: 'Two', found: 'so' },
    { is: 'wrong', id: 'c', says: 'Three', found: 'no', remedy: 'Mend it.' },
  ] as const;
  const heads = textsOf(goalBlocks({ goals }, emptyRun, 'management'));
  expect(heads.filter((text) => /One|Two|Three/.test(text))).toEqual([
    'Check failed: Three. Found: no.',
    'One: read me.',
    'Two: so.',
  ]);
});

test('in ASCII one row at most looks selected, and every sign of ours has letters', () => {
  for (const [name, { ask, run = usual, rows }] of Object.entries(asks))
    for (const size of [
      { columns: 80, rows: 24 },
      { columns: 50, rows: 20 },
    ]) {
      const text = frameText(draw(ask, run, ready(ask, rows), size, true, events, undefined, ascii));
      expect((text.match(/^> /gm) ?? []).length, name).toBeLessThanOrEqual(1);
      expect(text, name).not.toMatch(/<U\+2[12]/);
    }
});

test('where an earlier answer may be what blocks, the key that changes it is named', () => {
  for (const name of ['blocked', 'failed'])
    for (const size of sizes) expect(put(name).text(size), name).toContain('b answers');
});

test('where no change is ahead, that is what is said; what is sought there may still match nothing', () => {
  const { ask } = asks.done ?? expect.fail();
  const without = { ...fixture, steps: fixture.steps.slice(0, 1) };
  const ahead = (...pressed: readonly string[]) =>
    frameText(
      draw(
        ask,
        usual,
        keys(ask, usual, ready(ask), 't', ...pressed).ui,
        sizes[0] ?? expect.fail(),
        true,
        events,
        without,
      ),
    );
  expect(ahead()).toContain('No changes are ahead.');
  expect(ahead()).not.toContain('No matches');
  expect(ahead('/', 'x')).toContain('No matches.');
});

test('what is ahead: a change that needs several rows is indented as a whole', () => {
  const lines = put('done', 't').text(sizes[2]).split('\n');
  const first = lines.findIndex((row) => /^ {2}1 {2}\S/.test(row));
  expect(first).toBeGreaterThan(0);
  expect(lines[first + 1]).toMatch(/^ {5}\S/);
});

test('who takes a run up again accepts an identity of which nothing is below the fold', () => {
  const { ask } = asks.accept ?? expect.fail();
  if (ask.is !== 'accept') expect.fail();
  const again = { ...ask, again: { at: Date.UTC(2026, 10, 30), done: 10, of: 11 } } as const;
  for (const size of [
    { columns: 80, rows: 24 },
    { columns: 50, rows: 20 },
  ]) {
    const text = frameText(draw(again, usual, ready(again), size));
    expect(text).toContain('Welcome back');
    expect(text).toContain('Calls go to');
    expect(text).not.toMatch(/more rows?:/);
  }
});
