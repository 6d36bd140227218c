import { expect, test } from 'vitest';
import type { Looked } from '../../../src/model/reconciling/matching.ts';
import { reconcile } from '../../../src/model/reconciling/reconcile.ts';
import type { Sent } from '../../../src/model/reconciling/sent.ts';
import { trailEventOf } from '../../../src/model/reconciling/trail-event.ts';
import { began, delegate, later, looked, run, sent, told } from './trail.ts';

const agent =
  'aws-sdk-js/3.1138.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#20.19.0 api/sso-admin#3.1138.0 m/N,E';
const set = 'arn:aws:sso:::permissionSet/ssoins-1111111111111111/ps-1111111111111111';

/** An event as CloudTrail has it, of about its size. */
const text = (id: string, one: Sent, more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    eventVersion: '1.09',
    userIdentity: {
      ...{ type: 'AssumedRole', principalId: 'AROAAAAAAAAAAAAAAAAAA:op', arn: one.arn },
      ...{ accountId: one.account, accessKeyId: 'ASIAAAAAAAAAAAAAAAAA' },
      sessionContext: {
        sessionIssuer: {
          ...{
            type: 'Role',
            principalId: 'AROAAAAAAAAAAAAAAAAAA',
            arn: `arn:aws:iam::${delegate}:role/admin`,
          },
          ...{ accountId: one.account, userName: 'admin' },
        },
        attributes: { creationDate: '2026-11-23T08:59:00Z', mfaAuthenticated: 'false' },
      },
    },
    eventTime: new Date(one.at).toISOString().replace(/\.\d{3}/, ''),
    ...{ eventSource: one.source, eventName: one.name, awsRegion: one.region, sourceIPAddress: '192.0.2.1' },
    userAgent: `${agent} cw-runbook/0.2.0 md/run#${run} md/act#${one.mark}`,
    requestParameters: {
      instanceArn: 'arn:aws:sso:::instance/ssoins-1111111111111111',
      ...{ permissionSetArn: set, targetId: delegate, targetType: 'AWS_ACCOUNT', principalType: 'USER' },
      principalId: '11111111-1111-4111-8111-111111111111',
    },
    ...{ responseElements: null, requestID: one.requestId, eventID: id, readOnly: false },
    ...{ eventType: 'AwsApiCall', managementEvent: true, recipientAccountId: one.account },
    eventCategory: 'Management',
    tlsDetails: {
      ...{ tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256' },
      clientProvidedHostHeader: 'sso.eu-west-1.amazonaws.com',
    },
    ...more,
  });

/** In what way the n-th of the run's requests is not as it should be; undefined: it is. */
const gaps = ['no event', 'another request', 'no record', 'by another', 'another hash', 'outcome'] as const;
const gapOf = (n: number): (typeof gaps)[number] | undefined =>
  n % 10 === 3 ? gaps[((n / 10) % 6) | 0] : undefined;

test('100,000 events, and every gap there is in 2,000 requests: all found, in at most 5 s of the processor', () => {
  const requests = Array.from({ length: 2_000 }, (_, n) => sent(n, { at: began + n * 100 }));
  const events: string[] = requests.flatMap((one, n) => {
    const id = `event ${n}`;
    switch (gapOf(n)) {
      case 'no event':
        return [];
      case 'another request':
        return [text(id, { ...one, requestId: `other ${n}` })];
      case 'by another':
        return [
          text(id, one),
          text(`${id} by another`, { ...one, requestId: `by another ${n}` }, { userAgent: agent }),
        ];
      case 'another hash': {
        const head = n.toString(16).padStart(64, '0');
        const asked = {
          requestParameters: null,
          readOnly: true,
          userAgent: `${agent} md/run#${run} md/head#${head}`,
        };
        const whoAmI = {
          ...one,
          source: 'sts.amazonaws.com',
          name: 'GetCallerIdentity',
          requestId: `head ${n}`,
        };
        return [text(id, one), text(`${id} head`, whoAmI, asked)];
      }
      case 'outcome':
        return [text(id, one, { errorCode: 'AccessDenied', requestParameters: null })];
      default:
        return [text(id, one)];
    }
  });
  const reading = sent(0, { name: 'DescribePermissionSet', requestId: 'noise ‹n›' });
  const noise = text('noise ‹n›', reading, { readOnly: true, userAgent: `${agent} cw-runbook/0.2.0` });
  while (events.length < 100_000) events.push(noise.replaceAll('‹n›', String(events.length)));
  const journal = requests.filter((_, n) => gapOf(n) !== 'no record');
  const everywhere: readonly Looked[] = [looked()];

  const before = process.cpuUsage();
  const read = events.flatMap((one) => trailEventOf(one) ?? []);
  const found = reconcile(told(journal), { events: read, looked: everywhere }, later);
  const { user, system } = process.cpuUsage(before);

  expect(read).toHaveLength(100_000);
  const those = (gap: (typeof gaps)[number]): readonly number[] =>
    requests.flatMap((_, n) => (gapOf(n) === gap ? [n] : []));
  const attempts = (gap: (typeof gaps)[number]) => those(gap).map((n) => requests[n]?.attempt);
  const records = (is: string, member?: string) =>
    found.records.flatMap((one) =>
      one.is === is && (one.is !== 'differs' || one.in === member) ? [one.attempt] : [],
    );
  expect(records('missing')).toEqual(attempts('no event'));
  expect(records('differs', 'requestId')).toEqual(attempts('another request'));
  expect(records('differs', 'outcome')).toEqual(attempts('outcome'));
  const unrecorded = (which: string) =>
    found.unrecorded.flatMap(({ is, event }) => (is === which ? [event.id] : []));
  expect(unrecorded('unrecorded')).toEqual(those('no record').map((n) => `event ${n}`));
  expect(unrecorded('unknown-head')).toEqual(those('another hash').map((n) => `event ${n} head`));
  expect(found.others.map(({ event }) => event.id)).toEqual(
    those('by another').map((n) => `event ${n} by another`),
  );
  expect(found.records.filter(({ is }) => is === 'found')).toHaveLength(
    journal.length - [...attempts('no event'), ...attempts('another request'), ...attempts('outcome')].length,
  );
  expect((user + system) / 1e6, 'seconds of the processor').toBeLessThan(5);
});
