import { stat } from 'node:fs/promises';
import type { Environment } from '../../model/text/environment.ts';
import { shellWord } from '../../model/text/shell.ts';
import { type ConfigFile, configFiles } from '../settings/config-files.ts';
import { configNotes } from '../settings/config-notes.ts';
import { type Check, fails, ok, warns } from './check.ts';
import { sectionChecks } from './sections.ts';

/** The two files in which AWS programs look for profiles. */
export async function fileChecks(env: Environment): Promise<readonly Check[]> {
  const files = await configFiles(env);
  const found = await Promise.all(
    [files.config, files.credentials].map(async (file) => {
      const own = await fileCheck(file, env);
      return file.text === undefined || own.is === 'fails'
        ? [own]
        : [own, ...sectionChecks(file, configNotes(files))];
    }),
  );
  return found.flat();
}

async function fileCheck(file: ConfigFile, env: Environment): Promise<Check> {
  const { about, path, variable, text, unreadable } = file;
  const remedy = `Fix the file, move it away, or name another with ${variable}.`;
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isFile() && !found.isFIFO()) return fails(about, `${path} is not a file`, remedy);
  if (unreadable !== undefined) return fails(about, `${path} cannot be read (${unreadable})`, remedy);
  if (text === undefined)
    return env[variable]
      ? warns(about, `${path} does not exist, and ${variable} names it`, `Correct ${variable}, or unset it.`)
      : ok(about, `${path} does not exist`);
  const wrong = malformed(text);
  if (wrong !== undefined) return fails(about, `${path} is malformed: ${wrong}`, remedy);
  const open = process.platform !== 'win32' && about === 'credentials' && ((found?.mode ?? 0) & 0o077) !== 0;
  return open
    ? warns(about, `${path} can be read by others on this machine`, `chmod 600 ${shellWord(path)}`)
    : ok(about, path);
}

/** Why no AWS program finds anything in it. Its text is not told: it may hold a secret. */
function malformed(text: string): string | undefined {
  if (text.includes('\0')) return 'it contains NUL bytes';
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (lines.some((line) => /^\s*\[.+\]/.test(line))) return undefined;
  const at = lines.findIndex((line) => !/^\s*([#;]|$)/.test(line));
  if (at < 0) return undefined;
  return /^\s*\[/.test(lines[at] ?? '')
    ? `line ${at + 1}: the section’s name has no end`
    : `line ${at + 1} is before the first section, such as [default]`;
}
