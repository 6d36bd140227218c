import { expect, test } from 'vitest';
import { concerning } from '../../../src/model/reconciling/concerning.ts';
import type { Told } from '../../../src/model/reconciling/matching.ts';
import { othersPage } from '../../../src/model/reconciling/others-page.ts';
import { reconcile } from '../../../src/model/reconciling/reconcile.ts';
import { trailEventOf } from '../../../src/model/reconciling/trail-event.ts';
import { later, looked, run, sent, told } from './trail.ts';

const one = sent(1);
const journal = told([one]);
const [set = ''] = journal.sets;
/** Somebody else's change of another set. */
const event = {
  ...{ eventVersion: '1.09', userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::222222222222:x/y/z' } },
  ...{ eventTime: '2026-11-23T09:00:01Z', eventSource: one.source, eventName: one.name },
  ...{ awsRegion: one.region, userAgent: 'aws-sdk-js/3.1138.0 md/nodejs#20.19.0' },
  requestParameters: {
    permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-2/ps-2',
    inlinePolicy: '{"a":"b\\n"}',
  },
  ...{ responseElements: null, requestID: 'request-of-others', eventID: 'e', readOnly: false },
  recipientAccountId: one.account,
};
const text = JSON.stringify;
/** The text of the event with every letter of some text in it written as an escape. */
const escaped = (whole: string, part: string): string =>
  whole.replaceAll(
    part,
    [...part].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );
const agent = `aws-sdk-js/3 md/run#${run} md/act#${one.mark}`;
const about = { ...event.requestParameters, permissionSetArn: set };
const mine = { ...event, requestID: one.requestId };

test.each<[string, string]>([
  ['the id of one of its requests', text(mine)],
  ['its own id', text({ ...event, userAgent: agent })],
  [
    'its own id and a hash, of a read',
    text({ ...event, userAgent: `md/run#${run} md/head#0`, readOnly: true }),
  ],
  ['a set of its own, asked about', text({ ...event, requestParameters: about })],
  ['a set of its own, as a resource', text({ ...event, requestParameters: { resourceArn: set } })],
  [
    'a set of its own, made',
    text({ ...event, responseElements: { permissionSet: { permissionSetArn: set } } }),
  ],
  ['white space', text(mine, undefined, 2)],
  ['white space before the colon', text(mine).replace('"requestID":', '"requestID" :')],
  ['an id in escapes', escaped(text(mine), one.requestId)],
  ['a name in escapes', escaped(text(mine), 'requestID')],
  ['one letter in an escape', text(mine).replace('"requestID"', '"request\\u0049D"')],
  ['the run in escapes', escaped(text({ ...event, userAgent: agent }), run)],
  ['a set in escapes', text({ ...event, requestParameters: about }).replaceAll('/', '\\/')],
  [
    'two ids, the last of which counts',
    text(mine).replace('"requestID":', '"requestID":"other","requestID":'),
  ],
  ['another id before it, deeper', text({ deeper: { requestID: 'other' }, ...mine })],
  ['its name in a text before it', text({ note: '"requestID":"other', ...mine })],
  ['a text before it that ends in its name', text({ note: 'x"requestID', ...mine })],
  ['a text that ends in a backslash before it', text({ note: 'requestID\\', ...mine })],
])('an event of the run is seen by %s', (_, given) => {
  expect(trailEventOf(given)).toBeDefined();
  expect(concerning(journal)(given)).toBe(true);
  expect(othersPage(journal)(page([text(event), given, text(event)]))).toBeUndefined();
});

/** A page of CloudTrail's, as it comes. */
const page = (events: readonly string[], more: object = { NextToken: 'next/+=' }): Buffer =>
  Buffer.from(
    text({
      Events: events.map((CloudTrailEvent, n) => ({
        ...{ EventId: `${n}`, EventTime: 1764000000 - n, Username: 'Zoë "NextToken":"x"', CloudTrailEvent },
      })),
      ...more,
    }),
  );

test('of a page of others the age and the next page are read, and nothing else', () => {
  const skim = othersPage(journal);
  const others = [1, 2, 3].map((n) => text({ ...event, requestID: `request-of-others-${n}` }));
  const Events = [{ EventTime: new Date(1763999998000) }];
  expect(skim(page(others))).toEqual({ Events, NextToken: 'next/+=' });
  expect(skim(page(others, {}))).toEqual({ Events });
  const whole = page(others).toString();
  const powers = whole.replace(/"EventTime":(\d)(\d+)/g, '"EventTime":$1.$2E9');
  expect(skim(Buffer.from(powers))).toEqual({ Events, NextToken: 'next/+=' });
  for (const odd of [
    whole.replace('"EventTime":', '"EventTime" :'),
    whole.replace(/"EventTime":\d+/, '"EventTime":null'),
    whole.replace(/"EventTime":\d+,/, ''),
    whole.replace('"NextToken":"next', '"NextToken": "next'),
    whole.replace('"NextToken":"next', '"NextToken":"ne\\\\xt'),
    whole.replace('"NextToken":"next', '"NextToken":"a","NextToken":"next'),
    whole.replace(/"NextToken":"next[^"]*"/, '"NextToken":null'),
    whole.slice(0, -1),
    ` ${whole}`,
    '{"Events":[]}',
    '[]',
    '',
  ])
    expect([odd, skim(Buffer.from(odd))]).toEqual([odd, undefined]);
});

test.each<[string, string]>([
  ['of another run', text({ ...event, userAgent: agent.replace(run, '01KAAAAAAAAAAAAAAAAAAAAAAB') })],
  ['without an id', text({ ...event, requestID: undefined })],
  ['with an id that begins as one of ours', text({ ...event, requestID: `${one.requestId}0` })],
  ['with our id as a text', text({ ...event, note: `"requestID":"${one.requestId}"` })],
])('an event %s is left unread', (_, given) => expect(concerning(journal)(given)).toBe(false));

test.each(['r"1', 'r\\1', 'r\u20281', 'é'])('an id such as %j has everything read', (requestId) =>
  expect(concerning(told([sent(1, { requestId })]))(text(event))).toBe(true),
);

test('a sending without an answer does not make every event its own', () =>
  expect(concerning(told([sent(1, { requestId: '' })]))(text({ ...event, requestID: '' }))).toBe(false));

test('what is left unread changes no result', () => {
  const many: readonly unknown[] = [
    ...[1, 2, 3, 4].map((n) => ({ ...mine, requestID: `request-${n}`, eventID: `own ${n}` })),
    { ...event, eventID: 'by mark', userAgent: `md/run#${run} md/act#${sent(5).mark}` },
    { ...event, eventID: 'unrecorded', userAgent: `md/run#${run} md/act#none` },
    { ...event, eventID: 'told', readOnly: true, userAgent: `md/run#${run} md/head#${'1'.repeat(64)}` },
    { ...event, eventID: 'on our set', requestParameters: about },
    ...[6, 7, 8].map((n) => ({ ...event, requestID: `other-${n}`, eventID: `other ${n}` })),
  ];
  const whole: Told = told([
    ...[1, 2, 3, 9].map((n) => sent(n)),
    sent(5, { requestId: '', came: 'unanswered' }),
  ]);
  const texts = many.map((given) => text(given));
  const result = (some: readonly string[]) =>
    reconcile(
      whole,
      { events: some.flatMap((given) => trailEventOf(given) ?? []), looked: [looked()] },
      later,
    );
  const concerns = concerning(whole);
  expect(texts.filter((given) => !concerns(given))).toHaveLength(4);
  expect(result(texts.filter(concerns))).toEqual(result(texts));
});
