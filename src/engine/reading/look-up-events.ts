import type { Output } from '../../model/operations/sdk.ts';
import { type Limit, OutcomeUnknown, type Reader, RequestRejected } from '../../model/reader.ts';
import type { Looked } from '../../model/reconciling/matching.ts';
import type { Wanted } from '../../model/reconciling/told.ts';
import { type TrailEvent, trailEventOf } from '../../model/reconciling/trail-event.ts';
import { defined } from '../../model/text/defined.ts';
import { createPace, type Pace } from './pace.ts';

// CloudTrail answers two lookups a second in an account and a Region, whoever asks, and 50 events each. One attribute
// narrows them: so a service's events are read while they are few, and else those of the operations that matter.

/** Milliseconds between two lookups: a little less than AWS allows, because others ask too. */
const gap = 520;
/** CloudTrail has no smaller part of a time: of the oldest one that was read, not all events may have been. */
const second = 1_000;
/** A service whose events fill more pages than this is read by operation. */
const few = 20;
/** What CloudTrail has of what was wanted. */
export interface LookedUp {
  readonly events: readonly TrailEvent[];
  readonly looked: readonly Looked[];
}
/** What all lookups of one command share. `most`: pages of one account and Region. */
export interface Lookups {
  look(aws: Reader<'cloudtrail:LookupEvents'>, wanted: Wanted): Promise<LookedUp>;
}
type Page = Output<'cloudtrail:LookupEvents'>;
type Event = NonNullable<Page['Events']>[number];
interface Place {
  readonly pace: Pace;
  pages: number;
}

/**
 * Makes the lookups of one command: paced for each account and Region, at most `most` pages there. What AWS refuses is
 * told in `looked`. Of events that do not concern anybody nothing but their time is read. Throws, from `look`, `CredentialsError`.
 */
export function createLookups(
  clock: { now(): number; sleep(ms: number): Promise<void> },
  most: number,
  concerns: (text: string) => boolean = () => true,
  skim?: Limit['skim'],
): Lookups {
  const places = new Map<string, Place>();
  const placeOf = ({ account, region }: Wanted): Place => {
    const key = `${account} ${region}`;
    const place = places.get(key) ?? { pace: createPace(clock, gap, 0), pages: 0 };
    places.set(key, place);
    return place;
  };

  /** When an event was, `Infinity` where nothing says so. Of one that concerns nobody here, nothing else is read. */
  function taken({ CloudTrailEvent: text = '', EventTime }: Event, keep: (event: TrailEvent) => void) {
    const event = EventTime && !concerns(text) ? undefined : trailEventOf(text);
    if (event) keep(event);
    return event?.at ?? EventTime?.getTime() ?? Number.POSITIVE_INFINITY;
  }

  /** Pages of one list until it ends, or there are too many. `whole`: whether it ended. */
  async function read(
    aws: Reader<'cloudtrail:LookupEvents'>,
    { from, until }: Wanted,
    by: 'EventSource' | 'EventName',
    value: string,
    place: Place,
    limit: number,
    keep: (event: TrailEvent) => void,
  ): Promise<{ readonly whole: boolean; readonly oldest: number }> {
    let [next, oldest]: [string | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
    for (let n = 0; n < limit && place.pages < most; n++) {
      const token: string | undefined = next;
      const input: object = {
        LookupAttributes: [{ AttributeKey: by, AttributeValue: value }],
        ...{ StartTime: new Date(from), MaxResults: 50 },
        ...defined({ EndTime: until === undefined ? undefined : new Date(until), NextToken: token }),
      };
      place.pages += 1;
      const page: Page = await place.pace.ask(() =>
        aws.read('cloudtrail:LookupEvents', input as never, defined({ skim })),
      );
      for (const one of page.Events ?? []) oldest = Math.min(oldest, taken(one, keep));
      next = page.NextToken || undefined;
      if (next === undefined) return { whole: true, oldest };
    }
    return { whole: false, oldest };
  }

  return {
    look: async (aws, wanted) => {
      const { account, region, source, names, from } = wanted;
      const place = placeOf(wanted);
      const events = new Map<string, TrailEvent>();
      const keep = (event: TrailEvent): void => {
        if (event.source === source) events.set(event.id, event);
      };
      const where = { account, region, source, until: clock.now() };
      const there = aws.in(region) as Reader<'cloudtrail:LookupEvents'>;
      try {
        if (!wanted.only) {
          const { whole } = await read(there, wanted, 'EventSource', source, place, few, keep);
          if (whole) return { events: [...events.values()], looked: [{ ...where, from }] };
        }
        let covered = from; // of every operation, all that is younger was read
        for (const name of names) {
          const { whole, oldest } = await read(
            ...([there, wanted, 'EventName', name, place] as const),
            Number.POSITIVE_INFINITY,
            keep,
          );
          if (!whole) covered = Math.max(covered, oldest + second);
        }
        const looked: Looked[] = [{ ...where, from: covered, byName: true }];
        if (covered > from)
          looked.push({
            ...{ ...where, from, byName: true },
            why: `CloudTrail has too many events there: reading stopped after ${most} pages`,
          });
        return { events: [...events.values()], looked };
      } catch (error) {
        if (!(error instanceof RequestRejected || error instanceof OutcomeUnknown)) throw error;
        const why = error instanceof RequestRejected ? `${error.code}: ${error.message}` : error.message;
        return { events: [...events.values()], looked: [{ ...where, from, why }] };
      }
    },
  };
}
