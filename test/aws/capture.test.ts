import { expect, test } from 'vitest';
import { connect } from '../../src/aws/client.ts';
import type { Answered } from '../../src/model/exchange/exchange.ts';
import { OutcomeUnknown, RequestRejected } from '../../src/model/reader.ts';
import { answering, environment, json, thrown } from './hostile.ts';

/** A way to a server that answers so, and what is told of its answers. */
async function captured(answer: Parameters<typeof answering>[0]) {
  const { url } = await answering(answer);
  environment({ AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
  const told: Answered[] = [];
  const aws = connect({
    env: process.env,
    ...{
      actor: 'management',
      source: { kind: 'environment' },
      region: 'us-east-1',
      program: 'cw-runbook/0.1.0',
    },
    answered: (one) => void told.push(one),
  });
  return { aws, told };
}

test('members that the SDK leaves out are told, and the SDK reads the same answer', async () => {
  const instance = { InstanceArn: 'arn', IdentityStoreId: 'd-1234567890' };
  const Instances = [{ ...instance, State: { Name: 'ACTIVE' } }];
  const { aws, told } = await captured((response) => json(response, 200, { Instances, Further: 1 }));
  expect(await aws.read('sso:ListInstances', { MaxResults: 7 })).toEqual({
    Instances: [instance],
  });
  expect(told).toEqual([
    {
      ...{ operation: 'sso:ListInstances', at: 'elsewhere', status: 200, speaks: 'json' },
      input: { MaxResults: 7 },
      body: { Instances, Further: 1 },
    },
  ]);
});

test('XML is told as the result in it, or as the error', async () => {
  const xml = (text: string) => (response: import('node:http').ServerResponse) =>
    void response.writeHead(200, { 'content-type': 'text/xml', 'x-amzn-requestid': 'r' }).end(text);
  const { aws, told } = await captured(
    xml(
      '<GetCallerIdentityResponse xmlns="x"><GetCallerIdentityResult><Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/op</Arn><New>1</New></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
    ),
  );
  await aws.read('sts:GetCallerIdentity', {});
  expect(told[0]).toMatchObject({ speaks: 'xml', body: { Account: '111122223333', New: '1' } });
});

test.each([
  ['in the body', { __type: 'com.amazonaws.sso#ConflictException', Message: 'm' }, undefined],
  ['in a header, with an address', { Message: 'm' }, 'ConflictException:http://internal.amazon.com/'],
])('an error’s name %s', async (_, body, header) => {
  const { aws, told } = await captured((response) => json(response, 400, body, header));
  expect(await thrown(aws.read('sso:ListInstances', {}))).toBeInstanceOf(RequestRejected);
  expect(told[0]).toMatchObject({ status: 400, error: 'ConflictException', body: { Message: 'm' } });
});

test('what cannot be read is told as that', async () => {
  const { aws, told } = await captured((response) => void response.writeHead(200).end('<html>log in</html>'));
  expect(await thrown(aws.read('sso:ListInstances', {}))).toBeInstanceOf(OutcomeUnknown);
  expect(told[0]).toMatchObject({ status: 200, body: undefined });
  expect(JSON.stringify(told)).not.toContain('log in');
});

test('an answer that breaks off is no answer, with a recorder as without', async () => {
  const { aws, told } = await captured((response) => {
    const begun = response.writeHead(200, { 'content-length': '1000', 'x-amzn-requestid': 'r' });
    begun.write('{"Instances"', () => response.destroy());
  });
  const write = { operation: 'sso:CreatePermissionSet', input: { InstanceArn: 'arn', Name: 'n' } } as const;
  expect(await thrown(aws.send(write, { run: 'r', attempt: 'a' }))).toBeInstanceOf(OutcomeUnknown);
  expect(told).toEqual([]);
});
