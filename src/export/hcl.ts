import { unseenAs } from '../model/text/escape-control-chars.ts';

/** A value of Terraform's language: JSON's, or an expression that is written as it stands. */
export type Hcl =
  | string
  | number
  | boolean
  | null
  | Expression
  | readonly Hcl[]
  | { readonly [key: string]: Hcl };
/** Terraform's own words: `aws.management`, a reference, `jsonencode(…)` around a value. */
export interface Expression {
  readonly $: string;
  readonly of?: Hcl; // in parentheses behind it
}
export const expression = ($: string, of?: Hcl): Expression => (of === undefined ? { $ } : { $, of });
const isExpression = (value: unknown): value is Expression =>
  typeof value === 'object' && value !== null && '$' in value && typeof value.$ === 'string';

/** What a block holds: arguments, blocks within it, and empty lines between its groups. */
export type Body = readonly (
  | { readonly name: string; readonly value: Hcl }
  | { readonly block: string; readonly body: Body }
  | 'gap'
)[];
export const argument = (name: string, value: Hcl) => ({ name, value });

/** A block as `terraform fmt` has it. `head`: its type and labels, `resource "a" "b"`. */
export const blockLines = (head: string, body: Body): readonly string[] => [
  `${head} {`,
  ...bodyLines(body).map((line) => (line === '' ? '' : `  ${line}`)),
  '}',
];

function bodyLines(body: Body): readonly string[] {
  const lines: string[] = [];
  let run: (readonly [string, readonly string[]])[] = [];
  const flush = (): void => {
    lines.push(...aligned(run));
    run = [];
  };
  for (const part of body) {
    if (part !== 'gap' && 'name' in part) run.push([part.name, valueLines(part.value)]);
    else {
      flush();
      lines.push(...(part === 'gap' ? [''] : blockLines(part.block, part.body)));
    }
  }
  flush();
  return lines;
}

/** The `=` of neighbors stand under each other, but for those whose value goes on in the next line. */
function aligned(members: readonly (readonly [string, readonly string[]])[]): readonly string[] {
  const isLong = (n: number): boolean => (members[n]?.[1].length ?? 2) > 1;
  return members.flatMap(([name, [first = '', ...rest]], at) => {
    let [from, to] = [at, at];
    if (!isLong(at)) {
      while (from > 0 && !isLong(from - 1)) from--;
      while (to + 1 < members.length && !isLong(to + 1)) to++;
    }
    const width = Math.max(...members.slice(from, to + 1).map(([one]) => columnsOf(one)));
    return [`${name}${' '.repeat(width - columnsOf(name))} = ${first}`, ...rest];
  });
}
const columnsOf = (text: string): number => [...new Intl.Segmenter().segment(text)].length;

function valueLines(value: Hcl): readonly string[] {
  if (isExpression(value)) {
    if (value.of === undefined) return [value.$];
    const inner = valueLines(value.of);
    return inner.map(
      (line, n) => `${n === 0 ? `${value.$}(` : ''}${line}${n === inner.length - 1 ? ')' : ''}`,
    );
  }
  if (typeof value === 'string') return [quoted(value)];
  if (typeof value !== 'object' || value === null) return [String(value)];
  if (Array.isArray(value)) {
    const items = (value as readonly Hcl[]).map(valueLines);
    if (items.length === 0) return ['[]'];
    if (items.length === 1 && items[0]?.length === 1) return [`[${items[0]?.[0]}]`];
    return ['[', ...items.flatMap((lines) => indented(commaAfter(lines))), ']'];
  }
  const members = Object.entries(value).map(([key, one]) => [keyOf(key), valueLines(one)] as const);
  return members.length === 0 ? ['{}'] : ['{', ...indented(aligned(members)), '}'];
}
const commaAfter = (lines: readonly string[]): readonly string[] =>
  lines.map((line, n) => (n === lines.length - 1 ? `${line},` : line));
const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

/** In an object these would begin something else, or be a value. */
const reserved = ['for', 'if', 'in', 'null', 'true', 'false'];
const keyOf = (key: string): string =>
  /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) && !reserved.includes(key) ? key : quoted(key);

/**
 * A text in quotes: what would begin a template (`${`, `%{`) does not, and what cannot be seen is written by its number.
 * Source: Terraform documentation, "Strings and Templates", escape sequences.
 */
const quoted = (text: string): string =>
  `"${unseenAs(
    text
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replace(/\$(?=\{)/g, '$$$$')
      .replace(/%(?=\{)/g, '%%'),
    escaped,
  )}"`;
function escaped(character: string): string {
  const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}
