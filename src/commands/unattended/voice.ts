import { appendFile } from 'node:fs/promises';
import type { Event } from '../../model/event.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { jsonLine } from '../../report/jsonl.ts';
import { lineOf } from '../../report/lines.ts';
import type { ExitCode } from '../process/exit.ts';
import { ascii } from '../process/json.ts';
import { print } from '../process/output.ts';

/** How an unattended run speaks. */
export interface Voice {
  /** A line for whoever reads along. */
  say(line: string): void;
  /** An event of the run. `seq`: its number in the journal, 1 the first. */
  event(event: Event, seq: number): void;
  /** Why the run stopped, and what lets it go on: a sentence each. */
  stopped(says: readonly string[]): void;
  /** How it ended. `warnings`: what has to be read all the same; `card`: what was done, as Markdown. */
  ended(result: Ended): Promise<void>;
}
interface Ended {
  readonly run: string | null; // null: none was begun
  readonly code: ExitCode;
  readonly says: readonly string[];
  readonly warnings: readonly string[];
  readonly card: readonly string[] | undefined;
}

/**
 * Lines on standard output, and why it stopped on standard error. With `json` the events are JSON lines on standard
 * output, with a last one of the type `result`, and all else is on standard error. In a job of GitHub Actions (`env`)
 * warnings and stops are annotations as well, and the card is in the step's summary.
 */
export function voiceOf({
  json,
  env,
  spelled,
}: {
  readonly json: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** This program's own commands, as they are typed here. */
  readonly spelled: (text: string) => string;
}): Voice {
  const isAction = env.GITHUB_ACTIONS === 'true';
  const plain = (line: string): string => {
    const text = spelled(line);
    return `${isAction ? harmless(text) : text}\n`;
  };
  const aside = (line: string): void => print(plain(line), 'stderr');
  const say = json ? aside : (line: string): void => print(plain(line));
  const annotate = (kind: 'error' | 'warning', text: string): void => {
    if (isAction) process.stderr.write(`::${kind} title=cw-runbook::${annotated(spelled(text))}\n`);
  };
  return {
    say,
    event: (event, seq) => {
      if (json) process.stdout.write(jsonLine(event, seq));
      const line = lineOf(event);
      if (line !== undefined) say(line);
    },
    stopped: (says) => {
      for (const line of says) aside(line);
      annotate('error', says.join(' '));
    },
    ended: async ({ card, warnings, ...result }) => {
      for (const text of warnings) annotate('warning', text);
      if (json) process.stdout.write(`${ascii(JSON.stringify({ type: 'result', ...result, warnings }))}\n`);
      const summary = env.GITHUB_STEP_SUMMARY;
      if (!isAction || summary === undefined || card === undefined) return;
      // It is for readers: that it cannot be written does not change how the run ended.
      await appendFile(summary, `${card.join('\n')}\n`).catch((error: Error) =>
        aside(`The step summary cannot be written: ${error.message}`),
      );
    },
  };
}

/** A name at AWS is no command to GitHub's runner, which looks for one behind blanks at the start of each line. */
const harmless = (text: string): string => text.replace(/^(\s*):(?=:)/, '$1: ').replaceAll('##[', '# #[');

/** The text of an annotation, by GitHub's documentation of workflow commands. */
const annotated = (text: string): string =>
  escapeControlChars(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
