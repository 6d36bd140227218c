import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { shellWord } from '../../model/text/shell.ts';
import { type Check, fails, ok, warns } from './check.ts';
import { sectionChecks } from './sections.ts';

const largest = 1_000_000; // bytes: a config file is not larger
const mend = 'Mend the file, move it away, or name another with';

/** The two files in which AWS programs look for profiles. */
export async function fileChecks(env: NodeJS.ProcessEnv): Promise<readonly Check[]> {
  const home = env.HOME || env.USERPROFILE || homedir();
  const named = (name: string, usual: string): string => {
    const path = env[name] || join(home, '.aws', usual);
    return path.startsWith('~/') ? join(home, path.slice(2)) : path;
  };
  const both = [
    ['config', 'AWS_CONFIG_FILE'],
    ['credentials', 'AWS_SHARED_CREDENTIALS_FILE'],
  ] as const;
  const found = await Promise.all(
    both.map(([about, variable]) => fileCheck(about, named(variable, about), variable, env[variable])),
  );
  return found.flat();
}

async function fileCheck(
  about: 'config' | 'credentials',
  file: string,
  variable: string,
  set: string | undefined,
): Promise<readonly Check[]> {
  const remedy = `${mend} ${variable}.`;
  const failing = (found: string): readonly Check[] => [fails(about, found, remedy)];
  try {
    const found = await stat(file);
    if (!found.isFile()) return failing(`${file} is not a file`);
    if (found.size > largest) return failing(`${file} has ${found.size} bytes: no AWS config file`);
    const text = await readFile(file, 'utf8');
    const wrong = malformed(text);
    if (wrong !== undefined) return failing(`${file} is malformed: ${wrong}`);
    const open = process.platform !== 'win32' && about === 'credentials' && (found.mode & 0o077) !== 0;
    return [
      open
        ? warns(about, `${file} can be read by others on this machine`, `chmod 600 ${shellWord(file)}`)
        : ok(about, file),
      ...sectionChecks(about, file, text),
    ];
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') return failing(`${file} cannot be read (${code})`);
    return set
      ? [warns(about, `${file}: there is none, and ${variable} names it`, `Mend ${variable}, or unset it.`)]
      : [ok(about, `${file}: there is none`)];
  }
}

/** The first line that AWS programs cannot make sense of. Its text is not told: it may hold a secret. */
function malformed(text: string): string | undefined {
  if (text.includes('\0')) return 'it holds NUL bytes';
  let section = false;
  let indented = false; // may go on with what stands above
  for (const [at, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
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
