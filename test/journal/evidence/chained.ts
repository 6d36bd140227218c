import { sealed } from '../../../src/journal/format.ts';
import { handoffBytes } from '../../../src/journal/handoff.ts';
import { sha256 } from '../../../src/journal/hash.ts';
import { dataEnd, dataStart, pageSeal, pageStart } from '../../../src/model/evidence/page-lines.ts';
import { treeOf } from '../../../src/model/evidence/tree.ts';
import { embedded } from '../../../src/report/page/html.ts';

/** A record as one writes it: its number, link, time and hash come by themselves. */
export type Said = Readonly<Record<string, unknown>> & { readonly type: string };

export const header = (run = '01KDHZ9M7Q8RNWTB5X2C4V6A3E'): object => ({
  journal: 4,
  run,
  program: 'cw-runbook/0.3.0',
  simulated: false,
  endpoint: 'aws',
  started: '2026-11-30T10:00:00.000Z',
});

/** A run that was closed, gone on with, signed, and closed again. Roots and heads that are `true` are filled in. */
export const story: readonly Said[] = [
  { type: 'started', run: '01KDHZ9M7Q8RNWTB5X2C4V6A3E', simulated: false, endpoint: 'aws' },
  { type: 'opened', by: 'ann@laptop', program: 'cw-runbook/0.3.0' },
  { type: 'authorized', by: 'ann@laptop', ticket: 'CHG0012345', approvedBy: 'Zoë Müller' },
  { type: 'answered', step: 'home-region', question: 'region', answer: 'us-east-1', by: 'key' },
  { type: 'waived', step: 'home-region', goal: 'quota', why: 'asked AWS: 3500, "enough"' },
  { type: 'compared', by: 'ann@laptop', program: 'x', departures: [], unseen: [], goals: 17 },
  { type: 'anchored', record: true, head: true, actor: 'management', requestId: 'b3f0' },
  { type: 'closed', records: true, root: true },
  { type: 'opened', by: 'bob@desk', program: 'cw-runbook/0.3.0', continues: 8 },
  { type: 'signed', by: 'bob@desk', record: true, head: true, root: true, signature: 'none' },
  { type: 'closed', records: true, root: true },
];

const shared = (n: number): string => new Date(Date.UTC(2026, 10, 30, 10, 0, n)).toISOString();
const filled = (said: Said, seq: number, prev: string, root: () => string): object => {
  const known: Readonly<Record<string, () => unknown>> = {
    record: () => seq - 1,
    records: () => seq - 1,
    head: () => prev,
    root,
  };
  return Object.fromEntries(
    Object.entries(said).map(([name, value]) => [
      name,
      value === true && known[name] ? known[name]() : value,
    ]),
  );
};

/**
 * The lines of a journal, header first, each linked to the one before. `by`: how one record becomes a line, where that is
 * not as the program does it.
 */
export function chained(
  records: readonly Said[],
  first: object = header(),
  by: (record: object, seq: number) => Buffer<ArrayBuffer> = (record) => Buffer.from(sealed(record)),
): Buffer<ArrayBuffer>[] {
  const lines = [Buffer.from(sealed(first))];
  const tree = treeOf(sha256, [sha256(lines[0] as Buffer)]);
  for (const [n, said] of records.entries()) {
    const seq = n + 1;
    const prev = sha256(lines[n] as Buffer);
    const line = by({ seq, prev, at: shared(seq), ...filled(said, seq, prev, tree.root) }, seq);
    lines.push(line);
    tree.add(sha256(line));
  }
  return lines;
}

/** Bytes as a line that proves itself, whatever they are. `body`: from brace to brace. */
export const sealedBytes = (body: Buffer): Buffer<ArrayBuffer> =>
  Buffer.concat([body.subarray(0, -1), Buffer.from(`,"hash":"${sha256(body)}"}`)]);

export const fileOf = (lines: readonly Buffer[]): Buffer =>
  Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));

/** JSON lines of a journal. */
export const exported = (journal: Buffer): Buffer => journal.subarray(journal.indexOf(0x0a) + 1);

/** A hand-off's file around a journal. */
export const handedOff = (journal: Buffer): Buffer =>
  handoffBytes(
    {
      ...{ handoff: '01KDHZ9M7Q8RNWTB5X2C4V6A3F', run: '01KDHZ9M7Q8RNWTB5X2C4V6A3E', by: 'ann@laptop' },
      ...{ at: '2026-11-30T12:00:00.000Z', program: 'cw-runbook/0.3.0', simulated: false, endpoint: 'aws' },
      ...{ names: 'none', asked: {} },
    },
    journal,
  );

/** An HTML export around a journal, as far as a verifier looks. `about`: what it says of it, where that is not so. */
export function paged(journal: Buffer, about?: string): Buffer {
  const text = journal.toString();
  const lines = text.split('\n').slice(0, -1);
  const told = {
    run: /"run":"([^"]*)"/.exec(lines[0] ?? '')?.[1],
    ...{ records: lines.length - 1, head: sha256(lines.at(-1) ?? ''), text: '0'.repeat(64) },
  };
  const data = `${dataStart('about')}${about ?? JSON.stringify(told)}${dataEnd}\n${dataStart('journal')}${embedded(text)}${dataEnd}`;
  return resealedPage(`${pageStart}\n<html lang="en">\n<p>Unchanged and complete.</p>\n${data}\n</html>\n`);
}
/** A page with its last line made right again. */
export const resealedPage = (page: string): Buffer => {
  const whole = page.replace(/<!-- SHA-256[^\n]*\n$/, '');
  return Buffer.from(`${whole}${pageSeal(sha256(whole))}\n`);
};
