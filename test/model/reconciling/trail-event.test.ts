import { expect, test } from 'vitest';
import { markOf, marksIn } from '../../../src/model/reconciling/marks.ts';
import { trailEventOf } from '../../../src/model/reconciling/trail-event.ts';

const event = {
  eventVersion: '1.09',
  userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::222222222222:assumed-role/admin/op' },
  eventTime: '2026-11-23T09:00:01Z',
  eventSource: 'sso.amazonaws.com',
  eventName: 'CreatePermissionSet',
  awsRegion: 'eu-west-1',
  userAgent:
    'aws-sdk-js/3.1138.0 ua/2.1 md/nodejs#20.19.0 api/sso-admin#3.1138.0 m/N,E cw-runbook/0.2.0 md/run#01KA md/act#permission-set-create-1',
  requestParameters: { name: 'Set', tags: [{ key: 'a', value: 'b' }] },
  responseElements: { permissionSet: { permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1' } },
  requestID: 'r-1',
  eventID: 'e-1',
  readOnly: false,
  recipientAccountId: '222222222222',
};

test('an event is read with its marks, its set and its tags', () =>
  expect(trailEventOf(JSON.stringify(event))).toEqual({
    id: 'e-1',
    at: Date.UTC(2026, 10, 23, 9, 0, 1),
    account: '222222222222',
    region: 'eu-west-1',
    source: 'sso.amazonaws.com',
    name: 'CreatePermissionSet',
    readOnly: false,
    requestId: 'r-1',
    arn: 'arn:aws:sts::222222222222:assumed-role/admin/op',
    run: '01KA',
    attempt: 'permission-set-create-1',
    set: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1',
    tags: { a: 'b' },
  }));

test.each<[string, object]>([
  ['no identity', { userIdentity: undefined }],
  ['an identity of a service, without an ARN', { userIdentity: { type: 'AWSService', invokedBy: 'sso' } }],
  ['an identity by a user of IAM Identity Center', { userIdentity: { onBehalfOf: { userId: 'u' } } }],
])('%s is nobody', (_, more) => expect(trailEventOf(JSON.stringify({ ...event, ...more }))?.arn).toBe(''));

test.each([
  undefined,
  '',
  'null',
  '[]',
  '{"eventID": 1}',
  '{not json',
  JSON.stringify({ ...event, eventTime: 'yesterday' }),
])('%s is no event', (text) => expect(trailEventOf(text)).toBeUndefined());

test('members of strange types are left out', () => {
  const strange = {
    ...event,
    ...{ requestParameters: 'none', responseElements: 7, userAgent: null, requestID: {}, readOnly: 'true' },
  };
  expect(trailEventOf(JSON.stringify(strange))).toEqual({
    ...{ id: 'e-1', at: Date.UTC(2026, 10, 23, 9, 0, 1), account: '222222222222', region: 'eu-west-1' },
    ...{ source: 'sso.amazonaws.com', name: 'CreatePermissionSet', readOnly: false, requestId: '' },
    arn: 'arn:aws:sts::222222222222:assumed-role/admin/op',
  });
  const tags = {
    tags: [{ key: 1, value: 'x' }, null, { key: '__proto__', value: 'y' }, { key: 'k', value: 'v' }],
  };
  expect(trailEventOf(JSON.stringify({ ...event, requestParameters: tags }))?.tags?.k).toBe('v');
});

test('marks are words of their own; the last of two counts', () => {
  expect(marksIn('xmd/run#a md/run md/run# md/run#b md/run#c#d md/act#e')).toEqual({
    run: 'c#d',
    attempt: 'e',
  });
  expect(marksIn('')).toEqual({});
  expect(markOf('permission-set/create set#1')).toBe('permission-set-create-set-1');
});
