import { defined } from '../organization/defined.ts';
import type { State } from '../organization/state.ts';
import type { Actor, TrailEvent } from '../organization/trail.ts';

// An event as `CloudTrailEvent` has it: JSON, in the order of members that events of others have.

/** Seconds: CloudTrail keeps no fractions. */
const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}/, '');

/** As whom an event is listed: a user's name, or the name of a session. */
export const usernameOf = ({ arn }: Actor): string | undefined =>
  /^arn:[^:]*:(?:iam|sts)::\d*:(?:user|assumed-role)\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];

function identityOf({ by, at }: TrailEvent, state: State): object {
  const { arn, userId, accessKeyId, invokedBy } = by;
  const [, accountId, role, session] = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
  const key = defined({ accessKeyId });
  const invoked = defined({ invokedBy });
  if (role === undefined || session === undefined) {
    const account = arn.split(':')[4];
    const userName = usernameOf(by);
    return { type: 'IAMUser', principalId: userId, arn, accountId: account, ...key, userName, ...invoked };
  }
  const region = state.instance?.region ?? 'us-east-1';
  const path = pathOf(role, region);
  return {
    type: 'AssumedRole',
    principalId: userId,
    ...{ arn, accountId, ...key },
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: userId.split(':')[0],
        arn: `arn:aws:iam::${accountId}:role/${path}${role}`,
        accountId,
        userName: role,
      },
      attributes: { creationDate: iso(at - 60_000), mfaAuthenticated: 'false' },
    },
    ...invoked,
  };
}
function pathOf(role: string, region: string): string {
  if (role === 'AWSServiceRoleForSSO') return 'aws-service-role/sso.amazonaws.com/';
  if (!role.startsWith('AWSReservedSSO_')) return '';
  return `aws-reserved/sso.amazonaws.com/${region === 'us-east-1' ? '' : `${region}/`}`;
}

/** Where a request was sent to. */
const hostOf = ({ source, region }: TrailEvent): string => `${source.split('.')[0]}.${region}.amazonaws.com`;

/** The whole event. `state`: of the organization, for what of an identity follows from it. */
export function eventText(event: TrailEvent, state: State): string {
  const { by, error } = event;
  return JSON.stringify({
    eventVersion: '1.09',
    userIdentity: identityOf(event, state),
    eventTime: iso(event.at),
    eventSource: event.source,
    eventName: event.name,
    awsRegion: event.region,
    sourceIPAddress: event.from,
    userAgent: event.agent,
    ...defined({ errorCode: error?.code, errorMessage: error?.message }),
    requestParameters: event.asked,
    responseElements: event.answered,
    requestID: event.requestId,
    eventID: event.id,
    readOnly: event.readOnly,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: event.account,
    eventCategory: 'Management',
    ...defined({
      tlsDetails:
        by.invokedBy === undefined
          ? {
              tlsVersion: 'TLSv1.3',
              cipherSuite: 'TLS_AES_128_GCM_SHA256',
              clientProvidedHostHeader: hostOf(event),
            }
          : undefined,
    }),
  });
}
