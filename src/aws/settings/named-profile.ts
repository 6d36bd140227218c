import type { Environment } from '../../model/text/environment.ts';
/**
 * The profile that the environment names: AWS_PROFILE's, or that of its older name, AWS_DEFAULT_PROFILE. Blanks around it
 * are none of it. Undefined where neither is set.
 */
export function namedProfile(
  env: Environment,
): { readonly name: string; readonly variable: 'AWS_PROFILE' | 'AWS_DEFAULT_PROFILE' } | undefined {
  for (const variable of ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'] as const) {
    const name = env[variable]?.trim();
    if (name) return { name, variable };
  }
  return undefined;
}
