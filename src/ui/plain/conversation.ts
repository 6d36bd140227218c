import type { Event } from '../../model/event.ts';
import type { Choice } from '../../model/question.ts';
import type { Phase, Step } from '../../model/step.ts';
import { defined } from '../../model/text/defined.ts';
import { formatCount } from '../../model/text/format-count.ts';
import { present } from '../../presentation/present.ts';
import { drawView } from '../content/views.ts';
import { activityText, processText, secondsOf } from '../content/waiting.ts';
import type { Banner } from '../frame/header.ts';
import type { Asking, KeyResult, SideEffect } from '../input/binding.ts';
import { bindings } from '../input/bindings.ts';
import { logOf } from '../input/log-search.ts';
import { addRows, begin, type Ui } from '../input/state.ts';
import type { Ask } from '../session/ask.ts';
import type { Session, WaitedFor } from '../session/session.ts';
import { legible } from '../text/charset.ts';
import { wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';
import { meaningOf } from './line-of-input.ts';
import { atOnce } from './meaning.ts';
import { bodyText, placeText, promptText, textOf } from './render-text.ts';

export interface Conversation {
  readonly session: Session;
  readonly phases: readonly Phase[];
  readonly banner: Banner;
  /** Columns; nobody reads a screen where lines are read aloud. */
  readonly page: Page;
  readonly say: (text: string) => void;
  /** q while nothing is asked. */
  readonly onLeave: (how: 'q') => void;
  readonly openPage?: (url: string) => Promise<boolean>;
  readonly giveTerminal?: () => void;
  readonly now: () => number;
}
/** The question is put this long after what there is to confirm: what was typed before then was not meant for it. */
const unread = 150; // ms
/** What takes longer than this is told of, and again each time. */
const patience = 5_000; // ms

/** The same questions as on the screen, one after the other, as lines of text. */
export function converse(conversation: Conversation) {
  const { session, phases, banner, page, onLeave, openPage, now } = conversation;
  /** The one way out: whatever a text holds, nothing in it acts on the terminal. */
  const say = (text: string): void =>
    conversation.say(
      text
        .split('\n')
        .map((row) => legible(aloud(row), page.charset))
        .join('\n'),
    );
  const steps = phases.flatMap((phase) => phase.steps);
  let asked: Ask | undefined;
  let ui: Ui = begin(undefined);
  let from = 0;
  let put = false; // what is to be confirmed can be confirmed now
  let place: Step | undefined;
  let told = session.view().events.length;
  let waiting: { readonly is: string; at: number } | undefined;
  let farewell = false;
  const noticed = new Set<string>();
  let toldOf = ''; // a credential_process, and what it had said

  const situation = (ask: Ask): Asking => {
    const { run, events } = session.view();
    return { ask, ui, run, events, steps, step: ask.step, pageSize: atOnce };
  };
  const question = (ask: Ask): void => {
    put = false;
    const now = (): void => {
      if (session.view().ask !== ask) return;
      put = true;
      say(promptText(situation(ask), bindings(situation(ask)), from, page));
    };
    if (['accept', 'confirm', 'incoming'].includes(ask.is) || ui.mode.is === 'typed') setTimeout(now, unread);
    else now();
  };
  const begun = (ask: Ask, next: Ui, text: boolean): void => {
    ui = unsearched(next);
    from = 0;
    if (text) {
      const fresh = place !== ask.step;
      // Said once, and to its end: what is cut to a row on the screen is not cut here.
      const { notices = [], good = [], ...plain } = banner;
      for (const notice of [...notices, ...good])
        if (!noticed.has(notice)) say(good.includes(notice) ? notice : `! ${notice}`);
      for (const notice of [...notices, ...good]) noticed.add(notice);
      if (fresh)
        say(
          `\n${placeText({ ...session.view(), ...situation(ask), banner: plain, phases, now: now() }, page)}`,
        );
      say(bodyText(situation(ask), banner.endpoint, page));
      place = ask.step;
    }
    question(ask);
  };

  /** A list is said when all of it is known: its numbers must not change while it is listened to. */
  async function read(ask: Ask, choices: () => AsyncIterable<Choice>): Promise<void> {
    const rows: Choice[] = [];
    let said = now();
    let problem: string | undefined;
    try {
      for await (const row of choices()) {
        if (asked !== ask) return;
        rows.push(row);
        if (now() - said < 5_000) continue;
        said = now();
        say(`${formatCount(rows.length)} so far…`);
      }
    } catch (error) {
      problem = `The list could not be read: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (asked !== ask || ui.mode.is !== 'pick') return;
    const picker = { ...addRows(ui.mode.picker, rows), loading: false, ...defined({ problem }) };
    begun(ask, { ...ui, mode: { is: 'pick', picker } }, true);
  }

  const processRows = (waitedFor: WaitedFor): string =>
    textOf(
      processText(waitedFor, now())
        .split('\n')
        .flatMap((row) => wrap(row, page)),
    );

  function sayNews(): void {
    const { events, run, waitedFor, leaving } = session.view();
    const log = logOf({ run, steps });
    for (const event of events.slice(told)) {
      const line = saying(event) ? log.saying(event) : '';
      if (line !== '') say(line.replace(/\s+/g, ' '));
    }
    told = events.length;
    if (leaving && !farewell) {
      farewell = true;
      say('Leaving. A call in flight is finished and written down first; Ctrl-C again leaves at once.');
    }
    const mark = waitedFor ? `${waitedFor.since} ${waitedFor.said}` : '';
    if (waitedFor && mark !== toldOf) say(processRows(waitedFor));
    toldOf = mark;
  }

  /** Something has changed: what is new is said. */
  function changed(): void {
    sayNews();
    const { ask, activity, leaving } = session.view();
    if (ask === undefined && activity.is !== 'idle') waiting ??= { is: activity.is, at: now() };
    if (waiting && (ask !== undefined || waiting.is !== activity.is)) waiting = undefined;
    if (ask === asked) return;
    const before = asked;
    asked = ask;
    if (!ask || leaving) return;
    ui = unsearched(begin(ask));
    if (ask.is === 'watching' && before?.is === 'watching' && before.holder === ask.holder) return;
    if (ask.is === 'question' && ask.choices) {
      say('Reading the list…');
      void read(ask, ask.choices);
    } else begun(ask, ui, true);
  }

  function perform(what: SideEffect): void {
    if (what.do === 'run-in-terminal') {
      conversation.giveTerminal?.();
      return;
    }
    if (what.do === 'pass') {
      session.pass();
      return;
    }
    if (what.do === 'leave') {
      onLeave('q');
      return;
    }
    if (what.do === 'copy') {
      say(`To copy, ${what.what}:\n${what.text}`);
      return;
    }
    say(what.url);
    void openPage?.(what.url).then((opened) =>
      say(opened ? 'Opened in your browser.' : 'No browser here: open this address.'),
    );
  }
  function done(ask: Ask, { ui: next, reply, sideEffect: out }: KeyResult): void {
    if (out) perform(out);
    if (next.view) {
      const { run, events } = session.view();
      const viewed = {
        step: ask.step,
        ask,
        run,
        steps,
        presented: present(ask, { run, steps, endpoint: banner.endpoint }),
        events,
        beneath: bindings(situation(ask)),
        spoken: true,
      } as const;
      const { title, lines } = drawView(next.view, viewed, page, next.view.is === 'log' ? 40 : 10_000);
      say(`\n${title}\n${textOf(lines)}\n`);
      question(ask);
      return;
    }
    if (reply) {
      ui = next;
      session.reply(reply);
    } else begun(ask, next, next.mode.is !== ui.mode.is && next.mode.is !== 'keys');
  }

  /** A line that was typed. `poured`: it came together with others, as from a clipboard. */
  function line(text: string, poured: boolean): void {
    const { ask, waitedFor, leaving } = session.view();
    if (leaving) return;
    const reading = ui.mode.is === 'pick' && ui.mode.picker.loading;
    const open = ask && ask === asked ? ask : undefined;
    const typed = text.trim();
    if (open && !reading) reply(open, text, poured);
    else if (waitedFor && typed === 'x') conversation.giveTerminal?.();
    else if (open) {
      if (typed === 'q') session.reply({ do: 'leave' });
    } else if (typed === 'f' && isPassable()) session.pass();
    else if (typed === 'q') onLeave('q');
    else if (typed !== '') say('Nothing is asked just now. q leaves.');
  }

  function isPassable(): boolean {
    const { activity } = session.view();
    return activity.is === 'looking' && activity.passes === true;
  }

  function reply(ask: Ask, text: string, poured: boolean): void {
    const meaning = meaningOf(text, situation(ask), from);
    if (meaning.is === 'no') say(meaning.says);
    else if (meaning.is !== 'press') {
      ui = meaning.ui;
      from = meaning.from;
      question(ask);
    } else if (agrees(ask, meaning.press) && (poured || !put)) {
      say('That came before this could be read, or together with other lines: it does not count here.');
      question(ask);
    } else done(ask, meaning.press);
  }

  /** Tells, now and then, what is waited for. */
  function tick(): void {
    const { ask, activity, run, waitedFor } = session.view();
    if (ask !== undefined || activity.is === 'idle' || !waiting || now() - waiting.at < patience) return;
    waiting.at = now() + Math.min(60_000, secondsOf(activity, now()) * 1_000) - patience;
    const text = waitedFor ? processRows(waitedFor) : activityText(activity, run, now());
    if (text !== undefined) say(text);
  }

  return { changed, line, tick };
}

/** Where lines are typed a search is a line as well: a list does not begin with one. */
const unsearched = (ui: Ui): Ui =>
  ui.mode.is === 'pick'
    ? { ...ui, mode: { ...ui.mode, picker: { ...ui.mode.picker, filtering: false } } }
    : ui;

/** A row without the signs that make sense to the eye only. */
const aloud = (row: string): string =>
  row
    .replace(/^( *)[•›] /, '$1* ')
    .replaceAll(' · ', ', ')
    .replace(/ ›(?= |$)/g, ' >');

/** What happens at AWS is said as it is written down. */
const saying = ({ type }: Event): boolean =>
  ['intended', 'unclear', 'ended', 'drifted', 'halted', 'taken-back'].includes(type);

/** To what has to be read first. */
const agrees = (ask: Ask, { reply }: KeyResult): boolean =>
  reply?.do === 'confirm' ||
  (reply?.do === 'go-on' && (ask.is === 'accept' || ask.is === 'incoming')) ||
  (reply?.do === 'answer' && reply.typed !== undefined);
