import { type Check, warns } from './check.ts';

/**
 * What the AWS CLI and the AWS SDK for JavaScript, which this program uses, read differently in a file, or pass over
 * without a word. Names of sections are told, and nothing of what they hold.
 */
export function sectionChecks(about: 'config' | 'credentials', file: string, text: string): readonly Check[] {
  const sections = text.split(/\r?\n/).flatMap((line, at) => {
    const [, name] = /^\s*\[([^\]]+)\]/.exec(line) ?? [];
    return name === undefined ? [] : [{ name: name.trim(), line: at + 1 }];
  });
  const seen = new Map<string, number>();
  const found: Check[] = [];
  if (text.startsWith('\ufeff'))
    found.push(
      warns(
        about,
        `${file} begins with a byte order mark, with which the AWS CLI cannot read it`,
        'Save it as UTF-8 without one.',
      ),
    );
  for (const { name, line } of sections) {
    const before = seen.get(name);
    if (before !== undefined)
      found.push(
        warns(
          about,
          `${file} has the section [${name}] twice, in lines ${before} and ${line}: the AWS CLI cannot read such a file`,
          'Make one of the two.',
        ),
      );
    seen.set(name, line);
    const wrong = about === 'config' ? unread(name) : undefined;
    if (wrong) found.push(warns(about, `line ${line} of ${file}: ${wrong.found}`, wrong.remedy));
  }
  return found;
}

/** Why a section of the config file counts for nothing. */
function unread(name: string): { readonly found: string; readonly remedy: string } | undefined {
  const [, kind = '', own = ''] = /^(profile|sso-session|services)\s+["']?(.*?)["']?$/.exec(name) ?? [];
  if (/\s/.test(own))
    return {
      found: `[${name}] has a blank in its name. The AWS CLI knows it, and the AWS SDK for JavaScript does not`,
      remedy: `Give it a name without blanks, such as [${kind} ${own.replace(/\s+/g, '-')}].`,
    };
  if (kind !== '' || /^(default|plugins)$/.test(name)) return undefined;
  return {
    found: `[${name}] is no section that counts: in the config file a profile is written [profile ${name}]`,
    remedy: `Write [profile ${name}].`,
  };
}
