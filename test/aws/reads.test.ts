import { expect } from 'vitest';
import { CredentialsError, OutcomeUnknown, type Reader, RequestRejected } from '../../src/model/reader.ts';
import { more, test } from '../more.ts';
import { simulated } from '../simulator/simulated.ts';
import { answering, json, thrown, to } from './hostile.ts';

const all = async <T>(pages: AsyncIterable<T>): Promise<readonly T[]> => {
  const found: T[] = [];
  for await (const page of pages) found.push(page);
  return found;
};
/** For what never answers: there nothing hangs on how busy the machine is. */
const unanswered = { connect: 5_000, answer: 200 };

test.each([
  ['throttled', 400, 'ThrottlingException'],
  ['told of an error of AWS', 500, 'InternalServerException'],
] as const)('a read that is %s is asked again', async (_, status, code) => {
  const { url, got } = await answering((response, __, n) =>
    n < 3 ? json(response, status, { __type: code }) : json(response, 200, { Instances: [] }),
  );
  expect(await to(url).read('sso:ListInstances', {})).toEqual({ Instances: [] });
  expect(got).toHaveLength(3);
});

test('a read whose connection is reset is asked again', async () => {
  const { url, got } = await answering((response, _, n) => {
    if (n === 1) response.socket?.resetAndDestroy();
    else json(response, 200, { Instances: [] });
  });
  expect(await to(url).read('sso:ListInstances', {})).toEqual({ Instances: [] });
  expect(got).toHaveLength(2);
});

test('a read that AWS refuses is refused at once, with its code and its words', async () => {
  const { url, got } = await answering((response) =>
    json(response, 400, {
      __type: 'AccessDeniedException',
      Message: 'with an explicit deny in a service control policy',
    }),
  );
  const error = await thrown(to(url).read('sso:ListInstances', {}));
  expect(error).toBeInstanceOf(RequestRejected);
  expect(error).toMatchObject({
    code: 'AccessDeniedException',
    message: 'with an explicit deny in a service control policy',
    requestId: 'req-1',
  });
  expect(got).toHaveLength(1);
});

more('throttling that lasts is a refusal with its name', async () => {
  const { url, got } = await answering((response) => {
    response.setHeader('retry-after', '0');
    json(response, 400, { __type: 'ThrottlingException', message: 'Rate exceeded' });
  });
  expect(await thrown(to(url).read('sso:ListInstances', {}))).toMatchObject({ code: 'ThrottlingException' });
  expect(got).toHaveLength(5);
});

test.each([
  ['nobody listens', 'cannot be reached'],
  ['a page of a network answers 200', 'not AWS'],
  ['a page of a network answers 403', 'not AWS'],
  ['a page of a network redirects', 'not AWS'],
  ['a page of a network answers 503', 'not AWS'],
  ['AWS keeps failing', 'HTTP 500'],
  ['no answer arrives', 'no answer in time'],
] as const)('when %s, a read says so', async (what, says) => {
  const { url } = await answering((response) => {
    const [status] = /403|503/.exec(what) ?? [];
    if (status)
      response.writeHead(Number(status), { 'content-type': 'text/html' }).end('<html>Log in</html>');
    else if (what.includes('redirects')) response.writeHead(302, { location: 'http://portal.test/' }).end();
    else if (what.includes('page'))
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>');
    else if (what.includes('failing')) json(response, 500, { __type: 'InternalServerException' });
  });
  const where = what === 'nobody listens' ? 'http://127.0.0.1:1' : url;
  const error = await thrown(
    to(where, undefined, says === 'no answer in time' ? unanswered : undefined).read('sso:ListInstances', {}),
  );
  expect(error).toBeInstanceOf(OutcomeUnknown);
  expect((error as Error).message).toContain(says);
  expect((error as Error).message).toMatch(/^sso:ListInstances: /);
  expect((error as Error).message).not.toMatch(/\n| {4}at |\$response/);
});

test.each([200, 403, 407])(
  'a page with HTTP %i is not taken for what STS or Organizations say',
  async (status) => {
    const { url } = await answering((response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<html><body>Log in</body></html>');
    });
    const aws = to(url);
    const readings = [
      () => aws.read('sts:GetCallerIdentity', {}),
      () => aws.read('organizations:DescribeOrganization', {}),
    ];
    for (const reading of readings) {
      const error = await thrown(reading());
      expect(error).toBeInstanceOf(OutcomeUnknown);
      expect((error as Error).message).toContain('what answered is not AWS');
    }
  },
);

test('an answer that says nothing of its request is not AWS’s', async () => {
  const { url } = await answering((response) => response.writeHead(200).end('{}'));
  const error = await thrown(to(url).read('sso:ListInstances', {}));
  expect(error).toBeInstanceOf(OutcomeUnknown);
  expect((error as Error).message).toContain('what answered is not AWS');
});

test('how long an answer was waited for is said in words', async () => {
  const { url } = await answering(() => {});
  const error = await thrown(to(url, undefined, unanswered).read('sso:ListInstances', {}));
  expect((error as Error).message).toMatch(/^sso:ListInstances: no answer in time \(\d+ ms\)$/);
});

test('an endpoint whose name nobody knows is a matter of the network', async () => {
  const error = await thrown(to('https://nobody.invalid').read('sso:ListInstances', {}));
  expect(error).toBeInstanceOf(OutcomeUnknown);
  expect((error as Error).message).toContain('cannot be resolved');
});

test('an endpoint that does not speak TLS is not trusted', async () => {
  const { url, got } = await answering((response) => json(response, 200, {}));
  const error = await thrown(to(url.replace('http:', 'https:')).read('sso:ListInstances', {}));
  expect(error).toBeInstanceOf(OutcomeUnknown);
  expect((error as Error).message).toMatch(/proxy/);
  expect(got).toEqual([]);
});

test.each([
  'ExpiredTokenException',
  'ExpiredToken',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
])('%s is about the credentials', async (code) => {
  const { url, got } = await answering((response) => json(response, 403, { __type: code, message: 'no' }));
  const error = await thrown(to(url).read('sso:ListInstances', {}));
  expect(error).toBeInstanceOf(CredentialsError);
  expect(error).toMatchObject({ actor: 'management' });
  expect((error as Error).message).toContain(code);
  expect(got.length).toBeLessThanOrEqual(2);
});

test('a clock that is wrong is named', async () => {
  const { url } = await answering((response) =>
    json(response, 403, {
      __type: 'InvalidSignatureException',
      message: 'Signature expired: 20261124T000000Z is now earlier than 20261124T001500Z',
    }),
  );
  const error = (await thrown(to(url).read('sso:ListInstances', {}))) as CredentialsError;
  expect(error.remedy).toContain('clock');
});

test.each([
  [20, 'behind'],
  [-20, 'ahead of'],
])('AWS’s clock is %i minutes ahead: both clocks are said, at the first answer', async (minutes, says) => {
  const { url, management, ledger } = await simulated('fresh');
  await fetch(`${url}/_faults`, { method: 'POST', body: JSON.stringify({ fault: 'clock-skew', minutes }) });
  const error = (await thrown(to(url, management).read('sso:ListInstances', {}))) as CredentialsError;
  expect(error).toBeInstanceOf(CredentialsError);
  const time = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ';
  expect(error.message).toMatch(
    new RegExp(`20 minutes ${says} AWS’s: it is ${time} here and ${time} at AWS`),
  );
  expect(error.remedy).toContain('Set the clock');
  expect((await ledger()).requests).toHaveLength(1);
});

test('a few minutes between the clocks are no obstacle', async () => {
  const { url, management } = await simulated('fresh');
  await fetch(`${url}/_faults`, {
    method: 'POST',
    body: JSON.stringify({ fault: 'clock-skew', minutes: 9 }),
  });
  expect((await to(url, management).read('sso:ListInstances', {})).Instances).toHaveLength(1);
});

test('all pages are read, empty ones in between too, and each with the question’s own members', async () => {
  const { url, got } = await answering((response, { body }) => {
    const { NextToken } = JSON.parse(body) as { NextToken?: string };
    if (NextToken === undefined) json(response, 200, { Accounts: [{ Id: '1' }], NextToken: 'a' });
    else if (NextToken === 'a') json(response, 200, { Accounts: [], NextToken: 'b' });
    else json(response, 200, { Accounts: [{ Id: '2' }] });
  });
  const pages = await all(to(url).pages('organizations:ListAccounts', { MaxResults: 5 }));
  expect(pages.map(({ Accounts = [] }) => Accounts.map(({ Id }) => Id))).toEqual([['1'], [], ['2']]);
  expect(got.map(({ body }) => (JSON.parse(body) as { MaxResults: number }).MaxResults)).toEqual([5, 5, 5]);
});

test('a token that comes again ends the reading', async () => {
  const { url } = await answering((response) => json(response, 200, { Accounts: [], NextToken: 'again' }));
  const error = await thrown(all(to(url).pages('organizations:ListAccounts', {})));
  expect(error).toBeInstanceOf(OutcomeUnknown);
  expect((error as Error).message).toContain('organizations:ListAccounts');
});

test('every listing of a simulated organization has all its pages', async () => {
  const { url, management, ledger } = await simulated('fresh');
  const aws = to(url, management);
  const few = await all(aws.pages('organizations:ListAccounts', { MaxResults: 2 }));
  const many = await all(aws.pages('organizations:ListAccounts', {}));
  const ids = (pages: typeof few) => pages.flatMap(({ Accounts = [] }) => Accounts.map(({ Id }) => Id));
  expect(few.length).toBeGreaterThan(2);
  expect(ids(few)).toEqual(ids(many));
  const regions = await all(aws.pages('account:ListRegions', { MaxResults: 10 }));
  expect(regions.flatMap(({ Regions = [] }) => Regions)).toHaveLength(34);
  expect((await ledger()).requests.every(({ status }) => status === 200)).toBe(true);
});

test('each service is signed for where it lives', async () => {
  const { url, got } = await answering((response) =>
    json(response, 400, { __type: 'AccessDeniedException' }),
  );
  const aws = to(url, undefined, undefined, 'eu-west-1');
  const ask = async (from: Reader): Promise<void> => {
    await thrown(from.read('organizations:DescribeOrganization', {}));
    await thrown(from.read('account:ListRegions', {}));
    await thrown(from.read('sso:ListInstances', {}));
    await thrown(from.read('sts:GetCallerIdentity', {}));
  };
  await ask(aws);
  await ask(aws.in('eu-central-1'));
  const signed = got.map(({ headers }) =>
    (headers.authorization ?? '').split('/').slice(2, 4).reverse().join(' '),
  );
  expect(signed).toEqual([
    'organizations us-east-1',
    'account us-east-1',
    'sso eu-west-1',
    'sts eu-west-1',
    'organizations us-east-1',
    'account us-east-1',
    'sso eu-central-1',
    'sts eu-central-1',
  ]);
  expect(aws.region).toBe('eu-west-1');
  expect(aws.in('eu-central-1').region).toBe('eu-central-1');
});

test('ListInstances in a Region that is not switched on is neither an answer nor a matter of the credentials', async () => {
  const { url, management } = await simulated('fresh');
  const aws = to(url, management);
  expect((await aws.read('sso:ListInstances', {})).Instances).toHaveLength(1);
  const error = await thrown(aws.in('ap-southeast-5').read('sso:ListInstances', {}));
  expect(error).toBeInstanceOf(RequestRejected);
  expect((error as Error).message).toContain('ap-southeast-5');
});

test('who somebody is, is asked where every account is known', async () => {
  const { url, management, ledger } = await simulated('fresh');
  const aws = to(url, management, undefined, 'ap-southeast-5');
  expect((await aws.read('sts:GetCallerIdentity', {})).Account).toBe(management.id);
  expect((await ledger()).requests.map(({ region }) => region)).toEqual(['us-east-1']);
});

test('credentials that AWS does not know at all are told apart from a Region that is not switched on', async () => {
  const { url } = await simulated('fresh');
  const aws = to(
    url,
    { accessKeyId: 'AKIAUNKNOWNUNKNOWN00', secretAccessKey: 'secret' },
    undefined,
    'eu-west-1',
  );
  expect(await thrown(aws.read('sso:ListInstances', {}))).toBeInstanceOf(CredentialsError);
});
