import type { Actor } from '../../model/call.ts';
import { type Aws, CredentialsError, unanswered } from '../../model/reader.ts';
import type { Run } from '../../model/run.ts';

/** Whose credentials are at hand, and how to ask AWS with them. */
interface AtHand {
  readonly actors: Iterable<Actor>;
  readonly run: Run;
  wayOf(actor: Actor): Aws;
}
/**
 * The ways of the identities at hand other than this one, each seen to be who the operator accepted. Throws nothing that
 * has to do with credentials: what they lack is a `RequestRejected` here.
 */
export async function* otherEyes(
  { actors, run, wayOf }: AtHand,
  actor: Actor,
): AsyncGenerator<{ readonly actor: Actor; readonly aws: Aws }> {
  for (const other of actors) {
    if (other === actor) continue;
    const aws = onlyInforming(wayOf(other));
    const accepted = run.identities[other]?.account;
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
