import type { Actor, Where } from '../call.ts';
import type { Run } from '../run.ts';

/**
 * Where a run's commands go, for whoever has whichever credentials: its Region, and its endpoint where that is not AWS. A
 * demo's organization has none that lasts: whoever shows its commands says that they are a demo's.
 */
export const placeOf = ({ binding: { region }, endpoint }: Pick<Run, 'binding' | 'endpoint'>): Where => ({
  ...(region === undefined ? {} : { region }),
  ...(/^https?:/.test(endpoint) ? { endpointUrl: endpoint } : {}),
});

/** The same with the profile whose credentials were accepted for the actor. */
export function whereOf(run: Run, actor: Actor): Where {
  const source = run.identities[actor]?.source;
  return { ...placeOf(run), ...(source?.kind === 'profile' ? { profile: source.name } : {}) };
}
