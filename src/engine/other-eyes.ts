import type { Actor } from '../model/call.ts';
import { type Aws, CredentialsError, unanswered } from '../model/reader.ts';
import type { Engine } from './engine.ts';

type Way = (actor: Actor) => Aws;

/** The ways of the other identities at hand, each seen to be who the operator accepted. */
export async function* otherEyes(
  { live, ports }: Pick<Engine, 'live' | 'ports'>,
  actor: Actor,
  wayOf: Way,
): AsyncGenerator<{ readonly actor: Actor; readonly aws: Aws }> {
  for (const other of live.keys()) {
    if (other === actor) continue;
    const aws = onlyInforming(wayOf(other));
    const accepted = ports.run().identities[other]?.account;
    const account = await aws.read('sts:GetCallerIdentity', {}).then(
      ({ Account }) => Account,
      () => undefined,
    );
    if (account !== undefined && account === accepted) yield { actor: other, aws };
  }
}

/** Whose credentials fail tells nothing, and holds nobody up: it is not their turn. */
function onlyInforming(aws: Aws): Aws {
  const told = (error: unknown): unknown =>
    error instanceof CredentialsError ? unanswered(error.message) : error;
  return {
    ...aws,
    in: (region) => onlyInforming(aws.in(region) as Aws),
    read: async (operation, input, limit) => {
      try {
        return await aws.read(operation, input, limit);
      } catch (error) {
        throw told(error);
      }
    },
    pages: async function* (operation, input, limit) {
      try {
        yield* aws.pages(operation, input, limit);
      } catch (error) {
        throw told(error);
      }
    },
  };
}
