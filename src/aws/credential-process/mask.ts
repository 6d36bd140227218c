/** A prefix of AWS's, and what follows it: the id of a key, a user or a role. */
const keyId = /(?:A3T[A-Z0-9]|A(?:BIA|CCA|GPA|IDA|IPA|KIA|NPA|NVA|PKA|ROA|SCA|SIA))[A-Z0-9]{8,}/g;
const jwt = /\beyJ[\w-]{4,}(?:\.[\w-]*)*/g;
/** Base64 and hex: what a key, a token or a digest is written in. */
const run = /[A-Za-z0-9+/]{20,}={0,2}|[A-Za-z0-9+/]{18,19}={1,2}/g;
/** Base64 for addresses. Words that hyphens join are ordinary: a secret has a digit or a capital. */
const safeRun = /[A-Za-z0-9_-]{20,}/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal takes for a command
const terminalSequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;

/**
 * What a program printed, without what looks like a key or a token. `program`: its own path, which is long enough to
 * look like one and tells what is wrong.
 */
export function masked(text: string, program?: string): string {
  const plain = text.replace(terminalSequence, '').replace(/\r(?!\n)/g, '\n');
  const parts = program?.includes('/') ? plain.split(program) : [plain];
  return parts.map(mask).join(program ?? '');
}
const mask = (text: string): string =>
  text
    .replace(jwt, '…')
    .replace(keyId, '…')
    .replace(run, '…')
    .replace(safeRun, (found) => (/[A-Z0-9]/.test(found) ? '…' : found));

/** While more is being printed, what stands at the end may be the beginning of a token: it is held back. */
export const settled = (text: string): string => text.replace(/[A-Za-z0-9+/=_.-]{8,}$/, '');
