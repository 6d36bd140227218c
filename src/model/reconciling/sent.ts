import type { Attempt } from '../attempt.ts';
import { services } from '../operations/services.ts';
import type { WriteOperation } from '../operations.ts';
import type { Run } from '../run.ts';
import { defined } from '../text/defined.ts';
import { markOf } from './marks.ts';

/** One sending of a change, as the journal has it. */
export interface Sent {
  readonly attempt: string;
  readonly mark: string; // as it stands in the user agent
  readonly operation: WriteOperation;
  readonly source: string; // sso.amazonaws.com
  readonly name: string;
  readonly account: string;
  readonly region: string; // where CloudTrail keeps it
  readonly arn: string;
  readonly at: number;
  readonly requestId: string; // '' where no answer came
  readonly came: 'accepted' | 'refused' | 'unanswered';
  readonly code?: string; // of the refusal
  /** What was seen afterwards of one that was not answered: that it was done, or that it was not. */
  readonly seen?: 'done' | 'not-done';
  readonly tags?: Readonly<Record<string, string>>; // that were asked for
}

const global = 'us-east-1';
/** Where CloudTrail keeps the events of a service: of those that are global in us-east-1. */
export const trailRegionOf = (service: keyof typeof services, region: string | undefined): string =>
  services[service].requested === 'global' ? global : (region ?? global);

/** Every sending that a journal tells of, in its order. */
export const sentBy = ({ attempts }: Run): readonly Sent[] => attempts.map(sentAs);

function sentAs({ intent, requestId = '', outcome, state }: Attempt): Sent {
  const { attempt, call, account, arn, at, region } = intent;
  const [service, name = ''] = call.operation.split(':') as [keyof typeof services, string?];
  const refused = outcome?.ended === 'refused' ? outcome : undefined;
  const came = refused ? 'refused' : requestId === '' ? 'unanswered' : 'accepted';
  const seen = ({ verified: 'done', lapsed: 'not-done' } as const)[String(state)];
  return {
    ...{ attempt, mark: markOf(attempt), operation: call.operation, name, account, arn, at, came },
    source: `${service}.amazonaws.com`,
    region: trailRegionOf(service, region),
    requestId: refused?.requestId ?? requestId,
    ...defined({ code: refused?.code, seen, tags: tagsOf(call.input) }),
  };
}
function tagsOf(input: object): Readonly<Record<string, string>> | undefined {
  const { Tags } = input as { readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] };
  return Tags && Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
}
