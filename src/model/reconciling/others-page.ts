import { concerning, partOf } from './concerning.ts';
import type { Told } from './matching.ts';

/** What is read of a page that concerns nobody here. */
interface OthersPage {
  readonly Events: readonly [{ readonly EventTime: Date }]; // the oldest
  readonly NextToken?: string;
}
/** Behind the quotation mark that each begins with: there are too many of these to look for one. */
const [time, event, token] = ['EventTime":', 'CloudTrailEvent":"', 'NextToken":"'] as const;

/**
 * Reads a page of `LookupEvents`, as it came, where nothing in it has to do with the run: of 130 kB only how old its events are
 * and what the next page is called. Most pages are other people's. In a text, a quotation mark stands behind a backslash: so
 * what is looked for is a member, never a part of an event. Undefined where a page has to be taken apart.
 */
export function othersPage(told: Told): (body: Uint8Array) => OthersPage | undefined {
  const concerns = concerning(told, '\\"');
  return (body) => {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    if (bytes[0] !== brace || bytes.at(-1) !== closingBrace || concerns(bytes)) return undefined;
    const times = valuesOf(bytes, time).map((at) => Number.parseFloat(partOf(bytes, at, at + 24)) * 1000);
    const tokens = valuesOf(bytes, token);
    const oldest = Math.min(...times);
    if (times.length !== valuesOf(bytes, event).length || !Number.isFinite(oldest) || tokens.length > 1)
      return undefined;
    const [at] = tokens;
    if (at === undefined)
      return valuesOf(bytes, 'NextToken"').length > 0
        ? undefined
        : { Events: [{ EventTime: new Date(oldest) }] };
    const NextToken = partOf(bytes, at, bytes.indexOf('"', at));
    return NextToken === '' || NextToken.includes('\\')
      ? undefined
      : { Events: [{ EventTime: new Date(oldest) }], NextToken };
  };
}
/** Where each value of a member begins. */
function valuesOf(bytes: Buffer, member: string): readonly number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(member); at !== -1; at = bytes.indexOf(member, at)) {
    const isMember = bytes[at - 1] === quote;
    at += member.length;
    if (isMember) found.push(at);
  }
  return found;
}
const [brace, closingBrace, quote] = [0x7b, 0x7d, 0x22] as const;
