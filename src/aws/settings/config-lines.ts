import { defined } from '../../model/text/defined.ts';
import { headerOfCli, headerOfSdk, plainName, sameHeader } from './config-headers.ts';

/** A line of an AWS file that the AWS CLI and this program (by the AWS SDK for JavaScript) do not take alike. */
export interface LineFinding {
  /** `dropped`: the CLI reads it, this program does not, or as something else. `breaks-cli`: the CLI cannot read the file. */
  readonly is: 'dropped' | 'breaks-cli' | 'breaks-sdk' | 'counts-for-neither';
  readonly line: number; // from 1
  /** What each of them makes of it. Nothing that a setting holds is told: it may be a secret. */
  readonly found: string;
  readonly remedy: string; // how to write it
  /** The profile that it is about, as the AWS CLI knows it. */
  readonly profile?: string;
  /** The profile is not offered because of it, or is another one than it says. */
  readonly hides?: true;
}

/**
 * Follows a file line by line as Python's configparser does, which the AWS CLI uses, beside the SDK's parser. What the
 * two take alike is not told.
 */
export function lineFindings(about: 'config' | 'credentials', text: string): readonly LineFinding[] {
  if (countOf(/\r(?!\n)/g, text) > countOf(/\n/g, text))
    return [
      {
        line: 1,
        is: 'dropped',
        found:
          'lines of it end in a carriage return alone. The AWS CLI reads it as a line end; this program does not',
        remedy: 'Save the file with line ends of Unix (LF).',
      },
    ];
  const follow = follower(about);
  for (const [at, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries())
    follow.line(raw, at + 1);
  return follow.found;
}

/** Where in a file it is, line after line. */
function follower(about: 'config' | 'credentials') {
  const found: LineFinding[] = [];
  let profile: string | undefined;
  let inSection = false;
  /** The setting that an indented line goes on with. */
  let open: { readonly key: string; readonly empty: boolean } | undefined;
  let indent = 0;
  /** The empty setting to which the SDK takes all that is indented below it. */
  let nests: string | undefined;
  const sections = new Map<string, number>();
  const keys = new Map<string, number>();
  const say = (line: number, one: Wrong | undefined): void => {
    if (one) found.push({ line, ...one, ...defined({ profile }) });
  };

  /** `n`: its number, from 1. */
  function line(raw: string, n: number): void {
    if (/^\s*([#;]|$)/.test(raw)) return;
    const own = /^\s*/.exec(raw)?.[0].length ?? 0;
    if (inSection && open && own > indent) {
      say(n, continued(raw, open));
      return;
    }
    indent = own;
    const [, header] = /^\s*\[(.+)\]/.exec(raw) ?? [];
    const [, written = '', sign, value = ''] = /^\s*(.*?)\s*(?:([=:])\s*(.*))?$/.exec(raw) ?? [];
    if (header !== undefined) section(raw, header, n);
    else if (sign === undefined || written === '' || !inSection) say(n, noSetting(raw, inSection));
    else setting({ written, sign, value, own }, n);
  }

  function section(raw: string, header: string, n: number): void {
    const cli = headerOfCli(header, about);
    profile = cli.is === 'profile' ? cli.name : undefined;
    [inSection, open, nests] = [true, undefined, undefined];
    keys.clear();
    const before = sections.get(header);
    if (before !== undefined)
      say(n, {
        is: 'breaks-cli',
        found: `the section [${header}] twice, in lines ${before} and ${n}: the AWS CLI cannot read such a file; this program merges the two`,
        remedy: 'Make one of the two.',
      });
    sections.set(header, n);
    say(n, headed(raw, header, about));
  }

  function setting({ written, sign, value, own }: Setting, n: number): void {
    const key = written.toLowerCase();
    const legible = /^[a-z_]\w{0,39}$/i.test(written);
    const name = legible ? written : 'a setting';
    if (own === 0) nests = undefined;
    if (nests !== undefined && value.trim() !== '')
      say(n, {
        is: 'dropped',
        found: `it is indented, and ${nests} above it is empty. The AWS CLI reads it as a setting of its own; this program as part of ${nests}`,
        remedy: `Write it without the blanks before it, or remove ${nests}.`,
      });
    open = { key: name, empty: value.trim() === '' };
    if (open.empty) nests = name;
    const earlier = keys.get(key);
    if (earlier !== undefined)
      say(n, {
        is: 'breaks-cli',
        found: `${name} is twice in its section, in lines ${earlier} and ${n}. The AWS CLI cannot read such a file; this program reads the last of the same spelling`,
        remedy: 'Remove one of the two.',
      });
    keys.set(key, n);
    for (const wrong of unlike({ name, key: legible ? key : undefined, sign, value })) say(n, wrong);
  }

  return { found: found as readonly LineFinding[], line };
}

/** A line that is a setting: its key as it is written, and the blanks before it. */
interface Setting {
  readonly written: string;
  readonly sign: string;
  readonly value: string;
  readonly own: number;
}

const countOf = (what: RegExp, text: string): number => text.match(what)?.length ?? 0;

type Wrong = Omit<LineFinding, 'line' | 'profile'>;

const noSetting = (raw: string, inSection: boolean): Wrong => ({
  is: 'breaks-cli',
  found: `it is no setting: ${raw.trimStart().startsWith('[') ? 'the section’s name has no end' : inSection ? 'it has no “=”' : 'it stands before the first section, such as [default]'}. The AWS CLI cannot read such a file; this program ignores the line`,
  remedy: 'Remove the line, or write it as KEY = VALUE in a section.',
});

/** A line that is indented more than the setting above it. */
function continued(
  raw: string,
  { key, empty }: { readonly key: string; readonly empty: boolean },
): Wrong | undefined {
  const isSetting = raw.includes('=');
  if (empty)
    return isSetting
      ? undefined // a nested setting, to both
      : {
          is: 'breaks-cli',
          found: `it continues ${key}, which is empty. The AWS CLI cannot read such a file; this program ignores the line`,
          remedy: `Write the value on the line of ${key}: ${key} = VALUE.`,
        };
  const asOwn = isSetting || headerOfSdk(raw, 'config').is !== 'no-header';
  return {
    is: 'dropped',
    found: asOwn
      ? `it is indented: the AWS CLI reads it as part of ${key}, the line above; this program reads it as a line of its own`
      : `it is indented: the AWS CLI reads it as the rest of ${key}, the line above; this program ignores it`,
    remedy: asOwn ? 'Write it without the blanks before it.' : `Write ${key} and its value on one line.`,
  };
}

function headed(raw: string, header: string, about: 'config' | 'credentials'): Wrong | undefined {
  const cli = headerOfCli(header, about);
  const sdk = headerOfSdk(raw, about);
  if (header.includes('__proto__'))
    return {
      is: 'breaks-sdk',
      found: `[${header}] makes the AWS SDK for JavaScript ignore the whole file`,
      remedy: 'Give it another name.',
      hides: true,
    };
  if (sdk.is === 'no-header')
    return {
      is: 'dropped',
      found: `the AWS CLI reads [${header}]; this program sees no section there, and reads the lines below as settings of the section above`,
      remedy: `Write [${header}] on a line of its own, and what follows it on another.`,
      hides: true,
    };
  if (cli.is === 'for-all')
    return {
      is: 'dropped',
      found: `[DEFAULT] counts for every section of the file with the AWS CLI, and ${about === 'config' ? 'for nothing here' : 'is a profile of that name here'}`,
      remedy: 'Write its settings into each profile, or [default] where that profile is meant.',
    };
  if (about === 'credentials') return headedCredentials(header, sameHeader(cli, sdk));
  if (cli.is === 'nothing') return noSection(header, sdk.is === 'nothing');
  if (sameHeader(cli, sdk)) return undefined;
  const kind = header.split(/\s/)[0] === 'default' ? '' : cli.is;
  const name = 'name' in cli ? cli.name : '';
  const better = `[${kind} ${plainName(name)}]`;
  if (/\s/.test(name))
    return {
      is: 'dropped',
      found: `[${header}] has a blank in its name. The AWS CLI knows it, and the AWS SDK for JavaScript, which this program uses, does not: it is ignored`,
      remedy: `Give it a name without blanks, such as ${better}.`,
      hides: true,
    };
  return {
    is: 'dropped',
    found: `the AWS CLI knows the ${kind} ${name} by [${header}]. The AWS SDK for JavaScript, which this program uses, does not: it is ignored`,
    remedy:
      plainName(name) === name
        ? `Write ${better}, with one blank.`
        : `Give it a name of letters a to z, digits and - _ . @ + % : / only, such as ${better}.`,
    hides: true,
  };
}

/** To neither of the programs is it a section that counts. */
function noSection(header: string, toBoth: boolean): Wrong | undefined {
  if (!toBoth || header === 'plugins' || header === 'preview') return undefined;
  const [, , own = header] = /^\s*(profile\s+)?(.*?)\s*$/i.exec(header) ?? [];
  const right = /^default$/i.test(own) ? '[default]' : `[profile ${plainName(own)}]`;
  return {
    is: 'counts-for-neither',
    found: `[${header}] is no section that counts: in the config file a profile is written ${right}`,
    remedy: `Write ${right}.`,
    hides: true,
  };
}

function headedCredentials(header: string, alike: boolean): Wrong | undefined {
  if (alike) return undefined;
  const [, own] = /^profile\s+["']?(.*?)["']?$/.exec(header) ?? [];
  const right = `[${plainName(own ?? header)}]`;
  return {
    is: 'dropped',
    found:
      own === undefined
        ? `the AWS CLI knows a profile “${header}” by it. The AWS SDK for JavaScript, which this program uses, does not: it is ignored`
        : `the AWS CLI reads [${header}] as a profile named “${header}”; this program ignores it. In the credentials file a profile is written without the word profile`,
    remedy: `Write ${right}.`,
    hides: true,
  };
}

/** A setting's line. `name`: as it is called in a sentence; `key`: as it is read, where it may be shown. */
interface Unlike {
  readonly name: string;
  readonly key: string | undefined;
  readonly sign: string;
  readonly value: string;
}
/** What one of them reads, and the other does not, or otherwise. */
function unlike({ name, key, sign, value }: Unlike): readonly Wrong[] {
  const found: Wrong[] = [];
  if (sign === ':')
    found.push({
      is: 'dropped',
      found: `${name} is followed by “:”. The AWS CLI reads that as “=”; this program ${value.includes('=') ? 'reads another setting there' : 'ignores the line'}`,
      remedy: `Write ${key ?? 'KEY'} = VALUE.`,
    });
  else if (key !== undefined && name !== key)
    found.push({
      is: 'dropped',
      found: `${name} is in capital letters. The AWS CLI reads it as ${key}; this program ignores it`,
      remedy: `Write ${key} = VALUE.`,
    });
  if (/\s[#;]/.test(value))
    found.push({
      is: 'dropped',
      found: `the value of ${name} has a blank followed by # or ;. The AWS CLI reads the whole line; this program reads the rest as a comment`,
      remedy: 'Write the comment on a line of its own, or the value without it.',
    });
  return found;
}
