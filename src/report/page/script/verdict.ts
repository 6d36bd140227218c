import { verdictOnText } from '../../../model/evidence/chain-of-text.ts';
import type { Sha256 } from '../../../model/evidence/sealed-line.ts';

/** What the page says of itself, to be held against what is in it. */
export interface About {
  readonly run: string;
  readonly records: number;
  readonly head: string;
  /** SHA-256 of the page's text. */
  readonly text: string;
  /** Why the journal is not in it. */
  readonly without?: 'redacted' | 'address';
}
export interface PageVerdict {
  readonly is: 'good' | 'open' | 'bad' | 'none';
  readonly says: string;
  readonly more: string;
}

const outside = (root: string | undefined): string =>
  `Somebody who holds the file could still have computed every hash again. To rule that out, ${
    root === undefined ? '' : `compare the root with the one in the change ticket (its first 16 digits), `
  }compare the journal with AWS CloudTrail (cw-runbook audit reconcile), or check a signature.`;
const doNot =
  'Do not rely on this page. Ask for the journal itself, and check it: cw-runbook audit verify FILE.';
const bad = (says: string, more = ''): PageVerdict => ({ is: 'bad', says, more: `${more} ${doNot}`.trim() });

/** What the page proves of itself. `journal`: the text that it has embedded; `text`: what it shows. */
export function verdictOn(
  journal: unknown,
  about: About | undefined,
  text: string,
  sha256: Sha256,
): PageVerdict {
  if (about === undefined) return bad('The page is damaged: the data that describes it cannot be read.');
  if (sha256(text) !== about.text) return bad('The text of this page was changed after it was written.');
  if (about.without !== undefined) return withoutJournal(about.without);
  if (typeof journal !== 'string') return bad('The journal in this page is damaged: it cannot be read.');
  const found = verdictOnText(journal, sha256);
  const { fault, records, closings, run, head } = found;
  if (fault) {
    const where = fault.record === undefined ? `line ${fault.line}` : `record ${fault.record}`;
    const until = records === 0 ? 'No record can be relied on.' : `What can be relied on ends before it.`;
    return bad(`The journal in this page was changed at ${where}: ${fault.what}.`, until);
  }
  if (run !== about.run || head !== about.head || records !== about.records)
    return bad('The journal in this page is not the one that the page describes.');
  const last = closings.at(-1);
  const closed = last?.at === records && found.torn === 0;
  const whole = `${records} records: each follows from the one before, and none was changed. The text of this page still matches its checksum.`;
  return {
    is: closed ? 'good' : 'open',
    says: closed
      ? 'Unchanged and complete.'
      : 'Unchanged, but not closed: records may be missing at its end.',
    more: `${whole} ${
      closed
        ? `The last record closes the journal. Its root: ${last.root}.`
        : 'The run had no end yet when this was written, or it was cut off.'
    } ${outside(closed ? last.root : undefined)}`,
  };
}

const withoutJournal = (why: 'redacted' | 'address'): PageVerdict => ({
  is: 'none',
  says:
    why === 'redacted'
      ? 'This page cannot verify itself: names are redacted.'
      : 'This page cannot verify itself: the journal is not in it.',
  more: `${why === 'redacted' ? 'The chain of its records is that of the journal, which is not in this page.' : 'It holds what must not be shown as it is, such as an address with a password.'} The journal itself can be verified where the run is: cw-runbook audit verify FILE.`,
});
