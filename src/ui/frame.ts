import type { Run } from '../model/run.ts';
import { made, pending, standingOf } from '../model/run.ts';
import type { Phase, Step } from '../model/step.ts';
import type { Binding } from './binding.ts';
import { bodyOf, type Shown } from './body.ts';
import { fitted, type Line, line, plainText, type Span, span, widthOf } from './line.ts';
import { goalMarks, standingMarks } from './marks.ts';
import { promptOf } from './prompt.ts';
import { titleOf } from './undo-lines.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}
export interface Banner {
  readonly demo: boolean;
  readonly endpoint: string;
  readonly program: string;
  readonly runId: string;
  /** Something about this machine that the operator should know all the time. */
  readonly notice?: string;
}
export interface FrameInput extends Shown {
  readonly phases: readonly Phase[];
  readonly banner: Banner;
  readonly bindings: readonly Binding[];
  readonly activity: string | undefined;
  readonly scroll: number;
}
export interface Frame {
  readonly lines: readonly Line[];
  /** The scroll as far as there is something to scroll. */
  readonly scroll: number;
  readonly pageSize: number;
}
const smallest: Size = { columns: 40, rows: 12 };
const sideWidth = 28;
/** In a smaller window there is nothing to be seen of a question. */
export const fits = ({ columns, rows }: Size): boolean =>
  columns >= smallest.columns && rows >= smallest.rows;

/** The whole screen, row by row: exactly as many as the window has, none wider than it. */
export function frameOf(input: FrameInput, size: Size): Frame {
  const { columns, rows } = size;
  if (!fits(size)) {
    const says = `This window is too small (${columns}×${rows}). Make it at least ${smallest.columns}×${smallest.rows}. Nothing is lost.`;
    const lines = wrapPlain(says, columns).slice(0, rows);
    return { lines, scroll: 0, pageSize: 1 };
  }
  const two = columns >= 80;
  const width = two ? columns - sideWidth - 3 : columns;
  const head = headerLines(input, columns, two);
  const foot = footerLines(input.bindings, columns);
  const height = rows - head.length - foot.length;
  const prompt = promptOf(
    input.ask,
    input.mode,
    input.activity,
    width,
    Math.max(4, Math.floor(height * 0.55)),
  ).slice(0, height - 2);
  const body = [
    fitted(line(titleOf(input.ask, input.step, input.run), 'strong'), width),
    ...bodyOf(input, width),
  ];
  const room = height - prompt.length - 1;
  const scroll = Math.min(input.scroll, Math.max(0, body.length - room));
  const visible = body.slice(scroll, scroll + room);
  const more = body.length - scroll - visible.length;
  const rule = moreLine(scroll, more, width);
  const main = [...visible, ...blank(room - visible.length), rule, ...prompt].map((one) =>
    fitted(one, width),
  );
  const side = two ? sideLines(input, height) : [];
  const middle = two
    ? main.map((one, n): Line => [...(side[n] ?? fitted([], sideWidth)), span(' │ ', 'dim'), ...one])
    : main;
  return { lines: [...head, ...middle, ...foot].slice(0, rows), scroll, pageSize: Math.max(1, room - 1) };
}

const blank = (count: number): readonly Line[] => Array.from({ length: Math.max(0, count) }, () => []);
const wrapPlain = (text: string, width: number): readonly Line[] => {
  const out: Line[] = [];
  for (let at = 0; at < text.length; at += Math.max(1, width))
    out.push(line(text.slice(at, at + Math.max(1, width))));
  return out;
};

function moreLine(above: number, below: number, width: number): Line {
  const says = [
    above > 0 ? `↑ ${above} above` : '',
    below > 0 ? `↓ ${below} more ${below === 1 ? 'row' : 'rows'}: PgDn` : '',
  ]
    .filter(Boolean)
    .join(' · ');
  return [
    span(
      `${says === '' ? '' : `${says} `}${'─'.repeat(Math.max(0, width - says.length - (says === '' ? 0 : 1)))}`,
      'dim',
    ),
  ];
}

function headerLines(
  { banner, run, phases, step }: FrameInput,
  columns: number,
  two: boolean,
): readonly Line[] {
  const { demo, endpoint, program, runId, notice } = banner;
  const badge: Line = demo
    ? [span(' DEMO: a simulated organization, nothing happens at AWS ', 'banner')]
    : endpoint === 'aws'
      ? []
      : [span(` ENDPOINT ${endpoint} `, 'banner')];
  const name = span(`${program.replace('/', ' ')} `, 'strong');
  const top = [
    name,
    ...badge,
    span(badge.length > 0 ? ' ' : '· ', 'dim'),
    span(`run ${runId.slice(-8)}`, 'dim'),
  ];
  const short: Line = demo ? [name, span(' DEMO ', 'banner'), span(` run ${runId.slice(-8)}`, 'dim')] : top;
  const steps = phases.flatMap((phase) => phase.steps);
  const place = two
    ? []
    : [fitted([span(placeOf(step, run.undo?.steps ?? steps.map(({ id }) => id), run), 'accent')], columns)];
  return [
    fitted(widthOf(top) <= columns ? top : short, columns),
    fitted(identityLine(run, columns), columns),
    ...(notice === undefined ? [] : [fitted(line(`! ${notice}`, 'strong'), columns)]),
    ...place,
  ];
}

const placeOf = (step: Step, ids: readonly string[], run: Run): string =>
  `${run.undo ? 'Taking back' : 'Step'} ${ids.indexOf(step.id) + 1} of ${ids.length}: ${step.short}`;

function identityLine({ identities, binding }: Run, columns: number): Line {
  const parts: Span[] = [];
  for (const [actor, label] of [
    ['management', 'management'],
    ['delegated-administrator', 'delegated'],
  ] as const) {
    const identity = identities[actor];
    if (!identity) continue;
    const who = identity.arn.split(':').at(-1) ?? '';
    if (parts.length > 0) parts.push(span(' · ', 'dim'));
    parts.push(
      span(`${label} `, 'dim'),
      span(identity.account),
      ...(columns >= 100 ? [span(` ${who}`, 'dim')] : []),
    );
  }
  if (binding.region) parts.push(span(' · ', 'dim'), span(binding.region));
  return parts.length > 0 ? parts : [span('no credentials accepted yet', 'dim')];
}

function sideLines({ phases, run, step }: FrameInput, height: number): readonly Line[] {
  const all: Line[] = [];
  let at = 0;
  for (const phase of run.undo ? [undoPhase(phases, run.undo.steps)] : phases) {
    if (all.length > 0) all.push([]);
    all.push([span(phase.title, 'dim')]);
    for (const one of phase.steps) {
      if (one === step) at = all.length;
      all.push(sideLine(one, one === step, run));
    }
  }
  const start = Math.max(0, Math.min(at - Math.floor(height / 2), all.length - height));
  const shown = all.slice(start, start + height).map((one) => fitted(one, sideWidth));
  return [...shown, ...blank(height - shown.length).map(() => fitted([], sideWidth))];
}
const undoPhase = (phases: readonly Phase[], ids: readonly string[]): Phase => {
  const steps = phases.flatMap((phase) => phase.steps);
  return {
    title: 'Taking back, last first',
    steps: ids.flatMap((id) => steps.find((one) => one.id === id) ?? []),
  };
};
function sideLine(step: Step, here: boolean, run: Run): Line {
  const { glyph, tone } = markOf(step, run);
  return [
    span(here ? '❯' : ' ', 'accent'),
    span(`${glyph} `, tone),
    span(step.short, here ? 'strong' : 'plain'),
  ];
}

function markOf({ id }: Step, run: Run) {
  if (pending(run, id).length > 0) return standingMarks['under-way'];
  if (!run.undo) return standingMarks[standingOf(run, id)];
  if (run.undo.kept.includes(id)) return goalMarks.warning;
  return standingMarks[made(run, id).length > 0 ? 'to-do' : 'done'];
}

const keyNames: Readonly<Record<string, string>> = { enter: 'Enter', escape: 'Esc', down: '↓', up: '↑' };
/** What the keys do: drawn from the table that binds them. */
function footerLines(bindings: readonly Binding[], columns: number): readonly Line[] {
  const parts = bindings.flatMap(({ key, does }): readonly Line[] => {
    if (does === '') return [];
    return [[span(keyNames[key] ?? key, 'strong'), span(` ${does}`, 'plain')]];
  });
  if (bindings.some(({ key }) => key === 'text')) parts.push([span('Ctrl-C', 'strong'), span(' leave')]);
  if (parts.length === 0)
    parts.push([
      span('Ctrl-C', 'strong'),
      span(' leave'),
      span('   what is under way is written down', 'dim'),
    ]);
  const rows: Span[][] = [[]];
  for (const part of parts) {
    const row = rows.at(-1) ?? [];
    const gap = row.length > 0 ? 3 : 0;
    if (row.length > 0 && widthOf(row) + gap + widthOf(part) > columns) rows.push([...part]);
    else row.push(...(gap > 0 ? [span('   ')] : []), ...part);
  }
  return [[span('─'.repeat(columns), 'dim')], ...rows.slice(0, 3).map((row) => fitted(row, columns))];
}

/** The screen as plain text: for tests and for looking at it. */
export const frameText = ({ lines }: Frame): string =>
  lines.map((one) => plainText(one).trimEnd()).join('\n');
