import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { OutcomeUnknown, RequestRejected } from '../../src/model/reader.ts';
import { answering, json, tags, thrown, to, write } from './hostile.ts';

const page = '<html><head><title>Sign in</title></head><body>Accept the terms</body></html>';
const send = (response: ServerResponse, body: string, status = 200, type = 'text/xml'): void => {
  response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'req-1' }).end(body);
};
const register = {
  operation: 'organizations:RegisterDelegatedAdministrator',
  input: { AccountId: '111122223333', ServicePrincipal: 'sso.amazonaws.com' },
} as const;
const put = {
  operation: 'sso:PutInlinePolicyToPermissionSet',
  input: {
    InstanceArn: write.input.InstanceArn,
    PermissionSetArn: `arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444`,
    InlinePolicy: '{}',
  },
} as const;
const notObjects = ['[]', '[{}]', '7', '"x"', 'null', 'true', '', ' ', page, '{"a":', 'ok'];

describe.each(notObjects)('%j as the whole answer of a JSON service', (body) => {
  test('a read does not take it for an answer without members', async () => {
    const { url } = await answering((response) => send(response, body, 200, 'application/x-amz-json-1.1'));
    for (const read of [
      (aws: ReturnType<typeof to>) => aws.read('sso:ListInstances', {}),
      (aws: ReturnType<typeof to>) => aws.read('organizations:DescribeOrganization', {}),
      (aws: ReturnType<typeof to>) => aws.read('account:GetAccountInformation', {}),
    ]) {
      const error = await thrown(read(to(url)));
      expect(error).toBeInstanceOf(OutcomeUnknown);
      expect((error as Error).message).toMatch(/is not one we understand|not AWS/);
      expect((error as Error).message).not.toMatch(/\$response|undefined|Cannot /);
    }
  });
  test('whether a change took effect cannot be told', async () => {
    const { url, got } = await answering((response) =>
      send(response, body, 200, 'application/x-amz-json-1.1'),
    );
    expect(await thrown(to(url).send(write, tags))).toBeInstanceOf(OutcomeUnknown);
    // AWS's answer to those without a member may be an empty body: what they did is read back in any case.
    if (body.trim() !== '')
      for (const change of [put, register])
        expect(await thrown(to(url).send(change, tags))).toBeInstanceOf(OutcomeUnknown);
    expect(got.length).toBe(body.trim() === '' ? 1 : 3);
  });
  test('nor a refusal, where it names no error', async () => {
    const { url } = await answering((response) => send(response, body, 400, 'application/x-amz-json-1.1'));
    for (const change of [write, put, register])
      expect(await thrown(to(url).send(change, tags))).toBeInstanceOf(OutcomeUnknown);
    expect(await thrown(to(url).read('sso:ListInstances', {}))).toBeInstanceOf(OutcomeUnknown);
  });
});

test('an empty answer is one where AWS documents it, and so is one without members', async () => {
  for (const body of ['', '{}']) {
    const { url } = await answering((response) => send(response, body, 200, 'application/x-amz-json-1.1'));
    expect(await to(url).send(register, tags)).toEqual({ output: {}, requestId: 'req-1' });
  }
  const { url } = await answering((response) => json(response, 200, {}));
  expect(await to(url).send(put, tags)).toEqual({ output: {}, requestId: 'req-1' });
});

test('a refusal that names its error is one, wherever it names it', async () => {
  const { url } = await answering((response) =>
    response
      .writeHead(400, {
        'content-type': 'application/x-amz-json-1.1',
        'x-amzn-requestid': 'req-1',
        'x-amzn-errortype': 'ConflictException',
      })
      .end(),
  );
  expect(await thrown(to(url).send(write, tags))).toMatchObject({ code: 'ConflictException' });
});

const identity = (inside: string, root = 'GetCallerIdentity'): string =>
  `<${root}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${inside}<ResponseMetadata><RequestId>req-1</RequestId></ResponseMetadata></${root}Response>`;
const result = (inside: string): string => `<GetCallerIdentityResult>${inside}</GetCallerIdentityResult>`;
const all =
  '<Arn>arn:aws:iam::111122223333:user/ann</Arn><UserId>AIDA</UserId><Account>111122223333</Account>';

describe('answers of STS', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['no account', identity(result(all.replace(/<Account>.*<\/Account>/, '')))],
    ['an empty account', identity(result(all.replace(/>1{4}2{4}3{4}</, '><')))],
    ['an empty element', identity(result(all.replace(/<Account>.*<\/Account>/, '<Account/>')))],
    ['an account with elements in it', identity(result(all.replace(/>1{4}2{4}3{4}</, '><Id>1</Id><')))],
    ['two accounts', identity(result(`${all}<Account>444455556666</Account>`))],
    ['two results', identity(result(all) + result(all))],
    ['no result', identity('')],
    ['an empty result', identity(result(''))],
    ['a text as the result', identity(result('yes'))],
    ['the result of another call', identity('<GetSessionTokenResult/>')],
    ['another root', identity(result(all), 'GetSessionToken')],
    ['no root around the result', result(all)],
    ['cut off', identity(result(all)).slice(0, 200)],
    ['not XML', 'Service Unavailable'],
    ['JSON', '{"Account":"111122223333","Arn":"arn:aws:iam::111122223333:user/ann"}'],
    ['a page of HTML', page],
    ['a page with the elements in it', `<html><body>${result(all)}</body></html>`],
    ['nothing', ''],
    ['an error', '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>'],
  ];
  test.each(wrong)('%s: not understood, and no identity', async (_, body) => {
    const { url } = await answering((response) => send(response, body));
    const error = await thrown(to(url).read('sts:GetCallerIdentity', {}));
    expect(error).toBeInstanceOf(OutcomeUnknown);
    expect((error as Error).message).toMatch(
      /^AWS’s answer to sts:GetCallerIdentity is not one we understand|not AWS/,
    );
    expect((error as Error).message).not.toMatch(/\$response|undefined|Cannot /);
  });
  test('with a declaration, and in another order, it is understood', async () => {
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<!-- STS -->\n${identity(`\n  ${result(all)}`)}`;
    const { url } = await answering((response) => send(response, body));
    expect(await to(url).read('sts:GetCallerIdentity', {})).toMatchObject({ Account: '111122223333' });
  });
  test.each([
    ['nothing', ''],
    ['a page', page],
    ['an error without a code', '<ErrorResponse><Error><Message>no</Message></Error></ErrorResponse>'],
    ['two errors', `<ErrorResponse>${'<Error><Code>AccessDenied</Code></Error>'.repeat(2)}</ErrorResponse>`],
    ['cut off', '<ErrorResponse><Error><Code>Access'],
  ])('refused with %s: not understood', async (_, body) => {
    const { url } = await answering((response) => send(response, body, 403));
    expect(await thrown(to(url).read('sts:GetCallerIdentity', {}))).toBeInstanceOf(OutcomeUnknown);
  });
  test('refused with a code: a refusal', async () => {
    const body =
      '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>';
    const { url } = await answering((response) => send(response, body, 403));
    expect(await thrown(to(url).read('sts:GetCallerIdentity', {}))).toBeInstanceOf(RequestRejected);
  });
});

describe('answers of IAM', () => {
  const simulated = (inside: string): string =>
    `<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult>${inside}</SimulatePrincipalPolicyResult><ResponseMetadata/></SimulatePrincipalPolicyResponse>`;
  const member =
    '<member><EvalActionName>sso:ListInstances</EvalActionName><EvalResourceName>*</EvalResourceName><EvalDecision>allowed</EvalDecision></member>';
  const good = simulated(`<EvaluationResults>${member}</EvaluationResults><IsTruncated>false</IsTruncated>`);
  const ask = { PolicySourceArn: 'arn:aws:iam::111122223333:user/ann', ActionNames: ['sso:ListInstances'] };
  test.each([
    ['no results', good.replace(/<EvaluationResults>.*<\/EvaluationResults>/, '')],
    ['a text for the list', good.replace(/(<EvaluationResults>).*(<\/EvaluationResults>)/, '$1yes$2')],
    ['an empty member', good.replace(member, '<member/>')],
    ['no decision', good.replace(/<EvalDecision>.*<\/EvalDecision>/, '')],
    ['two decisions', good.replace(/(<EvalDecision>.*<\/EvalDecision>)/, '$1$1')],
    ['a page of HTML', page],
    ['cut off', good.slice(0, -40)],
    ['nothing', ''],
  ])('%s: not understood', async (_, body) => {
    const { url } = await answering((response) => send(response, body));
    const error = await thrown(to(url).read('iam:SimulatePrincipalPolicy', ask));
    expect(error).toBeInstanceOf(OutcomeUnknown);
    expect((error as Error).message).toMatch(/is not one we understand|not AWS/);
  });
  test('as AWS gives it, it is understood', async () => {
    const { url } = await answering((response) => send(response, good));
    expect(await to(url).read('iam:SimulatePrincipalPolicy', ask)).toMatchObject({
      EvaluationResults: [{ EvalDecision: 'allowed' }],
    });
  });
  test('a role without an ARN is not understood', async () => {
    const { url } = await answering((response) =>
      send(response, '<GetRoleResponse><GetRoleResult><Role/></GetRoleResult></GetRoleResponse>'),
    );
    expect(await thrown(to(url).read('iam:GetRole', { RoleName: 'x' }))).toBeInstanceOf(OutcomeUnknown);
  });
});
