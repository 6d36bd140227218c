import canonicalize from 'canonicalize';
import { defined } from '../../model/text/defined.ts';

/** An event with its fingerprint, as a line of canonical JSON, and what the next one says of it. */
export interface Sealed {
  readonly line: string;
  readonly uid: string;
  readonly typeUid: number;
  readonly fingerprint: object;
}

/**
 * The event with an attestation: the SHA-256 of its canonical JSON (RFC 8785), the attestation in it, and only the
 * fingerprint left out. `before`: the event before it in the chain.
 */
export function attested(
  event: unknown,
  chain: string,
  before: Sealed | undefined,
  sha256: (text: string) => string,
): Sealed {
  const plain = event as object & { readonly metadata: { readonly uid: string }; readonly type_uid: number };
  const attestation = {
    authority_uid: 'cw-runbook',
    chain_uid: chain,
    ...defined({
      prev_event: before
        ? { uid: before.uid, type_uid: before.typeUid, fingerprint: before.fingerprint }
        : undefined,
    }),
  };
  // Written once: what differs is one member, and canonical JSON has each at its place, whatever the others are.
  const members = new Map(Object.entries(plain).map(([name, one]) => [name, canonical(one)]));
  const textWith = (value: object): string => {
    const all = [...members.set('attestation_list', canonical([value]))].toSorted(([one], [other]) =>
      one < other ? -1 : 1,
    );
    return `{${all.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join()}}`;
  };
  const value = sha256(textWith(attestation));
  const fingerprint = {
    ...{ algorithm: 'SHA-256', algorithm_id: 3, encoding: 'Hex', encoding_id: 1 },
    ...{ serialization: 'JCS', serialization_id: 2, value },
  };
  const line = textWith({ ...attestation, fingerprint });
  return { line, uid: plain.metadata.uid, typeUid: plain.type_uid, fingerprint };
}

function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('an event is no JSON');
  return text;
}
