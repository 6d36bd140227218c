import type { Environment } from '../../model/text/environment.ts';
import { agentThrough } from './proxy.ts';

/** Milliseconds. */
export interface Timeouts {
  readonly connect: number;
  readonly answer: number;
}
export const usual: Timeouts = { connect: 3_000, answer: 20_000 };

/**
 * How an SDK client is to connect. `keepAlive`: whether a call may set out on a connection that an earlier one left.
 * Throws `LocalConfigError` for a proxy that cannot be used.
 */
export const connections = async ({ connect, answer }: Timeouts, keepAlive: boolean, env: Environment) => ({
  connectionTimeout: connect,
  requestTimeout: answer, // until the answer begins
  throwOnRequestTimeout: true,
  socketTimeout: answer, // an answer that begins and stops would be waited for for ever
  httpAgent: { keepAlive },
  httpsAgent: (await agentThrough(keepAlive, env)) ?? { keepAlive },
});
