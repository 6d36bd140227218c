import { isConstant, isPartOfArns } from './constants.ts';

/** What stands for the texts of one file. The same text has the same placeholder in it, and another one elsewhere. */
export interface Placeholders {
  /** A word that is AWS's own stays as it is. Everything else is replaced, by something of the same form where it has one. */
  text(value: string): string;
  /** Replaced whatever it is. */
  name(value: string): string;
}

/** Account ids as AWS's documentation has them. */
const accounts = ['111122223333', '444455556666', '777788889999', '123456789012', '999999999999'];
const pad = (n: number, length: number): string => String(n).padStart(length, '0');
/** `fill` up to the length, with the number at its end. */
const filled = (fill: string, n: number, length: number): string =>
  `${fill.repeat(Math.ceil(length / fill.length)).slice(0, Math.max(0, length - 4))}${pad(n, Math.min(4, length))}`;

/** The forms of AWS's ids. `n`: how many of the kind were there before, and this one. */
const forms: readonly (readonly [
  kind: string,
  form: RegExp,
  of: (n: number, parts: readonly string[]) => string,
])[] = [
  ['account', /^\d{12}$/, (n) => accounts[n - 1] ?? `9${pad(n, 11)}`],
  ['organization', /^o-([a-z0-9]{10,32})$/, (n, [id = '']) => `o-${filled('example', n, id.length)}`],
  ['root', /^r-([a-z0-9]{4,32})$/, (n, [id = '']) => `r-${filled('example', n, id.length)}`],
  [
    'unit',
    /^ou-([a-z0-9]{4,32})-([a-z0-9]{8,32})$/,
    (n, [root = '', id = '']) => `ou-${filled('example', n, root.length)}-${filled('example', n, id.length)}`,
  ],
  [
    'instance',
    /^(ssoins|lsoins)-([0-9a-f]{16})$/,
    (n, [kind = '']) => `${kind}-${filled('1234567890abcdef', n, 16)}`,
  ],
  ['set', /^ps-[0-9a-f]{16}$/, (n) => `ps-${filled('1234567890abcdef', n, 16)}`],
  ['application', /^apl-[0-9a-f]{16}$/, (n) => `apl-${filled('1234567890abcdef', n, 16)}`],
  ['store', /^d-[0-9a-f]{10}$/, (n) => `d-${filled('1234567890', n, 10)}`],
  [
    'uuid',
    /^([0-9a-f]{10}-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    (n, [prefix]) => `${prefix ? '1234567890-' : ''}a1b2c3d4-5678-4000-8000-${pad(n, 12)}`,
  ],
  [
    'principal',
    /^(AROA|AIDA|AIPA|AGPA|ANPA|ASCA)([A-Z0-9]{12,28})$/,
    (n, [kind = '', id = '']) => `${kind}${filled('EXAMPLE', n, id.length)}`,
  ],
  [
    'reserved-role',
    /^AWSReservedSSO_[\w+=,.@-]+_[0-9a-f]{16}$/,
    (n) => `AWSReservedSSO_Example${n}_${filled('1234567890abcdef', n, 16)}`,
  ],
  ['email', /^[^@\s]+@[^@\s]+$/, (n) => `user${n}@example.com`],
];

/** Makes the placeholders of one file: nothing that was handed to it comes out again but AWS's own words. */
export function createPlaceholders(): Placeholders {
  const given = new Map<string, string>();
  const counts = new Map<string, number>();
  const one = (kind: string, value: string, of: (n: number) => string): string => {
    const key = `${kind} ${value}`;
    const known = given.get(key);
    if (known !== undefined) return known;
    const n = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, n);
    const made = of(n);
    given.set(key, made);
    return made;
  };
  const name = (value: string): string => one('text', value, (n) => `Example${n}`);
  const id = (value: string): string => {
    for (const [kind, form, of] of forms) {
      const found = form.exec(value);
      if (found) return one(kind, value, (n) => of(n, found.slice(1)));
    }
    return name(value);
  };
  const arn = (value: string): string => {
    const [, partition = '', service = '', region = '', account = '', resource = ''] =
      /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(value) ?? [];
    const part = (word: string): string => (isPartOfArns(word) ? word : id(word));
    return `arn:${[partition, service, region, account].map(part).join(':')}:${resource
      .split(/([/:])/)
      .map((word, n) => (n % 2 === 1 ? word : part(word)))
      .join('')}`;
  };
  const text = (value: string): string => {
    if (isConstant(value)) return value;
    if (/^arn:([^:]*:){4}/.test(value)) return arn(value);
    if (isPolicy(value)) return '{"Version":"2012-10-17","Statement":[]}';
    // As AWS names who uses a role: the role’s id, and a name.
    const [, role, session] = /^((?:AROA|AIDA)[A-Z0-9]{12,28}):(.*)$/s.exec(value) ?? [];
    return role === undefined || session === undefined ? id(value) : `${id(role)}:${id(session)}`;
  };
  return { text, name };
}

function isPolicy(text: string): boolean {
  if (!text.startsWith('{')) return false;
  try {
    return Object.hasOwn(Object(JSON.parse(text)), 'Statement');
  } catch {
    return false;
  }
}
