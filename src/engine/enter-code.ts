import type { Caller, Source, UnusableCredentials } from '../model/identity.ts';
import { sourceName } from '../model/identity.ts';
import type { Step } from '../model/step.ts';
import type { Engine } from './engine.ts';

/** So many codes AWS may refuse. More would be guessing, or the device is another one. */
const tries = 3;
/** A device shows a code for so long. */
const shown = 30_000; // ms

/**
 * Who a source's credentials are, where a role of it may need a code of an MFA device: the operator is asked for one
 * until AWS takes it. `meet`: asks AWS who they are. 'declined' where other credentials are to be chosen. Throws what
 * `meet` throws.
 */
export async function meetWithCode(
  { step, source }: { readonly step: Step; readonly source: Source },
  { ports }: Engine,
  meet: () => Promise<Caller | UnusableCredentials>,
): Promise<Caller | UnusableCredentials | 'left' | 'declined'> {
  let met = await meet();
  let left = tries;
  let repeated = false;
  while ('problem' in met && met.code && ports.enterCode) {
    const { code: request } = met;
    if (left === 0) return refusedAll(source, request.serial);
    const waits = request.sentAt !== undefined && ports.now() - request.sentAt < shown;
    const reply = await ports.ask({ is: 'code', step, source, request, left, waits, repeated });
    if (reply.do === 'leave') return 'left';
    if (reply.do === 'decline') return 'declined';
    if (reply.do !== 'code') continue;
    repeated = !ports.enterCode(request, reply.code);
    if (repeated) continue;
    met = await meet();
    if ('problem' in met && met.code?.refused !== undefined) left -= 1;
  }
  return met;
}

const refusedAll = (source: Source, serial: string): UnusableCredentials => ({
  problem: `${sourceName(source)}: AWS did not accept ${tries} codes of the MFA device ${serial}.`,
  remedy:
    'Check that this is the device you are reading, and that its clock is right. Then choose these credentials again, or others.',
});
