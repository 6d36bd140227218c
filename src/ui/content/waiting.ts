import type { Activity } from '../../engine/ports.ts';
import type { Run } from '../../model/run.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { describeProgress } from '../../model/text/progress-words.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { WaitedFor } from '../session/session.ts';

/** The countdown while AWS is busy. */
export const countdownText = (until: number, now: number): string => {
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return `Retrying in ${seconds} s if still needed. Enter: try now · n: stop waiting`;
};

/** That a credential_process is waited for, and may be waiting itself. */
export const describeProcess = ({ profile, since }: WaitedFor, now: number): string =>
  `The credential_process of profile ${profile} has been running for ${Math.max(0, Math.round((now - since) / 1000))} s; it may be waiting for you.`;

/** The same, in rows, with what it says itself and what can be done. */
export const processText = (waitedFor: WaitedFor, now: number): string =>
  [
    describeProcess(waitedFor, now),
    'It cannot ask you here. x: run it with the terminal.',
    ...(waitedFor.said === '' ? [] : [`It says: ${waitedFor.said}`]),
    'Or wait: the run continues automatically when it has finished. You can leave.',
  ]
    .map(escapeControlChars)
    .join('\n');

/** What is waited for, in rows: what, since when, how long it usually takes, and what happens if one leaves now. */
export function activityText(activity: Activity, run: Run, now: number): string | undefined {
  if (activity.is === 'idle') return undefined;
  const seconds = secondsOf(activity, now);
  // What is over in a moment is not counted: nothing on the screen jumps.
  const since = seconds < 2 ? '' : `Since ${clock(activity.since, seconds)} UTC: ${spoken(seconds)}. `;
  const rows = (...all: readonly string[]): string =>
    all
      .filter((row) => row !== '')
      .map(escapeControlChars)
      .join('\n');
  switch (activity.is) {
    case 'looking':
      return rows(
        activity.progress === undefined ? 'Checking at AWS…' : `Checking at AWS: ${activity.progress}.`,
        since &&
          `${since}${activity.progress === undefined ? 'This usually takes a few seconds.' : 'AWS answers 20 requests a second: a large organization may take minutes.'}`,
        activity.passes
          ? 'f: go on without this search. It only shows who has the permission set already.'
          : seconds < 10
            ? ''
            : 'You can leave: checking changes nothing.',
      );
    case 'sending':
      return rows(
        `Sending the change…${about([`${activity.step}/${activity.change}`], run)}`,
        doneOf(activity.step, run, now),
        since && `${since}This usually takes a second or two.`,
        'It is written down already. If you leave now, the program first waits for AWS’s answer and writes it down.',
      );
    case 'settling':
      return rows(
        `AWS is working on it.${about(activity.attempts, run)}`,
        doneOf(activity.step, run, now),
        `${since}This usually takes a few seconds${seconds < 60 ? '' : '; minutes where AWS is busy'}.`,
        'If you leave now, AWS continues, and the next start picks it up.',
      );
    case 'no-answer':
      return rows(
        `No answer from AWS. ${activity.why}`,
        `${since}AWS is asked again within half a minute, and the run continues automatically when it answers.`,
        lookedInVain(activity),
        'You can leave: the next start asks again.',
      );
    case 'waiting-to-show': {
      const lost = run.attempts.find(
        ({ intent, state }) => state === 'unclear' && activity.attempts.includes(intent.attempt),
      );
      return rows(
        activity.why !== undefined
          ? `Waiting for AWS: ${activity.why}.`
          : lost?.unclear === undefined
            ? `Waiting until AWS shows it…${about(activity.attempts, run)}`
            : `No usable answer came back (${lost.unclear}). Checking whether it took effect…${about(activity.attempts, run)}`,
        `${since}This may take a minute.`,
        'You can leave; nothing is sent twice.',
      );
    }
    default:
      return unreachable(activity);
  }
}
/** Of many confirmed together, how many AWS has done, how fast, and how long the rest takes. */
function doneOf(step: string, run: Run, now: number): string {
  const sent = run.attempts.filter(({ intent }) => intent.step === step);
  const at = sent.at(-1)?.confirmed?.at;
  const confirmed = sent.filter((one) => one.confirmed?.at === at);
  const of = sent.at(-1)?.confirmed?.changes.length ?? 0;
  const [first] = confirmed;
  if (at === undefined || first === undefined || of < 3) return '';
  const done = confirmed.filter(({ state }) => state === 'verified' || state === 'settled').length;
  const seconds = (now - first.intent.at) / 1000;
  return `${describeProgress({ what: 'changes done', done, of }, done > 0 && seconds > 2 ? done / seconds : undefined)}.`;
}

/** What lasts is counted, with its end. */
const lookedInVain = ({ tries = 0, until }: Extract<Activity, { is: 'no-answer' }>): string =>
  tries > 2 && until !== undefined
    ? `Checked ${tries} times. If there is no answer by ${clock(until, 0)} UTC, you are asked how to continue.`
    : '';

/** What an earlier start sent may be of another day. */
const clock = (at: number, seconds: number): string => {
  const text = new Date(at).toISOString();
  return seconds < day ? text.slice(11, 19) : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
};
const day = 24 * 3600;
const spoken = (seconds: number): string =>
  seconds < 2 * 3600 ? `${seconds} s` : `${Math.floor(seconds / 3600)} h`;

export const secondsOf = (activity: Exclude<Activity, { is: 'idle' }>, now: number): number =>
  Math.max(0, Math.round((now - activity.since) / 1000));

/** The changes by what they say: of an attempt, or of the newest of a change. */
const about = (ids: readonly string[], run: Run): string => {
  const says = ids.flatMap(
    (id) =>
      run.attempts.findLast(({ intent }) => intent.attempt === id || intent.attempt.startsWith(`${id}#`))
        ?.intent.says ?? [],
  );
  const [first, ...others] = says;
  if (first === undefined) return '';
  return others.length === 0 ? ` ${first}` : ` ${first}; and ${others.length} more`;
};
