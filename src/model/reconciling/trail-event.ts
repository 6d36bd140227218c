import { defined } from '../text/defined.ts';
import { marksIn } from './marks.ts';

/** One event of CloudTrail, as far as it is compared with a journal. `at`: milliseconds since 1970, in whole seconds. */
export interface TrailEvent {
  readonly id: string;
  readonly at: number;
  readonly account: string;
  readonly region: string;
  readonly source: string; // sso.amazonaws.com
  readonly name: string; // CreatePermissionSet
  readonly readOnly: boolean;
  readonly requestId: string;
  readonly arn: string; // who acted; '' where CloudTrail names nobody
  readonly error?: string; // AWS's code
  readonly run?: string; // the marks of its user agent
  readonly attempt?: string;
  readonly head?: string;
  /** The permission set that it is about: its ARN. */
  readonly set?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The event in a `CloudTrailEvent`, read leniently: AWS adds members, and moves some. Undefined for what cannot be read
 * as one: nothing is known then of what it says.
 */
export function trailEventOf(text: string | undefined): TrailEvent | undefined {
  let told: unknown;
  try {
    told = JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
  const event = Object(told) as Readonly<Record<string, unknown>>;
  const at = Date.parse(textOf(event.eventTime) ?? '');
  const [id, name, source] = [event.eventID, event.eventName, event.eventSource].map(textOf);
  if (id === undefined || name === undefined || source === undefined || Number.isNaN(at)) return undefined;
  const { arn } = Object(event.userIdentity) as { readonly arn?: unknown };
  return {
    ...{ id, name, source, at, readOnly: event.readOnly === true },
    account: textOf(event.recipientAccountId) ?? '',
    region: textOf(event.awsRegion) ?? '',
    requestId: textOf(event.requestID) ?? '',
    arn: textOf(arn) ?? '',
    ...marksIn(textOf(event.userAgent) ?? ''),
    ...defined({ error: textOf(event.errorCode), ...aboutOf(event) }),
  };
}

function aboutOf({ requestParameters, responseElements }: Readonly<Record<string, unknown>>) {
  const asked = Object(requestParameters) as Readonly<Record<string, unknown>>;
  const { permissionSet } = Object(responseElements) as { readonly permissionSet?: unknown };
  const made = Object(permissionSet) as { readonly permissionSetArn?: unknown };
  return {
    set: [asked.permissionSetArn, asked.resourceArn, made.permissionSetArn].map(textOf).find(isSet),
    tags: tagsIn(asked.tags),
  };
}
const isSet = (arn: string | undefined): boolean => arn?.includes(':permissionSet/') === true;
function tagsIn(tags: unknown): Readonly<Record<string, string>> | undefined {
  if (!Array.isArray(tags)) return undefined;
  const pairs = tags.map((tag): [unknown, unknown] => {
    const { key, value } = Object(tag) as { readonly key?: unknown; readonly value?: unknown };
    return [key, value];
  });
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair.every(isText)));
}
const isText = (value: unknown): value is string => typeof value === 'string';
const textOf = (value: unknown): string | undefined => (isText(value) && value !== '' ? value : undefined);
