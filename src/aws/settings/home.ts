import { homedir } from 'node:os';
import { sep } from 'node:path';
import type { Environment } from '../../model/text/environment.ts';

/** The folder in which the AWS SDK looks for `.aws`, by the SDK's own rule. */
export function homeIn({ HOME, USERPROFILE, HOMEPATH, HOMEDRIVE = `C:${sep}` }: Environment): string {
  return HOME || USERPROFILE || (HOMEPATH ? `${HOMEDRIVE}${HOMEPATH}` : homedir());
}
