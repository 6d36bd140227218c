import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Checkpoint, checkpointText, signatureNamespace } from '../../model/evidence/checkpoint.ts';
import { CliError, exitCodes } from '../process/exit.ts';

const program = 'ssh-keygen';

/**
 * Signs a checkpoint with a key of the operator's: `key` names its file, or its public half where an agent has it. The
 * program asks for a passphrase itself, in this terminal: the key is never read here. Throws `CliError`.
 */
export async function signedBy(key: string, checkpoint: Checkpoint): Promise<string> {
  const { code, out } = await ran(
    ['-Y', 'sign', '-n', signatureNamespace, '-f', key],
    checkpointText(checkpoint),
    'shown',
  );
  if (
    code === 0 &&
    /^-----BEGIN SSH SIGNATURE-----\n[A-Za-z0-9+/=\n]+-----END SSH SIGNATURE-----\n$/.test(out)
  )
    return out;
  throw new CliError(
    exitCodes.credentials,
    `${program} did not sign: it ended with code ${code}. Nothing was written down.`,
    'See what it says above. Name the file of your key, or of its public half where an agent has it: --key FILE.',
  );
}

/**
 * Who signed a checkpoint, by a file of allowed signers. Undefined where none of them did, or it was another checkpoint.
 * Throws `CliError` where that cannot be found out.
 */
export async function signerOf(
  signature: string,
  checkpoint: Checkpoint,
  allowed: string,
): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'cw-runbook-'));
  try {
    const file = join(folder, 'signature');
    await writeFile(file, signature, { mode: 0o600 });
    const found = await ran(['-Y', 'find-principals', '-s', file, '-f', allowed], '', 'kept');
    const [who = ''] = found.out.split('\n');
    if (found.code !== 0 || who === '') return undefined;
    const args = ['-Y', 'verify', '-f', allowed, '-I', who, '-n', signatureNamespace, '-s', file];
    return (await ran(args, checkpointText(checkpoint), 'kept')).code === 0 ? who : undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Ran {
  readonly code: number | null;
  readonly out: string;
}
/** `errors`: whether what it complains of is for the operator, or not known to be. */
function ran(args: readonly string[], input: string, errors: 'shown' | 'kept'): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', errors === 'shown' ? 'inherit' : 'ignore'],
    });
    let out = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.on('error', (error: NodeJS.ErrnoException) => reject(notThere(error)));
    child.on('close', (code) => resolve({ code, out }));
    child.stdin?.on('error', () => undefined); // it ended without having read: its code tells
    child.stdin?.end(input);
  });
}
const notThere = (error: NodeJS.ErrnoException): CliError =>
  new CliError(
    exitCodes.prerequisite,
    error.code === 'ENOENT'
      ? `${program} is not on the PATH.`
      : `${program} cannot be started: ${error.message}.`,
    'It comes with OpenSSH 8.2 or later.',
  );
