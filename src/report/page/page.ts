import { dataEnd, dataStart, pageSeal } from '../../model/evidence/page-lines.ts';
import { defined } from '../../model/text/defined.ts';
import { titleOf } from '../card-lines.ts';
import type { ChangeRecord } from '../record/record.ts';
import { script, style } from './built.ts';
import { embedded, h, htmlOf, type Node, textOf } from './html.ts';
import { partsOf } from './parts.ts';
import type { About } from './script/verdict.ts';

/** What a page is made of. `journal`: the journal's whole lines; absent where it must not be in the page. */
export interface Paged {
  readonly record: ChangeRecord;
  readonly run: string;
  readonly program: string;
  readonly records: number;
  readonly head: string;
  readonly journal?: string;
  readonly without?: NonNullable<About['without']>;
}
/** SHA-256 of a text's UTF-8, in two forms. */
export interface Sums {
  readonly hex: (text: string) => string;
  readonly base64: (text: string) => string;
}

/** The change record as one page that loads nothing, and verifies the journal that is in it. */
export function page(paged: Paged, sums: Sums): string {
  const { record, run, program, records, head, journal, without } = paged;
  const parts = partsOf(record, run);
  const top = [
    h('p', { class: 'kind' }, `Change record by ${program}`),
    h('h1', {}, `${record.of.charAt(0).toUpperCase()}${record.of.slice(1)}`),
    h('p', { class: 'state' }, titleOf(record.card)),
    record.card.simulated
      ? h('p', { class: 'demo' }, 'Demo: the organization is simulated, and nothing here happened at AWS.')
      : undefined,
  ];
  const main = parts.map(({ id, title, content }) =>
    h('section', { 'aria-labelledby': `part-${id}` }, h('h2', { id: `part-${id}` }, title), content),
  );
  const about: About = {
    ...{ run, records, head, text: sums.hex(`${textOf(top)}\n${textOf(main)}`) },
    ...defined({ without }),
  };
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sums.base64(script)}'`,
    `style-src 'sha256-${sums.base64(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const body: Node = [
    h('a', { class: 'skip', href: '#record' }, 'Skip to the record'),
    h('header', { id: 'top' }, top),
    verification,
    h(
      'nav',
      { 'aria-label': 'Contents' },
      h(
        'ol',
        {},
        parts.map(({ id, title }) => h('li', {}, h('a', { href: `#part-${id}` }, title))),
      ),
    ),
    h('main', { id: 'record' }, main),
    h(
      'footer',
      {},
      `Run ${run}. This page loads nothing and sends nothing. Times are UTC, by the clock of whoever ran it.`,
    ),
  ];
  const whole = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${htmlOf(`Change record: ${record.of}, run ${run.slice(-8)}`)}</title>
<style>${style}</style>
</head>
<body>
${htmlOf(body)}
${dataStart('about')}${embedded(about)}${dataEnd}
${dataStart('journal')}${embedded(journal ?? null)}${dataEnd}
<script>${script}</script>
</body>
</html>
`;
  return `${whole}${pageSeal(sums.hex(whole))}\n`;
}

/** What stands there until the page's script has looked. */
const verification = h(
  'aside',
  { id: 'verification', 'aria-labelledby': 'verification-title' },
  h('h2', { id: 'verification-title' }, 'Verified in this page, over the journal that is in it'),
  h('p', { id: 'verdict', role: 'status' }, 'Not verified: the page’s script has not run, or was changed.'),
  h('p', { id: 'meaning' }, 'Check the journal itself: cw-runbook audit verify FILE.'),
);
