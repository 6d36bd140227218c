import type { Actor } from '../call.ts';
import { actorName, originOf, sourceName } from '../identity.ts';
import type { Run } from '../run.ts';
import { defined } from '../text/defined.ts';
import { asCommand } from '../text/own-commands.ts';
import { unreachable } from '../text/unreachable.ts';
import type { Where } from './cli-command.ts';

/**
 * Where a run's commands go, for whoever has whichever credentials: its Region, and its endpoint where that is not AWS. A
 * demo's organization has none that lasts: whoever shows its commands says that they are a demo's.
 */
export const placeOf = ({ binding: { region }, endpoint }: Pick<Run, 'binding' | 'endpoint'>): Where => ({
  ...defined({ region, endpointUrl: /^https?:/.test(endpoint) ? endpoint : undefined }),
});

/**
 * The same with the profile whose credentials were accepted for the actor. Where no profile is known to have them, a name
 * that no profile has: a command that is run as it stands must not run as somebody else.
 */
export function whereOf(run: Run, actor: Actor): Where {
  const source = run.identities[actor]?.source;
  switch (source?.kind) {
    case 'profile':
      return { ...placeOf(run), profile: source.name };
    case 'role':
      return { ...placeOf(run), profile: profileFor(source.arn) };
    case 'environment':
      return placeOf(run);
    case undefined:
      return whereElsewhere(run, actor);
    default:
      return unreachable(source);
  }
}
/** For somebody on another machine, where profiles have other names: one of theirs takes the place of <…>. */
export const whereElsewhere = (run: Run, actor: Actor): Where => ({
  ...placeOf(run),
  profile: `<a profile of the ${actorName(actor)}${accountOf(run, actor)}>`,
});
/** As whom a command with that runs: a sentence. */
export const describeElsewhere = (run: Run, actor: Actor): string =>
  `With credentials of the ${actorName(actor)}${accountOf(run, actor)}. Put a profile that has them in the place of <…>.`;

const accountOf = ({ binding, identities }: Run, actor: Actor): string => {
  const account = binding.accounts?.[actor] ?? identities[actor]?.account;
  return account === undefined ? '' : ` ${account}`;
};
const profileFor = (role: string): string => `<a profile that assumes ${role}>`;

/** As whom a run's commands run, where they do not say so themselves; a sentence each. */
export function describeIdentity(run: Run, actor: Actor): readonly string[] {
  const { source, arn } = run.identities[actor] ?? {};
  switch (source?.kind) {
    case 'profile':
      return [];
    case 'environment':
      return [
        `As ${arn}, with the environment’s credentials that this run had: in a shell with others it runs as somebody else. ${asCommand('aws sts get-caller-identity')} shows as whom.`,
      ];
    case 'role': {
      const base = originOf(source);
      const from =
        base.kind === 'profile' ? `source_profile = ${base.name}` : 'credential_source = Environment';
      return [
        `As ${arn}: ${sourceName(source)}. A command cannot say that. Put a profile in the place of <…>, with role_arn = ${source.arn}, ${from}${source.externalId === undefined ? '' : ', and the external id'}.`,
      ];
    }
    case undefined:
      return [describeElsewhere(run, actor)];
    default:
      return unreachable(source);
  }
}

/** For a sentence that ends with a command: as whom it runs, where it does not say so itself. */
export function describeByHand(run: Run, actor: Actor, command: string): string {
  const as = describeIdentity(run, actor);
  return as.length === 0
    ? `By hand: ${asCommand(command)}`
    : `By hand: ${as.join(' ')} ${asCommand(command)}`;
}
