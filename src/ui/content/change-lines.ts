import { type Call, isAfter, type Json } from '../../model/call.ts';
import { actorName } from '../../model/identity.ts';
import { factsOf } from '../../model/operations.ts';
import { wayNow } from '../../model/phase.ts';
import type { Change } from '../../model/plan.ts';
import { describeBatch } from '../../model/policy/change-words.ts';
import { commandLine } from '../../model/progress/cli-command.ts';
import { describeIdentity, whereOf } from '../../model/progress/cli-target.ts';
import { describeSentBefore } from '../../model/progress/sent-before.ts';
import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { formatCount } from '../../model/text/format-count.ts';
import { blank, type Line, span, type Tone, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';
import type { Section } from './sections.ts';

type Given = readonly [changes: readonly Change[], step: Step, run: Run, page: Page];
/** Remembers what it made last: two hundred changes take too long to be wrapped anew for each key. */
function remembering<Made>(make: (...given: Given) => Made): (...given: Given) => Made {
  let last: { readonly given: Given; readonly made: Made } | undefined;
  return (...given) => {
    if (!last || given.some((one, n) => one !== last?.given[n])) last = { given, made: make(...given) };
    return last.made;
  };
}

/** What the operator agrees to, in few rows: what will be different, who does it, what follows, and the way back. */
export const agreementLines = remembering((changes, step, run, page): readonly Line[] => {
  const consequences = new Set(changes.flatMap((change) => change.consequences ?? []));
  return [
    ...changes.flatMap((change) => againLines(change, step, run, page)),
    ...(changes.length > several ? togetherLines(changes, page) : eachLines(changes, page)),
    ...labelled('By:', byWhom(step, run), page),
    ...labelled('Undo:', wayBack(step, run), page),
    ...[...consequences].flatMap((text) => wrap(text, page, 'plain', '› ')),
    blank,
  ];
});
/** That it was sent before stands first: who agrees again has to know. */
const againLines = (change: Change, step: Step, run: Run, page: Page): readonly Line[] => {
  const before = describeSentBefore(step.id, change, run);
  return before.length === 0 ? [] : before.flatMap((text) => wrap(text, page, 'strong', '! ', 2));
};
/** From so many on each is one sentence, and what they have in common stands once. */
const several = 4;
const eachLines = (changes: readonly Change[], page: Page): readonly Line[] =>
  changes.flatMap((change) => [...whatLines(change, page), ...differenceLines(change, page)]);
function togetherLines(changes: readonly Change[], page: Page): readonly Line[] {
  const [first, ...others] = changes;
  if (!first) return [];
  const same = ([name, value]: readonly [string, unknown]): boolean =>
    others.every(({ call }) => JSON.stringify(call.input[name as never]) === JSON.stringify(value));
  const sum = describeBatch(changes.map(({ call }) => call)) ?? `${changes.length} changes`;
  const common = Object.fromEntries(Object.entries(first.call.input).filter(same));
  return [
    ...wrap(`${sum}, confirmed together:`, page, 'strong'),
    ...changes.flatMap((change) => whatLines(change, page)),
    ...wrap('In all of them:', page),
    ...differenceLines({ ...first, call: { ...first.call, input: common } as Change['call'] }, page),
  ];
}
function whatLines({ says, risk }: Change, page: Page): readonly Line[] {
  const lead = risk === 'dangerous' ? 'DANGEROUS: ' : 'CHANGE: ';
  return wrap(says, page, 'strong', lead, 2).map((row, n) =>
    n === 0 && risk === 'dangerous' ? toned(row, lead.trimEnd(), 'bad') : row,
  );
}
/** A row with what it begins with in a tone of its own. */
const toned = (row: Line, begin: string, tone: Tone): Line =>
  row.flatMap((one) =>
    one.text.startsWith(begin)
      ? [
          { text: begin, tone },
          { ...one, text: one.text.slice(begin.length) },
        ]
      : [one],
  );
const labelled = (label: string, text: string, page: Page): readonly Line[] =>
  wrap(text, page, 'plain', `${label.padEnd(5)} `).map((row, n) =>
    n === 0 ? [span(page, `${label.padEnd(5)} `, 'strong'), ...row.slice(1)] : row,
  );
const byWhom = (step: Step, run: Run): string => {
  const identity = run.identities[step.actor];
  const account = identity?.account ?? run.binding.accounts?.[step.actor];
  const who = identity ? `, ${identity.arn.split(':').at(-1)}` : '';
  return `${actorName(step.actor)}${account ? ` ${account}` : ''}${who}`;
};
const wayBack = ({ undo }: Step, run: Run): string => {
  if (wayNow(run) === 'undo') return 'this takes it back; a new run makes it again';
  return undo
    ? `cw-runbook undo: ${undo.says ?? 'it is taken back, if nobody has changed it since'}`
    : 'not by this program';
};

/** The members of the call as a difference: + comes, - goes, ~ is put in the place of something. */
function differenceLines({ call, before }: Change, page: Page): readonly Line[] {
  const { effect, plumbing } = factsOf(call.operation);
  const sign = effect === 'removes' ? '-' : before === undefined || before === '' ? '+' : '~';
  return Object.entries(call.input)
    .filter(([name]) => !plumbing.includes(name))
    .flatMap(([name, value]) =>
      wrap(`${name}: ${inShort(name, value as Json, call)}`, page, 'plain', `${sign} `),
    );
}
function inShort(name: string, value: Json, call: Call): string {
  if (isAfter(value)) return 'as AWS names it then';
  if (isPolicy(value)) return `${sizeText(name, value, call)}, below`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
const isPolicy = (value: Json): value is string => typeof value === 'string' && /^\s*\{.*\}\s*$/s.test(value);
/** AWS counts what is no white space. */
function sizeText(name: string, policy: string, { operation }: Call): string {
  const { size: quota } = factsOf(operation).quota;
  const size = Buffer.byteLength(policy.replace(/\s/g, ''));
  return quota?.member === name
    ? `${formatCount(size)} of ${formatCount(quota.most)} characters`
    : `${formatCount(size)} characters`;
}

/** A change as data: the call with everything in it, the same command, and the way in the console. */
export const equivalents = remembering((changes, step, run, page): readonly Section[] => {
  const consoles = [...new Set(changes.flatMap(({ console }) => console ?? []))];
  return [
    {
      title: 'The call',
      lines: changes.flatMap(({ call }) => [
        ...wrap(call.operation, page),
        ...Object.entries(call.input).flatMap(([name, value]) =>
          memberLines(name, value as Json, call, page),
        ),
        blank,
      ]),
    },
    {
      title: 'AWS CLI',
      aside: true,
      lines: [
        ...(run.identities[step.actor] ? describeIdentity(run, step.actor) : []).flatMap((text) =>
          wrap(`# ${text}`, page),
        ),
        ...changes.flatMap(({ call }) => [
          ...commandRows(commandLine(call, whereOf(run, step.actor)), page),
          blank,
        ]),
      ],
    },
    ...(consoles.length === 0
      ? []
      : [
          {
            title: 'Console',
            aside: true,
            lines: [...consoles.flatMap((text) => wrap(text, page)), blank],
          } as const,
        ]),
  ];
});

/** A command with each of its options on a row of its own. */
const commandRows = (command: string, page: Page): readonly Line[] =>
  command
    .split(/ (?=--[a-z][a-z-]*[ =])/)
    .flatMap((part, n) => wrap(part, page, 'plain', n === 0 ? '' : '  '));

/** A member of the call's input. A policy is shown as it reads best, not as the one line that is sent. */
function memberLines(name: string, value: Json, call: Call, page: Page): readonly Line[] {
  if (isAfter(value))
    return wrap(`${name}: known after ${value.step ?? ''}/${value.$after}`, page, 'plain', '  ');
  if (isPolicy(value)) {
    try {
      const indented = JSON.stringify(JSON.parse(value), undefined, 1);
      return [
        ...wrap(`${name}: ${sizeText(name, value, call)}`, page, 'plain', '  '),
        ...indented
          .split('\n')
          .flatMap((row) => wrap(row.trim(), page, 'plain', ' '.repeat(4 + row.search(/\S/)))),
      ];
    } catch {
      // Not JSON after all: shown as it is.
    }
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const row = wrap(`${name}: ${text}`, page, 'plain', '  ');
  // A long name that would be broken gets a row of its own.
  return row.length > 1 && !text.includes(' ')
    ? [...wrap(`${name}:`, page, 'plain', '  '), ...wrap(text, page, 'plain', '    ')]
    : row;
}
