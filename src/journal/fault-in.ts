import { type Chain, createChain, type Fault } from '../model/evidence/chain.ts';
import { linesOf } from './format.ts';
import { sha256 } from './hash.ts';

/**
 * What `audit verify` finds wrong in a journal's whole lines, which were read as events already: whoever reads them for
 * the run alone does not ask what closing records, anchors and signatures say of those before. Undefined: nothing.
 */
export function faultIn(bytes: Buffer): Fault | undefined {
  const chain = createChain(sha256);
  takeLines(chain, bytes);
  return chain.end().fault;
}
/** The same of a part of the lines, all those before it taken. */
export function takeLines(chain: Chain, bytes: Buffer): void {
  for (const { bytes: line } of linesOf(bytes)) {
    const text = (from: number, to: number): string =>
      Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8', from, to);
    if (!chain.take({ bytes: line, text })) return;
  }
}
