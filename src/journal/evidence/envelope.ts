import { createHash, hash } from 'node:crypto';
import type { Fault } from '../../model/evidence/chain.ts';
import { isWhole, type Later, laterThan } from '../../model/evidence/schema.ts';
import { sealed } from '../../model/evidence/sealed-line.ts';
import { type FileLine, isBlank } from './lines-of-file.ts';

type Value = Readonly<Record<string, unknown>>;

/** What stands around the journal in a hand-off's file, line by line. */
interface Envelope {
  /** The first line. How many lines of the journal follow. */
  begin(line: FileLine): number;
  /** A line of the journal, which proves itself. */
  pass(line: FileLine): void;
  /** A line behind the journal. */
  take(line: FileLine): void;
  /** How many lines there were. */
  lines(): number;
  fault(): Fault | undefined;
  /** Where its first line is of a later schema. */
  later(): Later | undefined;
  /** The file is at its end. What is wrong with it, if anything is. */
  end(): Fault | undefined;
}

/** The schema of hand-offs that is described here. */
const known = 1;

/** Begins at the first line. Throws nothing: what is wrong, `fault` and `end` say. */
export function openEnvelope(): Envelope {
  const all = createHash('sha256');
  let count = 0;
  let records = 0;
  let ended = false;
  let schema: unknown;
  let fault: Fault | undefined;
  const wrong = (what: string): void => {
    fault ??= { line: count, what };
  };
  const read = (line: FileLine): Value | undefined => {
    const found = line.whole ? sealed(line, (data) => hash('sha256', data)) : 'it is cut off';
    if (typeof found !== 'string') return found;
    wrong(found);
    return undefined;
  };
  const pass = ({ bytes }: FileLine): void => {
    count++;
    all.update(bytes).update('\n');
  };
  const behind = (line: FileLine): void => {
    const value = read(line);
    if (value === undefined) return;
    if (value.end === true) {
      ended = true;
      if (value.sha256 !== all.digest('hex')) wrong('the file was changed after it was written');
      return;
    }
    if (count !== records + 2 || value['simulated-organization'] === undefined)
      wrong('the file has not the lines that it says');
    all.update(line.bytes).update('\n');
  };
  return {
    begin: (line) => {
      pass(line);
      const first = read(line) ?? {};
      const said = first.records;
      records = Number.isSafeInteger(said) ? Number(said) : 0;
      schema = first['cw-runbook-handoff'];
      if (!isWhole(schema)) wrong('it is not the first line of a hand-off’s file');
      if (records < 2) wrong('it does not say how many records there are');
      return records;
    },
    pass,
    take: (line) => {
      count++;
      if (!ended) behind(line);
      // An editor or a form on the way may have added empty lines: they say nothing.
      else if (!isBlank(line.bytes)) wrong('something stands behind its end');
    },
    lines: () => count,
    fault: () => fault,
    later: () => laterThan('hand-off', schema, known),
    end: () => {
      if (!ended) wrong('its end is missing: the file was not copied whole');
      return fault;
    },
  };
}
