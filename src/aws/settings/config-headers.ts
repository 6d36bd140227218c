/** What a line such as [profile x] means to one of the programs. */
export type Header =
  | { readonly is: 'profile' | 'sso-session' | 'services'; readonly name: string }
  /** Its settings count for every section of the file. */
  | { readonly is: 'for-all' }
  /** Its settings are passed over. */
  | { readonly is: 'nothing' }
  /** It is no header: what follows belongs to the section before. */
  | { readonly is: 'no-header' };
type About = 'config' | 'credentials';

const named = /^(profile|sso-session|services)$/;
const nothing: Header = { is: 'nothing' };

/** To the AWS CLI: Python's configparser, then words as a shell has them. `header`: between the brackets. */
export function headerOfCli(header: string, about: About): Header {
  if (header === 'DEFAULT') return { is: 'for-all' };
  if (about === 'credentials') return { is: 'profile', name: header };
  if (header === 'default') return { is: 'profile', name: 'default' };
  const [, kind = ''] = /^(profile|sso-session|services)/.exec(header) ?? [];
  const [, name, ...more] = words(header) ?? [];
  return kind === '' || name === undefined || more.length > 0 ? nothing : { is: kind as 'profile', name };
}

/** To the AWS SDK for JavaScript, as its own parser has it. `line`: the whole of it. */
export function headerOfSdk(line: string, about: About): Header {
  const bare = (line.split(/(^|\s)[;#]/)[0] ?? '').trim();
  if (!bare.startsWith('[') || !bare.endsWith(']')) return { is: 'no-header' };
  const inner = bare.slice(1, -1);
  const [, prefix, , name = ''] = /^([\w-]+)\s(["'])?([\w-@+.%:/]+)\2$/.exec(inner) ?? [];
  if (prefix === undefined)
    return about === 'credentials' || inner === 'default' ? { is: 'profile', name: inner } : nothing;
  if (!named.test(prefix)) return nothing;
  // In the credentials file it becomes a profile of another name, 'profile.x', which nobody means.
  return about === 'credentials' ? nothing : { is: prefix as 'profile', name };
}

/** The words of a shell; undefined where a quotation mark has no end. */
function words(text: string): readonly string[] | undefined {
  const word = /(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gy;
  const found: string[] = [];
  const rest = text.trim();
  for (let at = 0; at < rest.length; ) {
    word.lastIndex = at;
    const [one] = word.exec(rest) ?? [];
    if (one === undefined) return undefined;
    found.push(one.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, (_, a, b, c) => a ?? b ?? c));
    at += one.length;
    at += /^\s*/.exec(rest.slice(at))?.[0].length ?? 0;
  }
  return found;
}

export const sameHeader = (one: Header, other: Header): boolean =>
  one.is === other.is && ('name' in one ? one.name : '') === ('name' in other ? other.name : '');

/** A name that both programs take. */
export const plainName = (name: string): string =>
  name.replace(/[^\w@+.%:/-]+/g, '-').replace(/^-+|-+$/g, '') || 'NAME';
