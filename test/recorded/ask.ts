import { GetRoleCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { models } from '../../src/simulator/protocol/model.ts';
import { clients, raw } from '../simulator/simulated.ts';
import type { Simulated } from './compare.ts';
import { type Exchange, type Members, partsOf } from './exchange.ts';
import type { Asking } from './situations.ts';

/** Puts the recorded question to the simulator. */
export async function askSimulator(row: Exchange, asking: Asking): Promise<Simulated> {
  const [service, operation] = partsOf(row);
  const { url, credentials, region, stands } = asking;
  const input = Object.entries(stands).reduce(
    (text, [number, value]) => (value === '' ? text : text.replaceAll(number, value)),
    JSON.stringify(row.request),
  );
  if (service === 'iam') return askIam(operation, JSON.parse(input) as Members, asking);
  const path = service === 'account' ? (models.account.operations[operation]?.path ?? '/') : '/';
  const { status, json, headers } = await raw(url, {
    ...{ service, operation, path, credentials, region },
    input: JSON.parse(input) as unknown,
  });
  if (status < 300) return { status, answer: json };
  const { __type, message, Message, RequestId: _, ...members } = json;
  const name = String(headers.get('x-amzn-errortype') ?? __type).replace(/^.*#/, '');
  return { status, error: { name, status, message: String(message ?? Message ?? ''), members } };
}

/** It speaks XML: the SDK reads it. */
async function askIam(operation: string, input: Members, { url, credentials }: Asking): Promise<Simulated> {
  const { iam } = clients(url, credentials, 'us-east-1');
  try {
    const { $metadata, ...answer } = await (operation === 'GetRole'
      ? iam.send(new GetRoleCommand(input as never))
      : iam.send(new SimulatePrincipalPolicyCommand(input as never)));
    return {
      status: $metadata.httpStatusCode ?? 0,
      answer: JSON.parse(JSON.stringify(answer)) as Members,
    };
  } catch (error) {
    const { Code, $metadata, message } = error as {
      readonly Code: string;
      readonly message: string;
      readonly $metadata: { readonly httpStatusCode: number };
    };
    const status = $metadata.httpStatusCode;
    return { status, error: { name: Code, status, message, members: {} } };
  }
}
