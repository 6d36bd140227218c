import { exec } from 'node:child_process';
import { withoutSecrets } from '../secrets.ts';
import { type Check, clock, fails, ok } from './check.ts';

const longest = 60_000; // ms
const kept = 400; // characters of what it said

/** Starts a credential_process as AWS programs do, and says how it ended. Nothing that it was given or gave is told. */
export function runProcess(name: string, command: string): Promise<Check> {
  const mend = `Mend the credential_process of profile ${name}: start it by hand and see.`;
  return new Promise((resolve) => {
    exec(command, { timeout: longest, maxBuffer: 1_000_000 }, (error, printed, complained) => {
      const said = withoutSecrets(complained, command).trim().replace(/\s+/g, ' ').slice(-kept);
      if (error) {
        const { code, signal, killed } = error;
        const how = killed
          ? `was not done after ${longest / 1000} s`
          : signal
            ? `was ended by ${signal}`
            : `ended with exit code ${code}`;
        const words = said === '' ? ' and said nothing' : `: ${said}`;
        resolve(fails('credential_process', `that of profile ${name} ${how}${words}`, mend));
        return;
      }
      const wrong = unfit(printed);
      resolve(
        wrong === undefined
          ? ok('credential_process', `that of profile ${name} gives credentials`)
          : fails('credential_process', `that of profile ${name} ${wrong}`, mend),
      );
    });
  });
}

/** What is wrong with what it printed. */
function unfit(printed: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(printed);
  } catch {
    return 'prints what is not JSON';
  }
  const { Version, AccessKeyId, SecretAccessKey, Expiration } = Object(value) as Record<string, unknown>;
  if (Version !== 1) return 'does not print "Version": 1';
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string')
    return 'prints no AccessKeyId and SecretAccessKey';
  const until = typeof Expiration === 'string' ? Date.parse(Expiration) : Number.NaN;
  return until < Date.now() ? `gives credentials that have expired since ${clock(until)}` : undefined;
}
