/** Names as nobody should have them: what acts on a terminal, deceives who reads, or breaks a layout. */
const [esc, csi, osc, st] = ['\u001b', '\u009b', '\u009d', '\u009c'];
const code = (point: number): string => String.fromCodePoint(point);
const range = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => code(from + n));
const around = (all: readonly string[]): readonly string[] => all.map((one) => `ad${one}min`);

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: names, as they are
/** What a terminal acts upon: sequences of both kinds, and what is left of them when they are cut. */
const sequences = [
  ...[
    '2J',
    '3J',
    'H',
    '1;1H',
    '2K',
    '31m',
    '0m',
    '8m',
    '38;5;1m',
    '?1049h',
    '?1049l',
    '?25l',
    '?7h',
    '?2004l',
    '?2026h',
    '6n',
    'c',
    '>c',
  ],
  ...[
    '5n',
    '18t',
    '21t',
    '20;0t',
    '1;99r',
    '100A',
    '100B',
    '10L',
    '10M',
    '4h',
    '?1000h',
    '?1006h',
    's',
    'u',
    '!p',
  ],
].flatMap((end) => [`${esc}[${end}`, `${csi}${end}`]);
const commands = [
  ...[
    '0;title',
    '2;title',
    '52;c;ZXZpbA==',
    '8;;https://evil.example',
    '4;1;?',
    '10;?',
    '1337;File=:AA==',
    '777;notify;a;b',
    '9;9;x',
    '133;A',
  ],
].flatMap((text) => [`${esc}]${text}\u0007`, `${esc}]${text}${esc}\\`, `${osc}${text}${st}`]);
const others = [
  ...[
    'c',
    '7',
    '8',
    'D',
    'E',
    'M',
    'N',
    'O',
    'Z',
    '=',
    '>',
    '#8',
    '(0',
    ')B',
    '%G',
    'n',
    'o',
    '|',
    '}',
    '~',
  ].map((one) => `${esc}${one}`),
  ...['P$q"p', `Ptmux;${esc}${esc}[2J`, '_Gf=100;AAAA', '^pm', 'Xsos'].map((one) => `${esc}${one}${esc}\\`),
  ...['\u0090q#0', '\u009fapc', '\u0098sos', '\u009epm'].map((one) => `${one}${st}`),
  ...[esc, `${esc}[`, `${esc}]`, `${esc}P`, csi, osc],
];
const controls = around([...range(0x00, 0x1f), ...range(0x7f, 0x9f)]);
const spoofs = [
  ...[
    'line\nbreak',
    'line\r\nbreak',
    'over\rwritten',
    'tab\tstop',
    '\n✓ All is well\n',
    '\n\n\n\n\n\n\n\n',
    'back\b\b\b\bgone',
  ],
  ...['❯ y yes', '│ │ │', '⟪U+202E⟫', 'Make this change?', '-----', '', ' ', '          ', '...', '…'],
];
const unseen = around([
  ...range(0x200b, 0x200f),
  ...range(0x2028, 0x202e),
  ...range(0x2060, 0x206f),
  ...[
    0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x2800, 0x3164, 0xffa0, 0xfeff,
    0xfff9, 0xfffb, 0xfe00, 0xfe0e,
  ].map(code),
  ...[
    0xe0100, 0xe0001, 0xe0041, 0xe007f, 0x1d173, 0x1bca0, 0x13430, 0xfffe, 0xffff, 0x1ffff, 0xfdd0, 0xe000,
    0xf8ff, 0xf0000, 0x10fffd,
  ].map(code),
  ...['\ud800', '\udfff', '\ud83d', '\udc00\ud800'],
]);
const bidi = [
  ...[
    '\u202enimda',
    '\u2066isolated\u2069',
    'مدير\u200f!',
    '\u202dltr\u202c',
    '\u2067שלום\u2069',
    'admin\u202e\u2066txt.exe\u2069',
  ],
  ...['אבג', 'مرحبا بالعالم', 'abc\u05d0\u05d1def'],
];
const piles = [
  ...[1, 5, 11, 50, 500, 5_000].map((marks) => `Z${'\u0301'.repeat(marks)}algo`),
  ...[
    '\u0301',
    '\u0301\u0302\u0303',
    'a\u20dd',
    'a\u0489',
    `ก${'็'.repeat(14)}`,
    'a\ufe0f\ufe0f',
    `x${'\u0336'.repeat(40)}`,
  ],
  ...[`\u0f40${'\u0f71\u0f72'.repeat(9)}`, 'ﷺ', '﷽﷽﷽'],
];
const pictures = [
  ...[
    '👩‍🚀',
    '👨‍👩‍👧‍👦',
    '🏳️‍🌈',
    '🇩🇪',
    '🇩',
    '🇩🇪🇫',
    '1️⃣',
    '☎️',
    '☎',
    '👍🏽',
    '🏽',
    '❤️‍🔥',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '🧑🏻‍❤️‍💋‍🧑🏿',
    '🫠',
    '⌚',
    '〰️',
    '©️',
    '🈁',
  ],
  ...['👩‍'.repeat(40), '🇦'.repeat(81), '🏴‍☠️'.repeat(30), '👍🏽'.repeat(40)],
];
const wide = [
  ...[
    '李娟',
    '株式会社テスト',
    '홍길동',
    'ｆｕｌｌｗｉｄｔｈ',
    '　全角　',
    '\u3000'.repeat(60),
    '漢'.repeat(41),
    `a${'漢'.repeat(41)}`,
    '漢 '.repeat(50),
  ],
  ...[
    '\u1100\u1161\u11a8',
    '𠮷野家',
    '𝔘𝔫𝔦',
    'ǅ',
    'İi',
    'ẞß',
    'ﬃ',
    '№',
    '①',
    '½',
    '\u00a0',
    '\u2003x\u2003',
    '\u1680',
    'e\u0301',
    'Ａ\u0301',
  ],
];
const words = [
  ...[
    '__proto__',
    'constructor',
    'undefined',
    'null',
    'NaN',
    '0',
    '-1',
    '[]',
    '["a"]',
    '{}',
    '{"is":"met"}',
    '"',
    "'",
    '`',
    '\\',
    '\\u001b[2J',
  ],
  ...[
    '%1$s',
    '${x}',
    '$(id)',
    '; rm -rf ~',
    '<b>x</b>',
    '&lt;',
    '| a |',
    '[a](http://x)',
    '@all',
    '*',
    '../..',
    'C:\\',
    'a:b:c',
    '@',
    '#',
  ],
];
export const long = [
  ...[
    'x'.repeat(80 * 1024),
    '漢'.repeat(20_000),
    'a b '.repeat(20_000),
    '-'.repeat(5_000),
    `${esc}[31m`.repeat(2_000),
    '\u202e'.repeat(3_000),
  ],
  ...[
    '👩‍🚀'.repeat(2_000),
    '\n'.repeat(3_000),
    'x'.repeat(79),
    'x'.repeat(80),
    'x'.repeat(81),
    'x '.repeat(40),
  ],
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: names, as they are

/** The short ones, and those that fill a window. */
export const short: readonly string[] = [
  ...new Set([
    ...[sequences, commands, others, controls, spoofs, unseen, bidi, piles, pictures, wide, words].flat(),
  ]),
].filter((text) => text.length < 1_000);
export const hostile: readonly string[] = [
  ...short,
  ...piles.filter((text) => text.length >= 1_000),
  ...long,
];

/** What must not be in what goes to a terminal, line breaks of our own aside. The rest of an emoji is seen with it. */
export const raw = /(?!\ufe0f)[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{NChar}\p{Bidi_C}\p{DI}]|\p{M}{11}/u;

/** Keys whose texts are the program's own: they say what something is, or where it belongs. */
const ours = new Set(
  'is as step steps id goal actor operation risk kind ended type do attempt attempts change state shown key pattern $after path region read kept takenBack'.split(
    ' ',
  ),
);
/** The same value with every text in it that comes from elsewhere replaced by the next of many. */
export function poisoned<T>(value: T, next: () => string, key = ''): T {
  if (typeof value === 'string') return (ours.has(key) ? value : next()) as T;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, next, key)) as T;
  if (typeof value !== 'object' || value === null || 'observe' in value) return value; // a step is ours
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, poisoned(one, next, name)]),
  ) as T;
}
