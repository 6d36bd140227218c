import { createHash, createHmac } from 'node:crypto';
import { AccountClient } from '@aws-sdk/client-account';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { IAMClient } from '@aws-sdk/client-iam';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { ListInstancesCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { STSClient } from '@aws-sdk/client-sts';
import { onTestFinished } from 'vitest';
import type { SimulatorAccount } from '../../src/simulator/organization/accounts.ts';
import type { Ledger } from '../../src/simulator/organization/state.ts';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/server.ts';
import { organizationSeed } from '../seed.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
process.env.AWS_EC2_METADATA_DISABLED = 'true';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A simulator for one test. `pass(ms)` moves its clock. */
export async function simulated(scenario: Scenario, options: Partial<SimulatorOptions> = {}) {
  let ahead = 0;
  const simulator = await startSimulator({
    ...{ scenario, now: () => Date.now() + ahead, seed: organizationSeed() },
    ...options,
  });
  onTestFinished(() => simulator.close());
  return {
    ...view(simulator),
    pass: (ms: number): void => {
      ahead += ms;
    },
  };
}

/** The same simulator, by role and with clients. */
export function view(simulator: Simulator) {
  const withRole = (role: SimulatorAccount['role']): SimulatorAccount => {
    const found = simulator.accounts.find((account) => account.role === role);
    if (found === undefined) throw new Error(`No account is ${role}`);
    return found;
  };
  const management = withRole('management');
  return {
    simulator,
    url: simulator.url,
    management,
    withRole,
    named: (name: string): SimulatorAccount => {
      const found = simulator.accounts.find((account) => account.name === name);
      if (found === undefined) throw new Error(`No account is named ${name}`);
      return found;
    },
    as: (credentials: Credentials = management, region = simulator.region) =>
      clients(simulator.url, credentials, region),
    ledger: async (): Promise<Ledger> => (await fetch(`${simulator.url}/_ledger`)).json() as Promise<Ledger>,
    instance: async (): Promise<{ arn: string; store: string }> => {
      const { Instances = [] } = await clients(simulator.url, management, simulator.region).sso.send(
        new ListInstancesCommand({}),
      );
      const [found] = Instances;
      if (found?.InstanceArn === undefined || found.IdentityStoreId === undefined)
        throw new Error('No instance');
      return { arn: found.InstanceArn, store: found.IdentityStoreId };
    },
  };
}

export function clients(endpoint: string, credentials: Credentials, region: string) {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const keys = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  const at = { endpoint, credentials: keys, region, maxAttempts: 1 };
  const global = { ...at, region: 'us-east-1' };
  return {
    organizations: new OrganizationsClient(global),
    account: new AccountClient(global),
    sso: new SSOAdminClient(at),
    identity: new IdentitystoreClient(at),
    iam: new IAMClient(global),
    sts: new STSClient(at),
    cloudtrail: new CloudTrailClient(at),
  };
}

/** What a request is refused with: the error's name, its message and its modelled members. */
export async function refusal(
  work: Promise<unknown>,
): Promise<Record<string, unknown> & { name: string; message: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return { ...error, name: error.name, message: error.message };
  }
  throw new Error('It was not refused');
}

export interface Raw {
  readonly service: 'organizations' | 'sso' | 'identitystore' | 'account' | 'iam' | 'sts' | 'cloudtrail';
  readonly operation: string;
  readonly input?: unknown;
  readonly credentials: Credentials;
  readonly region?: string;
  readonly scope?: string; // the service in the credential scope
  readonly path?: string;
  readonly date?: Date;
  readonly signed?: string; // the body that is signed, where it is not the one that is sent
  readonly headers?: Readonly<Record<string, string>>;
}
const targets: Readonly<Record<string, string>> = {
  organizations: 'AWSOrganizationsV20161128',
  sso: 'SWBExternalService',
  identitystore: 'AWSIdentityStore',
  cloudtrail: 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101', // as the AWS CLI sends it
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const stampOf = (date: Date): string => date.toISOString().replace(/[-:]|\.\d{3}/g, '');
function signatureOf(
  canonical: string,
  { secretAccessKey }: Credentials,
  stamp: string,
  scope: string,
): string {
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const text = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n');
  return hmac(key, text).toString('hex');
}

/** A URL that asks STS who one is, signed here. */
export function presigned(url: string, credentials: Credentials, expires: string): string {
  const stamp = stampOf(new Date());
  const scope = `${stamp.slice(0, 8)}/us-east-1/sts/aws4_request`;
  const query = Object.entries({
    Action: 'GetCallerIdentity',
    Version: '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.accessKeyId}/${scope}`,
    'X-Amz-Date': stamp,
    'X-Amz-Expires': expires,
    'X-Amz-SignedHeaders': 'host',
  })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&'); // they stand in the order that is signed
  const { host } = new URL(url);
  const canonical = ['GET', '/', query, `host:${host}`, '', 'host', sha256('')].join('\n');
  const signature = signatureOf(canonical, credentials, stamp, scope);
  return `${url}/?${query}&X-Amz-Signature=${signature}`;
}

/** A request signed here, step by step, after AWS's description of Signature Version 4: nothing of the SDK, nothing of the simulator. */
export async function raw(url: string, request: Raw) {
  const {
    service,
    operation,
    credentials,
    region = 'us-east-1',
    scope = service,
    date = new Date(),
  } = request;
  const body =
    service === 'sts' || service === 'iam'
      ? new URLSearchParams({
          Action: operation,
          Version: service === 'iam' ? '2010-05-08' : '2011-06-15',
          ...(request.input as Record<string, string> | undefined),
        }).toString()
      : typeof request.input === 'string'
        ? request.input
        : JSON.stringify(request.input ?? {});
  const path = request.path ?? '/';
  const stamp = stampOf(date);
  const day = stamp.slice(0, 8);
  const headers: Record<string, string> = {
    'content-type':
      service === 'sts' || service === 'iam'
        ? 'application/x-www-form-urlencoded; charset=utf-8'
        : service === 'account'
          ? 'application/json'
          : 'application/x-amz-json-1.1',
    host: new URL(url).host,
    'x-amz-date': stamp,
    ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
    ...(service in targets ? { 'x-amz-target': `${targets[service]}.${operation}` } : {}),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    'POST',
    path,
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    sha256(request.signed ?? body),
  ].join('\n');
  const where = `${day}/${region}/${scope}/aws4_request`;
  const signature = signatureOf(canonical, credentials, stamp, where);
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${where}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { ...headers, authorization, ...request.headers },
    body,
  });
  const text = await response.text();
  const json: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, json: json as Record<string, unknown> };
}
