import { type Source, sourceName } from '../../model/identity.ts';
import { unfitKey } from '../settings/key-characters.ts';
import { LocalConfigError } from '../settings/local-config-error.ts';

const parts = [
  ['accessKeyId', 'access key id'],
  ['secretAccessKey', 'secret access key'],
  ['sessionToken', 'session token'],
] as const;

/** Credentials as they were had, wherever from. Throws `LocalConfigError` where Node would not send them, or AWS not know them. */
export function refuseUnsendable<T>(given: T, source: Source): T {
  const values = Object(given) as Readonly<Record<string, unknown>>;
  for (const [key, name] of parts) {
    const { [key]: value } = values;
    const unfit = typeof value === 'string' ? unfitKey(value) : undefined;
    if (unfit)
      throw new LocalConfigError(
        `${sourceName(source)}: the ${name} that it gives ${unfit.found}. Nothing was sent.`,
        unfit.remedy,
      );
  }
  return given;
}
