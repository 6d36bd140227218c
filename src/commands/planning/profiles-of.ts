import type { Actor } from '../../model/call.ts';
import { originOf, profileNameOf, type Source } from '../../model/identity.ts';
import type { Answers } from '../unattended/answers.ts';

/** The profiles and roles of an answers file that would take up these sources again. */
export function profilesOf(
  identities: Readonly<Record<Actor, { readonly source: Source }>>,
): Pick<Answers, 'profiles' | 'roles' | 'externalIds'> {
  const named = (of: (source: Source) => string | undefined): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(identities).flatMap(([actor, { source }]) => {
        const name = of(source);
        return name === undefined ? [] : [[actor, name]];
      }),
    );
  return {
    profiles: named((source) => profileNameOf(originOf(source))),
    roles: named((source) => (source.kind === 'role' ? source.arn : undefined)),
    externalIds: named((source) => (source.kind === 'role' ? source.externalId : undefined)),
  };
}
