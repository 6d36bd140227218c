import type { Actor } from '../call.ts';
import { actorName, originOf, sourceName } from '../identity.ts';
import type { Run } from '../run.ts';
import { unreachable } from '../text/unreachable.ts';
import type { Where } from './cli-command.ts';

/**
 * Where a run's commands go, for whoever has whichever credentials: its Region, and its endpoint where that is not AWS. A
 * demo's organization has none that lasts: whoever shows its commands says that they are a demo's.
 */
export const placeOf = ({ binding: { region }, endpoint }: Pick<Run, 'binding' | 'endpoint'>): Where => ({
  ...(region === undefined ? {} : { region }),
  ...(/^https?:/.test(endpoint) ? { endpointUrl: endpoint } : {}),
});

/**
 * The same with the profile whose credentials were accepted for the actor. Where no profile has them, a name that no
 * profile has: a command that is run as it stands must not run as somebody else.
 */
export function whereOf(run: Run, actor: Actor): Where {
  const source = run.identities[actor]?.source;
  switch (source?.kind) {
    case 'profile':
      return { ...placeOf(run), profile: source.name };
    case 'role':
      return { ...placeOf(run), profile: profileFor(source.arn) };
    case 'environment':
    case undefined:
      return placeOf(run);
    default:
      return unreachable(source);
  }
}
const profileFor = (role: string): string => `<a profile that assumes ${role}>`;

/** As whom a run's commands run, where they do not say so themselves; a sentence each. */
export function identitySays({ identities, binding }: Run, actor: Actor): readonly string[] {
  const { source, arn } = identities[actor] ?? {};
  switch (source?.kind) {
    case 'profile':
      return [];
    case 'environment':
      return [
        `As ${arn}, with the environment’s credentials that this run had: in a shell with others it runs as somebody else. aws sts get-caller-identity tells as whom.`,
      ];
    case 'role': {
      const base = originOf(source);
      const from =
        base.kind === 'profile' ? `source_profile = ${base.name}` : 'credential_source = Environment';
      return [
        `As ${arn}: ${sourceName(source)}. A command cannot say that. Put a profile in the place of <…>, with role_arn = ${source.arn}, ${from}${source.externalId === undefined ? '' : ', and the external id'}.`,
      ];
    }
    case undefined: {
      const account = binding.accounts?.[actor];
      return [
        `With credentials of the ${actorName(actor)}${account === undefined ? '' : ` ${account}`}: add --profile NAME. Without it the command runs as whoever the shell is.`,
      ];
    }
    default:
      return unreachable(source);
  }
}
