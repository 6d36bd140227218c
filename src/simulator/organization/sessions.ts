import { base32, hash } from './ids.ts';
import { seal, unseal } from './seals.ts';

/** Temporary credentials. Nothing of them is kept: the token says everything, with a proof that it is ours. */
export interface Session {
  readonly account: string;
  readonly role: string;
  readonly name: string;
  readonly expires: number; // ms since 1970
  readonly id: string;
}

/** The credentials of a new session, with the token that carries it. */
export const newSession = (seed: string, session: Session) => ({
  ...credentialsOf(seed, session),
  token: seal(seed, 'session', session),
});

/** A session's keys, and how `sts:GetCallerIdentity` names who uses it. Made from the seed each time. */
export function credentialsOf(seed: string, { account, role, name, id }: Session) {
  return {
    accessKeyId: `ASIA${base32(`${seed} session ${id}`, 16)}`,
    secretAccessKey: hash(`${seed} session secret ${id}`).toString('base64').slice(0, 40),
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    userId: `AROA${base32(`${seed} role ${account} ${role}`, 17)}:${name}`,
  };
}

/** The session a token speaks of; `undefined` when it was not made here. Its end is for the caller to look at. */
export const sessionIn = (seed: string, token: string): Session | undefined =>
  unseal<Session>(seed, 'session', token);

/**
 * The role that IAM Identity Center makes in an account for a permission set: AWSReservedSSO_, the set's name and a
 * suffix of 16 hexadecimal digits (IAM Identity Center User Guide, "Referencing permission sets in resource policies").
 * Its name, without a path.
 */
export const reservedRole = (seed: string, account: string, set: string): string =>
  `AWSReservedSSO_${set}_${hash(`${seed} reserved role ${account} ${set}`).toString('hex').slice(0, 16)}`;
