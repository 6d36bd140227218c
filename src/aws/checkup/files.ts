import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Check, fails, ok, warns } from './check.ts';

const largest = 1_000_000; // bytes: a config file is not larger
const mend = 'Mend the file, move it away, or name another with';

/** The two files in which AWS programs look for profiles. */
export async function fileChecks(env: NodeJS.ProcessEnv): Promise<readonly Check[]> {
  const home = env.HOME || env.USERPROFILE || homedir();
  const named = (name: string, usual: string): string => {
    const path = env[name] || join(home, '.aws', usual);
    return path.startsWith('~/') ? join(home, path.slice(2)) : path;
  };
  return Promise.all([
    fileCheck('config', named('AWS_CONFIG_FILE', 'config'), `${mend} AWS_CONFIG_FILE.`),
    fileCheck(
      'credentials',
      named('AWS_SHARED_CREDENTIALS_FILE', 'credentials'),
      `${mend} AWS_SHARED_CREDENTIALS_FILE.`,
    ),
  ]);
}

async function fileCheck(about: string, file: string, remedy: string): Promise<Check> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return fails(about, `${file} is not a file`, remedy);
    if (found.size > largest)
      return fails(about, `${file} has ${found.size} bytes: no AWS config file`, remedy);
    const wrong = malformed(await readFile(file, 'utf8'));
    if (wrong !== undefined) return fails(about, `${file} is malformed: ${wrong}`, remedy);
    const open = process.platform !== 'win32' && about === 'credentials' && (found.mode & 0o077) !== 0;
    return open
      ? warns(about, `${file} can be read by others on this machine`, `chmod 600 '${file}'`)
      : ok(about, file);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? ok(about, `${file}: there is none`)
      : fails(about, `${file} cannot be read (${code})`, remedy);
  }
}

/** The first line that AWS programs cannot make sense of. Its text is not told: it may hold a secret. */
function malformed(text: string): string | undefined {
  if (text.includes('\0')) return 'it holds NUL bytes';
  let section = false;
  let indented = false; // may go on with what stands above
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    if (/^\s*\[/.test(line)) {
      if (!/^\s*\[[^\]]+\]\s*([#;].*)?$/.test(line)) return `line ${at + 1}: the section’s name has no end`;
      section = true;
      indented = false;
    } else if (!section) return `line ${at + 1} stands before the first section, such as [default]`;
    else if (!(line.includes('=') || (indented && /^\s/.test(line))))
      return `line ${at + 1} is no setting: it has no “=”`;
    else indented = true;
  }
  return undefined;
}
