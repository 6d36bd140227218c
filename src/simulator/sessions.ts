import { createHmac, timingSafeEqual } from 'node:crypto';
import { base32, hash } from './ids.ts';

/** Temporary credentials. Nothing of them is kept: the token says everything, with a proof that it is ours. */
export interface Session {
  readonly account: string;
  readonly role: string;
  readonly name: string;
  readonly expires: number; // ms since 1970
  readonly id: string;
}
const proofOf = (seed: string, said: string): Buffer => createHmac('sha256', seed).update(said).digest();

export function newSession(seed: string, session: Session) {
  const said = Buffer.from(JSON.stringify(session)).toString('base64url');
  return { ...credentialsOf(seed, session), token: `${said}.${proofOf(seed, said).toString('base64url')}` };
}

export function credentialsOf(seed: string, { account, role, name, id }: Session) {
  return {
    accessKeyId: `ASIA${base32(`${seed} session ${id}`, 16)}`,
    secretAccessKey: hash(`${seed} session secret ${id}`).toString('base64').slice(0, 40),
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    userId: `AROA${base32(`${seed} role ${account} ${role}`, 17)}:${name}`,
  };
}

/** The session a token speaks of; `undefined` when it was not made here. Its end is for the caller to look at. */
export function sessionIn(seed: string, token: string): Session | undefined {
  const [said = '', proof = ''] = token.split('.');
  const given = Buffer.from(proof, 'base64url');
  const right = proofOf(seed, said);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  return JSON.parse(Buffer.from(said, 'base64url').toString()) as Session;
}
