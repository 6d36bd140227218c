import { sealed } from '../../../src/journal/format.ts';
import { chained, fileOf, type Said } from './chained.ts';

/** A journal with its records' text changed, and every number, link, hash, count and root made right again. */
export function forged(journal: Buffer, change: (line: string) => string): Buffer {
  const [first = '', ...lines] = journal.toString().trimEnd().split('\n');
  const { hash: _, ...header } = JSON.parse(first);
  const records = lines.map((line): Said => {
    const { seq: _s, prev: _p, at: _a, hash: _h, ...said } = JSON.parse(change(line));
    const own = said.type === 'closed' ? ['records', 'root'] : ['record', 'head', 'root'];
    const special = ['closed', 'anchored', 'signed'].includes(said.type);
    return special
      ? { ...said, ...Object.fromEntries(own.flatMap((name) => (name in said ? [[name, true]] : []))) }
      : said;
  });
  return fileOf(chained(records, header, (record) => Buffer.from(sealed(record))));
}
