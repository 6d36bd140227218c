import { stripVTControlCharacters } from 'node:util';
import { render as renderForTest } from 'ink-testing-library';
import { expect, test, vi } from 'vitest';
import { App } from '../../src/ui/app.tsx';
import { createSession } from '../../src/ui/session/session.ts';
import { eventually } from '../eventually.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { asks, run } from './asks.ts';
import { display } from './page.ts';

const { phases } = fixture;

const banner = {
  demo: true,
  endpoint: 'demo',
  program: 'cw-runbook/0.1.0',
  runId: '01JDEMO0000000000000RUN00',
};

test('a question is drawn, a key answers it, and what is done meanwhile is said', async () => {
  const session = createSession(() => run);
  const left = vi.fn();
  const screen = renderForTest(
    <App display={display} session={session} phases={phases} banner={banner} onLeave={left} />,
  );
  const answered = session.ask((asks.done ?? expect.fail()).ask);
  await eventually(() =>
    expect(stripVTControlCharacters(screen.lastFrame() ?? '')).toContain('Enter continue'),
  );
  screen.stdin.write('\r');
  expect(await answered).toEqual({ do: 'go-on' });
  session.show({ is: 'looking', step: 'delegate', since: Date.now() });
  await eventually(() =>
    expect(stripVTControlCharacters(screen.lastFrame() ?? '')).toContain('Checking at AWS'),
  );
  expect(left).not.toHaveBeenCalled();
  screen.stdin.write('q');
  await eventually(() => expect(left).toHaveBeenCalledOnce());
  screen.unmount();
});

test('rows come page by page, and a list that cannot be read says why', async () => {
  const session = createSession(() => run);
  const screen = renderForTest(
    <App display={display} session={session} phases={phases} banner={banner} onLeave={() => undefined} />,
  );
  const { ask } = asks.choice ?? expect.fail();
  if (ask.is !== 'question') return expect.fail();
  void session.ask({
    ...ask,
    choices: async function* () {
      yield { value: '1', label: 'the first row' };
      throw new Error('AccessDeniedException: not allowed');
    },
  });
  await eventually(() =>
    expect(stripVTControlCharacters(screen.lastFrame() ?? '')).toContain(
      'The list could not be read: AccessDeniedException',
    ),
  );
  screen.unmount();
});

test('whoever has AWS checked again is told where it says the same as before', async () => {
  const session = createSession(() => run);
  const screen = renderForTest(
    <App display={display} session={session} phases={phases} banner={banner} onLeave={() => undefined} />,
  );
  const shows = (text: string) =>
    eventually(() => expect(stripVTControlCharacters(screen.lastFrame() ?? '')).toContain(text));
  const { ask } = asks['by-hand'] ?? expect.fail();
  if (ask.is !== 'by-hand') return expect.fail();
  const first = session.ask(ask);
  await shows('Action required');
  expect(screen.lastFrame()).not.toContain('Checked again');
  screen.stdin.write('\r');
  expect(await first).toEqual({ do: 'again' });
  const second = session.ask({ ...ask, plan: { ...ask.plan } });
  await shows('Checked again: nothing has changed.');
  screen.stdin.write('\r');
  expect(await second).toEqual({ do: 'again' });
  const goals = ask.plan.goals.map((goal) => ({ ...goal, says: 'Something else is to do' }));
  void session.ask({ ...ask, plan: { ...ask.plan, goals } });
  await shows('Something else is to do');
  expect(screen.lastFrame()).not.toContain('Checked again');
  screen.unmount();
});

test('while AWS is busy the seconds are counted, and it is tried again by itself when they are over', async () => {
  const session = createSession(() => run);
  let clock = 0;
  const screen = renderForTest(
    <App
      display={display}
      session={session}
      phases={phases}
      banner={banner}
      onLeave={() => undefined}
      now={() => clock}
    />,
  );
  const { ask } = asks.busy ?? expect.fail();
  if (ask.is !== 'busy') return expect.fail();
  const far = session.ask({ ...ask, until: 600_000 });
  await eventually(() =>
    expect(stripVTControlCharacters(screen.lastFrame() ?? '')).toContain('Retrying in 600 s'),
  );
  clock = 500_000;
  await eventually(() =>
    expect(stripVTControlCharacters(screen.lastFrame() ?? '')).toContain('Retrying in 100 s'),
  );
  screen.stdin.write('n');
  expect(await far).toEqual({ do: 'decline' });
  expect(await session.ask({ ...ask, until: clock + 20 })).toEqual({ do: 'again' });
  screen.unmount();
});

test('keys of a line editor count among letters that came in one piece, and words are gone over', async () => {
  const session = createSession(() => run);
  const screen = renderForTest(
    <App display={display} session={session} phases={phases} banner={banner} onLeave={() => undefined} />,
  );
  const answered = session.ask((asks.text ?? expect.fail()).ask);
  await eventually(() =>
    expect(stripVTControlCharacters(screen.lastFrame() ?? '')).toContain('❯ https://d-0'),
  );
  for (const input of [
    'wrong\u0015https://d-1.awsapps.com/sta\u0017https://d-2.',
    'awsapps.com start',
    '\u001bb',
    '\u007f/',
    '\r',
  ])
    screen.stdin.write(input);
  expect(await answered).toEqual({ do: 'answer', answer: 'https://d-2.awsapps.com/start' });
  screen.unmount();
});

test('a key hit twice before the program looked counts, and what is left of it answers nothing more', async () => {
  const session = createSession(() => run);
  const screen = renderForTest(
    <App display={display} session={session} phases={phases} banner={banner} onLeave={() => undefined} />,
  );
  const { ask } = asks.choice ?? expect.fail();
  if (ask.is !== 'question') return expect.fail();
  const rows = ['first', 'second', 'third'].map((value) => ({ value, label: `the ${value} row` }));
  const choices = async function* () {
    yield* rows;
  };
  const answered = session.ask({ ...ask, choices });
  await eventually(() =>
    expect(stripVTControlCharacters(screen.lastFrame() ?? '')).toContain('the third row'),
  );
  screen.stdin.write('\r\r');
  expect(await answered).toEqual({ do: 'answer', answer: 'first' });
  const next = session.ask({ ...ask, choices });
  await eventually(() =>
    expect(stripVTControlCharacters(screen.lastFrame() ?? '')).toContain('❯ the first row'),
  );
  screen.stdin.write('\u001b[B\u001b[B');
  screen.stdin.write('\r');
  expect(await next).toEqual({ do: 'answer', answer: 'third' });
  screen.unmount();
});

test('a key that comes before the next question is drawn answers nothing: nobody has read it', async () => {
  const session = createSession(() => run);
  const screen = renderForTest(
    <App display={display} session={session} phases={phases} banner={banner} onLeave={() => undefined} />,
  );
  const { ask } = asks.choice ?? expect.fail();
  if (ask.is !== 'question') return expect.fail();
  const rowsOf = (name: string) =>
    async function* () {
      yield { value: name, label: `the ${name} row` };
    };
  const first = session.ask({ ...ask, choices: rowsOf('first') });
  const shown = (row: string) =>
    eventually(() => expect(stripVTControlCharacters(screen.lastFrame() ?? '')).toContain(`❯ ${row}`));
  await shown('the first row');
  session.reply({ do: 'answer', answer: 'first' });
  const replies: unknown[] = [];
  const text = session.ask((asks.text ?? expect.fail()).ask).then((reply) => replies.push(reply));
  screen.stdin.write('\r'); // in the same moment: the screen still shows the first question
  expect(await first).toEqual({ do: 'answer', answer: 'first' });
  await shown('https://d-0');
  expect(replies).toEqual([]);
  screen.stdin.write('\r');
  await text;
  expect(replies).toHaveLength(1);
  screen.unmount();
});
