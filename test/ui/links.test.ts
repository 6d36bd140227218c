import { expect, test } from 'vitest';
import { frameText } from '../../src/ui/frame/frame.ts';
import { takesLinks } from '../../src/ui/terminal/terminal.ts';
import { plainText, wrap } from '../../src/ui/text/line.ts';
import { linkLines, linkTarget } from '../../src/ui/text/links.ts';
import { styled } from '../../src/ui/text/looks.ts';
import { wholePage } from '../../src/ui/text/page.ts';
import { asks, run } from './asks.ts';
import { draw, keys, ready } from './drive.ts';
import { across } from './page.ts';

const esc = '\u001b';
const written = (url: string, width = 100): string =>
  linkLines(url, across(width), '  ')
    .map((row) => styled(row, 'none', true))
    .join('\n');

test('an address is a link whose text is the address itself', () => {
  const url = 'https://d-0123456789.awsapps.com/start';
  expect(written(url)).toContain(`${esc}]8;;${url}${esc}\\`);
  expect(linkLines(url, across(100)).map(plainText)).toEqual([url]);
});

test.each([
  ['ESC', `https://d-1.awsapps.com/start${esc}]52;c;AAAA`],
  ['ST', `https://d-1.awsapps.com/start${esc}\\${esc}[2J`],
  ['the 8-bit ST', 'https://d-1.awsapps.com/start\u009c\u009b2J'],
  ['BEL', 'https://d-1.awsapps.com/start\u0007'],
])('a portal address that holds %s acts on no terminal, and is no link', (_, url) => {
  const text = written(url);
  const acting = [...text.replaceAll(`${esc}[4m`, '').replaceAll(`${esc}[0m`, '')].filter((one) => {
    const code = one.codePointAt(0) ?? 0;
    return one !== '\n' && (code < 0x20 || (code >= 0x7f && code < 0xa0));
  });
  expect(acting).toEqual([]);
});

test.each(['javascript:alert(1)', 'file:///etc/passwd', 'https://user:pass@aws.amazon.com/', 'no address'])(
  '%s is no link',
  (text) => {
    expect(linkTarget(text)).toBeUndefined();
    expect(written(text)).not.toContain(']8;;');
  },
);

test.each([38, 50, 60, 84])(
  'in %i columns no address is broken: what is longer than its row is cut at its end',
  (width) => {
    const url = 'https://111122223333.us-east-1.console.aws.amazon.com/singlesignon/home?region=us-east-1';
    const texts = [`Open ${url}.`, `${url}: there`, `first (${url})`];
    for (const text of texts) {
      const rows = wrap(text, across(width)).map(plainText);
      const parts = rows.filter((row) => /https?:|console|region/.test(row));
      expect(parts).toEqual([expect.stringMatching(/^ *\(?https:\/\/111122223333\.us-east-1\.con.*…$/)]);
      for (const row of rows) expect(row.length).toBeLessThanOrEqual(width);
    }
    expect(written(url, width)).not.toContain(']8;;'); // what is shown is not the address
    expect(linkLines(url, across(88), '  ').map(plainText)).toEqual([url]); // the lead makes room for it
    // A command is sent as it stands: nothing of it is left out.
    expect(
      wrap(`aws x --relay-state ${url}`, wholePage(across(width)))
        .map(plainText)
        .join('')
        .replace(/ /g, ''),
    ).toContain(url);
    // In lines of text the terminal breaks it, and in a file nobody does.
    expect(wrap(url, { ...across(width), spoken: true }).map(plainText)).toEqual([url]);
  },
);

test('where an address is cut, it is said how the whole of it is had', () => {
  const { ask } = asks['by-hand'] ?? expect.fail();
  if (ask.is !== 'by-hand') return expect.fail();
  const url = `https://console.aws.amazon.com/singlesignon/${'x'.repeat(45)}`;
  const at = { ...ask, plan: { goals: ask.plan.goals, notes: [url], link: url } };
  const shown = (columns: number) => frameText(draw(at, run, ready(at), { columns, rows: 30 }));
  expect(shown(80)).toContain(
    'Cut to fit: o opens the whole address, or copies it where there is no browser.',
  );
  expect(keys(at, run, ready(at), 'o').errand).toBeDefined();
  expect(shown(158)).not.toContain('Cut to fit');
  return undefined;
});

test('what is not ASCII is percent-encoded in the target; one that is longer than its row is text', () => {
  expect(linkTarget('https://docs.aws.amazon.com/ü x')).toBe('https://docs.aws.amazon.com/%C3%BC%20x');
  expect(written('https://docs.aws.amazon.com/singlesignon/latest/userguide/x.html', 40)).not.toContain(
    ']8;;',
  );
});

test.each([
  [{ TERM: 'xterm-256color' }, true],
  [{ TERM: 'xterm-kitty' }, true],
  [{ TERM: 'dumb' }, false],
  [{ TERM: 'linux' }, false],
  [{ TERM: 'screen-256color' }, false],
  [{}, false],
  [{ TERM: 'xterm-256color', CW_RUNBOOK_LINKS: '0' }, false],
  [{ TERM: 'tmux-256color', TMUX: 'x', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.3a' }, false],
  [{ TERM: 'tmux-256color', TMUX: 'x', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.4' }, true],
  [{ TERM: 'tmux-256color', TMUX: 'x' }, false],
])('with %o links are used: %s', (env, used) => {
  expect(takesLinks(env)).toBe(used);
});
