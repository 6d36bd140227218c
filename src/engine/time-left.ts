import type { Actor } from '../model/call.ts';
import { sourceName } from '../model/identity.ts';
import { factsOf } from '../model/operations.ts';
import type { Change } from '../model/plan.ts';
import { CredentialsError } from '../model/reader.ts';
import type { Engine } from './engine.ts';

/** What changes take at most, as a rule: AWS answers in seconds, and what it goes on with takes it a minute or two. */
const answered = 15_000;
const settled = 120_000;
const needOf = (changes: readonly Change[]): number =>
  changes.reduce((sum, { call }) => sum + (factsOf(call.operation).settles ? settled : answered), 0);

/**
 * Says before anything is confirmed that the credentials end before the changes can be seen done. Said once: whoever
 * goes on with the same credentials knows. Throws `CredentialsError`.
 */
export function refuseTooShort(actor: Actor, changes: readonly Change[], { ports, warned }: Engine): void {
  const lasting = ports.lasting(actor);
  if (lasting?.is !== 'until') return;
  const left = Math.max(0, lasting.until - ports.now());
  const need = needOf(changes);
  const told = `${actor} ${lasting.until}`;
  if (left >= need || warned.has(told)) return;
  warned.add(told);
  const source = ports.run().identities[actor]?.source;
  throw new CredentialsError(
    actor,
    `This step needs about ${spoken(need)}, and your credentials${source ? ` (${sourceName(source)})` : ''} last ${spoken(left)}. Nothing was sent.`,
    'Sign in again first. In the guided run you may choose these credentials again and continue anyway: what is in progress when they expire is finished afterwards.',
    lasting.login,
  );
}

const spoken = (ms: number): string =>
  ms < 90_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : `${Math.round(ms / 60_000)} min`;
