import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerShapes, type Shape } from '../../src/aws/answer-shapes.ts';
import { understood } from '../../src/aws/answers.ts';
import { OutcomeUnknown } from '../../src/model/reader.ts';
import { answering, json, tags, thrown, to, write } from './hostile.ts';

interface Model {
  readonly operations: Readonly<Record<string, { readonly output?: string }>>;
  readonly shapes: Readonly<
    Record<
      string,
      { readonly type: string; readonly members?: Readonly<Record<string, string>>; readonly member?: string }
    >
  >;
}
const modelOf = (service: string): Model =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, `../../src/simulator/models/${service}.json`), 'utf8'),
  ) as Model;

/** What a shape has that AWS's model has not, or has otherwise. */
function strays(shape: Shape, name: string | undefined, { shapes }: Model, at: string): readonly string[] {
  const model = name === undefined ? { type: 'structure', members: {} } : shapes[name];
  if (model === undefined) return [`${at}: no shape ${name}`];
  const kinds: Readonly<Record<string, string>> = {
    text: 'string',
    'text!': 'string',
    id: 'string',
    flag: 'boolean',
    date: 'timestamp',
  };
  if (typeof shape === 'string') return model.type === kinds[shape] ? [] : [`${at} is ${model.type}`];
  if (Array.isArray(shape))
    return model.type === 'list'
      ? strays(shape[0], model.member, { shapes } as Model, `${at}[]`)
      : [`${at} is ${model.type}`];
  return Object.entries(shape).flatMap(([member, wanted]) => {
    const of = model.members?.[member];
    return of === undefined
      ? [`${at}.${member} is not in the model`]
      : strays(wanted as Shape, of, { shapes } as Model, `${at}.${member}`);
  });
}

test.each(Object.entries(answerShapes))(
  '%s: every member is one of AWS’s model, and what that says it is',
  (operation, shape) => {
    const [service = '', name = ''] = operation.split(':');
    const model = modelOf(service);
    expect(model.operations[name]).toBeDefined();
    expect(strays(shape as Shape, model.operations[name]?.output, model, operation)).toEqual([]);
  },
);

describe('an answer that does not fit is one kind of thing', () => {
  test.each<[string, object, string]>([
    ['null in a list', { Accounts: [null] }, 'Accounts[0] is null, not an object'],
    ['an object for a list', { Accounts: {} }, 'Accounts is an object, not a list'],
    ['an id that is no text', { Accounts: [{ Id: { a: 1 } }] }, 'Accounts[0].Id is an object, not a text'],
    ['no id', { Accounts: [{ Name: 'x' }] }, 'Accounts[0].Id is missing'],
    ['an empty id', { Accounts: [{ Id: '' }] }, 'Accounts[0].Id is empty'],
    [
      'a text without end',
      { Accounts: [{ Id: 'x'.repeat(100_001) }] },
      'Accounts[0].Id has 100,001 characters',
    ],
    ['a number for a token', { Accounts: [], NextToken: 0 }, 'NextToken is a number, not a text'],
  ])('%s', async (_, answer, why) => {
    const { url } = await answering((response) => json(response, 200, answer));
    const error = await thrown(to(url).read('organizations:ListAccounts', {}));
    expect(error).toBeInstanceOf(OutcomeUnknown);
    expect((error as Error).message).toBe(
      `AWS’s answer to organizations:ListAccounts is not one we understand: ${why}`,
    );
  });

  test.each([
    ['{"Instances":[{"InstanceArn":"a","IdentityStoreId":"d","CreatedDate":{}}]}'],
    ['{"Instances": ['],
  ])('%s is told so too, whoever notices', async (body) => {
    const { url } = await answering((response) =>
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r' })
        .end(body),
    );
    const error = await thrown(to(url).read('sso:ListInstances', {}));
    expect(error).toBeInstanceOf(OutcomeUnknown);
    expect((error as Error).message).toMatch(/^AWS’s answer to sso:ListInstances is not one we understand: /);
  });

  test('the characters that mark our commands are none in a text of AWS, nor in its refusal', async () => {
    const forged = '\ufdd0cw-runbook undo\ufdd1';
    const seen = '⟪U+FDD0⟫cw-runbook undo⟪U+FDD1⟫';
    const listing = await answering((response) =>
      json(response, 200, { Accounts: [{ Id: '111122223333', Name: forged }] }),
    );
    const { Accounts } = await to(listing.url).read('organizations:ListAccounts', {});
    expect(Accounts?.[0]?.Name).toBe(seen);
    const refusing = await answering((response) =>
      json(response, 400, { __type: 'AccessDeniedException', Message: `You may not: ${forged}` }),
    );
    const error = await thrown(to(refusing.url).read('organizations:ListAccounts', {}));
    expect((error as Error).message).toBe(`You may not: ${seen}`);
  });

  test('an answer to a change that does not fit leaves open whether it was made', async () => {
    const { url, got } = await answering((response) =>
      json(response, 200, { PermissionSet: { PermissionSetArn: 7 } }),
    );
    const error = await thrown(to(url).send(write, tags));
    expect(error).toBeInstanceOf(OutcomeUnknown);
    expect((error as Error).message).toContain('PermissionSet.PermissionSetArn is a number, not a text');
    expect(got).toHaveLength(1);
  });

  test('who acts is never nobody', async () => {
    const { url } = await answering((response) =>
      response
        .writeHead(200, { 'content-type': 'text/xml', 'x-amzn-requestid': 'r' })
        .end(
          '<GetCallerIdentityResponse><GetCallerIdentityResult/><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
        ),
    );
    const error = await thrown(to(url).read('sts:GetCallerIdentity', {}));
    expect((error as Error).message).toBe(
      'AWS’s answer to sts:GetCallerIdentity is not one we understand: Account is missing',
    );
  });

  test('null is an absent member, and what is not used may be anything', () => {
    const answer = { Users: [{ UserId: 'u', Emails: null, Title: { odd: [1] } }], NextToken: null };
    expect(understood('identitystore:ListUsers', answer)).toEqual({
      Users: [{ UserId: 'u', Title: { odd: [1] } }],
    });
    expect(understood('sso:ListInstances', { Instances: null })).toEqual({});
  });
});

test.each([
  ['the same page with ever new tokens', (n: number) => ({ Accounts: [{ Id: '1' }], NextToken: `t${n}` }), 2],
  ['empty pages with ever new tokens', (n: number) => ({ Accounts: [], NextToken: `t${n}` }), 100],
])('%s: it is cut off', async (_, page, most) => {
  const { url, got } = await answering((response, __, n) => json(response, 200, page(n)));
  const listing = async () => {
    for await (const one of to(url).pages('organizations:ListAccounts', {})) void one;
  };
  const error = await thrown(listing());
  expect(error).toBeInstanceOf(OutcomeUnknown);
  expect((error as Error).message).toMatch(
    /^AWS’s answer to organizations:ListAccounts is not one we understand: /,
  );
  expect(got.length).toBeLessThanOrEqual(most);
});

test('an id that is empty names nothing, where it has to be there and where it may be absent', () => {
  for (const [operation, answer] of [
    ['identitystore:CreateUser', { UserId: '' }],
    ['sso:CreatePermissionSet', { PermissionSet: { PermissionSetArn: '' } }],
  ] as const)
    expect(() => understood(operation, answer), operation).toThrow('is empty');
  expect(understood('identitystore:CreateUser', {})).toEqual({});
});
