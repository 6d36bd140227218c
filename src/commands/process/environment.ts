import type { Environment } from '../../model/text/environment.ts';

// The edge: nothing else reads the process's environment, or changes it. Everything else is handed a value.

/** The variables that this process was started with. */
export function environmentHere(): Environment {
  const own = { ...process.env };
  if (process.platform !== 'win32') return own;
  // There a name is found however it is written, and only in the process's own object.
  return {
    ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name.toUpperCase(), value])),
    ...own,
  };
}

/**
 * Makes an environment this process's own. The AWS SDK, other packages and the programs that are started here take what
 * they read from that: it has to be the one that everything else was handed.
 */
export function putInForce<E extends Environment>(env: E): E {
  for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name];
  for (const [name, value] of Object.entries(env))
    if (value !== undefined && process.env[name] !== value) process.env[name] = value;
  return env;
}

/** The SDK would write over the screen that it wants a newer Node. */
export const quietSdk = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' } as const;
