/** An option or a variable whose value nobody else is to see. */
const secretName = /token|secret|pass|pwd|key|credential|auth|pin\b|otp/i;

/**
 * What a program says of itself, without what may be a secret of its command line: values of options that name one, of
 * NAME=value, and long words that look drawn by lot. Ordinary words stay: they say what is wrong.
 */
export function withoutSecrets(text: string, command: string): string {
  return secretsIn(command)
    .filter((one) => one.length > 3)
    .sort((a, b) => b.length - a.length)
    .reduce((left, one) => left.replaceAll(one, '…'), text);
}

/** What is quoted is one word, and may be a command of its own. */
const secretsIn = (command: string): readonly string[] => [
  ...secretsAmong([...command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => bare(word))),
  ...secretsAmong(command.split(/[\s"']+/)),
];
const secretsAmong = (words: readonly string[]): readonly string[] =>
  words.flatMap((word, n): readonly string[] => {
    const [, name = '', value] = /^(-{0,2}[\w.-]+)=(.*)$/s.exec(word) ?? [];
    if (value !== undefined)
      return !name.startsWith('-') || secretName.test(name) || looksDrawn(value) ? [value] : [];
    const before = words[n - 1] ?? '';
    const isValue = /^-/.test(before) && !before.includes('=') && secretName.test(before);
    return isValue || looksDrawn(word) ? [word] : [];
  });
const bare = (word: string): string => word.replace(/["']/g, '');

/** Sixteen characters and more, letters and digits mixed, and no path. */
const looksDrawn = (word: string): boolean =>
  /^[A-Za-z0-9+/=_.~-]{16,}$/.test(word) && /\d/.test(word) && /[A-Za-z]/.test(word) && !/^[./~-]/.test(word);
