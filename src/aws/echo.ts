import type { Environment } from '../model/text/environment.ts';
import { withoutSecrets } from '../model/text/without-secrets.ts';

/** The secrets of credentials that this process has used: whoever repeats one, in whatever words, is not repeated. */
const used = new Set<string>();

/** Takes note of credentials. What they are is given on as it is. */
export function noted<T>(credentials: T): T {
  const { secretAccessKey, sessionToken } = (credentials ?? {}) as Readonly<Record<string, unknown>>;
  for (const one of [secretAccessKey, sessionToken]) if (isLong(one)) used.add(one);
  return credentials;
}
/** What is shorter may be a word. */
const isLong = (value: unknown): value is string => typeof value === 'string' && value.length >= 16;

/** A text of AWS, or of whoever answered in its place, without what must not be shown or written down. */
export function withoutEcho(text: string, env: Environment): string {
  const { AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = env;
  let left = text;
  for (const secret of [...used, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN])
    if (isLong(secret)) left = left.replaceAll(secret, '(not shown)');
  return withoutSecrets(left);
}

/** An answer whose reasons, which are sentences of AWS, are without. */
export function quiet<T extends object>(reply: T, env: Environment): T {
  const found = Object.entries(reply).flatMap(([name, value]) =>
    isStatus(value)
      ? [[name, { ...value, FailureReason: withoutEcho(value.FailureReason, env) }] as const]
      : [],
  );
  return found.length === 0 ? reply : { ...reply, ...Object.fromEntries(found) };
}
const isStatus = (value: unknown): value is { readonly FailureReason: string } =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { readonly FailureReason?: unknown }).FailureReason === 'string';
