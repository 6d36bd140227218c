import { defined } from '../organization/defined.ts';
import { hash } from '../organization/ids.ts';
import type { TrailEvent } from '../organization/trail.ts';
import { refuse } from '../protocol/refusal.ts';
import type { CloudTrailOperations, Context } from '../services/context.ts';
import { eventText, usernameOf } from './event-text.ts';

const day = 86_400_000;
/** So many days events can be looked up. */
const kept = 90;
const most = 50;

type Key =
  | 'EventId'
  | 'EventName'
  | 'ReadOnly'
  | 'Username'
  | 'ResourceType'
  | 'ResourceName'
  | 'EventSource'
  | 'AccessKeyId';
const has: Readonly<Record<Key, (event: TrailEvent, value: string) => boolean>> = {
  EventId: ({ id }, value) => id === value,
  EventName: ({ name }, value) => name === value,
  ReadOnly: ({ readOnly }, value) => String(readOnly) === value,
  Username: ({ by }, value) => usernameOf(by) === value,
  ResourceType: ({ resources = [] }, value) => resources.some(({ ResourceType }) => ResourceType === value),
  ResourceName: ({ resources = [] }, value) => resources.some(({ ResourceName }) => ResourceName === value),
  EventSource: ({ source }, value) => source === value,
  AccessKeyId: ({ by }, value) => by.accessKeyId === value,
};

/** The events that were found last: those who ask for one page ask for the next. */
const last = new WeakMap<object, { readonly of: string; readonly found: readonly TrailEvent[] }>();

/**
 * Looks up management events, reads and changes alike: those of the caller's account in the Region that is asked, of the last
 * 90 days, the newest first, 50 at most. What was not delivered yet when the first page was asked for is on none of
 * its pages. Throws `Refusal`. Source: CloudTrail API reference, LookupEvents; its sentences are not known.
 */
export const cloudtrail = {
  LookupEvents: (input, at) => {
    const { LookupAttributes = [], MaxResults = most, NextToken } = input;
    const [from, until] = [msOf(input.StartTime) ?? 0, msOf(input.EndTime) ?? Number.POSITIVE_INFINITY];
    if (LookupAttributes.length > 1)
      refuse('InvalidLookupAttributesException', 'The list of lookup attributes can contain only one item.');
    if (from > until) refuse('InvalidTimeRangeException', 'The start time must be before the end time.');
    const [wanted] = LookupAttributes;
    const { start, asked } = NextToken === undefined ? { start: 0, asked: at.now } : startOf(NextToken, at);
    const oldest = Math.max(from, asked - kept * day);
    const fits = (event: TrailEvent): boolean =>
      event.account === at.caller.account.id &&
      event.region === at.region &&
      event.seen <= asked &&
      secondsOf(event.at) >= secondsOf(oldest) &&
      secondsOf(event.at) <= until &&
      (wanted === undefined || has[wanted.AttributeKey as Key](event, wanted.AttributeValue ?? ''));
    const of = `${at.caller.account.id} ${at.region} ${at.list} ${asked}`;
    const before = last.get(at.trail);
    // Insights are events, too, and nothing here is one.
    const all = input.EventCategory === undefined ? at.trail : [];
    const found =
      before?.of === of && NextToken !== undefined
        ? before.found
        : all
            .filter(fits)
            .reverse()
            .sort((a, b) => b.at - a.at);
    last.set(at.trail, { of, found });
    const end = start + MaxResults;
    return {
      Events: found.slice(start, end).map((event) => listed(event, at)),
      ...defined({ NextToken: end < found.length ? tokenFor(at, end, asked) : undefined }),
    };
  },
} as const satisfies CloudTrailOperations;

const secondsOf = (ms: number): number => Math.floor(ms / 1000) * 1000;
/** Over HTTP a time is a number of seconds. */
const msOf = (time: Date | number | undefined): number | undefined =>
  time instanceof Date ? time.getTime() : time === undefined ? undefined : Number(time) * 1000;

function listed(event: TrailEvent, { truth }: Context) {
  const Username = usernameOf(event.by);
  return {
    EventId: event.id,
    EventName: event.name,
    ReadOnly: String(event.readOnly),
    ...defined({ AccessKeyId: event.by.accessKeyId }),
    EventTime: new Date(secondsOf(event.at)),
    EventSource: event.source,
    ...defined({ Username }),
    Resources: [...(event.resources ?? [])],
    CloudTrailEvent: eventText(event, truth),
  };
}

/** A page's token fits this list alone, and says as of when it was asked for. */
const proofOf = ({ list, caller, region }: Context, start: number, asked: number): string =>
  hash(`${list} ${caller.account.id} ${region} ${start} ${asked}`).toString('hex').slice(0, 24);
const tokenFor = (at: Context, start: number, asked: number): string =>
  Buffer.from(JSON.stringify({ start, asked, proof: proofOf(at, start, asked) })).toString('base64url');
function startOf(token: string, at: Context): { readonly start: number; readonly asked: number } {
  const invalid = () => refuse('InvalidNextTokenException', 'The token is not valid, or has expired.');
  try {
    const { start, asked, proof } = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (proof !== proofOf(at, start, asked)) return invalid();
    return { start, asked };
  } catch {
    return invalid();
  }
}
