import { stripVTControlCharacters } from 'node:util';
import { render as renderForTest } from 'ink-testing-library';
import { expect, onTestFinished, test, vi } from 'vitest';
import { App } from '../../src/ui/app.tsx';
import { frameText } from '../../src/ui/frame/frame.ts';
import { createSession } from '../../src/ui/session/session.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { asks, run as usual } from './asks.ts';
import { draw, keys, ready } from './drive.ts';
import { display } from './page.ts';

const { phases } = fixture;

const after = (name: string, ...pressed: readonly string[]) => {
  const { ask, run = usual } = asks[name] ?? expect.fail();
  const { ui, reply } = keys(ask, run, ready(ask), ...pressed);
  return { reply, text: frameText(draw(ask, run, ui, { columns: 80, rows: 24 })).replace(/\s+│?\s*/g, ' ') };
};
const role = ['down', 'down', 'enter'];

test.each<[string, readonly string[], string | undefined]>([
  ['text', ['ctrl-u'], undefined],
  ['text', ['ctrl-u', 'https'], 'Not yet: it has to look like https://'],
  ['text', ['ctrl-u', 'https://d-1.awsapps.com/start'], undefined],
  ['confirm-dangerous', [], undefined],
  ['confirm-dangerous', ['Shared Ser'], undefined], // goes on to what is asked for
  ['confirm-dangerous', ['4444'], undefined],
  ['confirm-dangerous', ['Shared X'], 'Not what was asked for. Type “Shared Services” or “444455556666”.'],
  ['confirm-dangerous', ['Shared X', 'backspace'], undefined],
  ['confirm-dangerous', ['444455556666'], undefined],
  ['credentials', [...role, 'arn:aws'], undefined],
  ['credentials', [...role, 'arn:aws:iam::444455556666:ro'], undefined],
  ['credentials', [...role, 'Administrator'], 'That is no role’s ARN.'],
  ['credentials', [...role, 'arn:aws-cn:'], 'in the partition aws only'],
])('%s, typed %j, without Enter: %s', (name, pressed, says) => {
  const { text, reply } = after(name, ...pressed);
  expect(reply).toBeUndefined();
  if (says === undefined) expect(text).not.toMatch(/Not yet|Not what was asked|no role’s ARN/);
  else expect(text).toContain(says);
});

/** The keys as terminals send them. */
const sent = {
  home: '\u001b[H',
  end: '\u001b[F',
  delete: '\u001b[3~',
  left: '\u001b[D',
  'word-left': '\u001b[1;5D',
  'word-right': '\u001b[1;5C',
  backspace: '\u007f',
  paste: '\u001b[200~  https://d-2.awsapps.com/start \r\n\u001b[201~',
};
test.each<[readonly (keyof typeof sent | { readonly text: string })[], string]>([
  [['home', 'delete', { text: 'H' }], 'Https://d-0123456789.awsapps.com/start'],
  [
    ['end', 'backspace', 'left', { text: 'x' }, 'end', { text: 't' }],
    'https://d-0123456789.awsapps.com/staxrt',
  ],
  [[{ text: '\u0015' }, 'paste'], 'https://d-2.awsapps.com/start'],
  [
    [
      { text: '\u0015one two three' },
      'word-left',
      'word-left',
      'delete',
      { text: 'T' },
      'word-right',
      { text: '!' },
    ],
    'one Two! three',
  ],
])('%j in a text', async (pressed, wanted) => {
  const session = createSession(() => usual);
  const screen = renderForTest(
    <App
      display={display}
      session={session}
      phases={phases}
      banner={{ demo: true, endpoint: 'demo', program: 'cw-runbook/0.1.0', runId: '01RUN' }}
      onLeave={() => undefined}
    />,
  );
  onTestFinished(() => screen.unmount());
  const { ask } = asks.text ?? expect.fail();
  if (ask.is !== 'question') return expect.fail();
  const { pattern: _, ...question } = ask.question;
  const answered = session.ask({ ...ask, question });
  await vi.waitFor(() =>
    expect(stripVTControlCharacters(screen.lastFrame() ?? '')).toContain('❯ https://d-0123456789'),
  );
  for (const key of pressed) screen.stdin.write(typeof key === 'string' ? sent[key] : key.text);
  screen.stdin.write('\r');
  expect(await answered).toEqual({ do: 'answer', answer: wanted });
});
