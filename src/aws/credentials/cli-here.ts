import { execFile } from 'node:child_process';
import type { Environment } from '../../model/text/environment.ts';

/** `aws --version` of version 2 takes half a second. */
const longest = 5_000; // ms

/**
 * Whether `aws sso login` can be started here: an AWS CLI of version 2 or later is on the PATH. It is asked for its
 * version and nothing else. One that says nothing of the kind may be wrapped: it is taken for one.
 */
export const isCliHere = (env: Environment): Promise<boolean> =>
  new Promise((resolve) => {
    execFile('aws', ['--version'], { timeout: longest, env }, (error, out, err) => {
      // Version 1 wrote it to standard error at first.
      const [, version] = /\baws-cli\/(\d+)\./.exec(`${out}\n${err}`) ?? [];
      resolve(version === undefined ? error?.code !== 'ENOENT' : Number(version) >= 2);
    });
  });
