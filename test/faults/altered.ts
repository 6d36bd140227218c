import { between } from './between.ts';

/** What an operation's answer becomes. */
export interface Alteration {
  readonly operation: string; // sso:ListInstances
  readonly name: string;
  readonly of: (body: string) => string;
}
const values: readonly (readonly [name: string, value: unknown])[] = [
  ['null', null],
  ['{}', {}],
  ['[]', []],
  ['0', 0],
  ['""', ''],
  ['a long text', 'x'.repeat(200_000)],
  ['missing', undefined],
];
const page = '<html><head><title>Sign in</title></head><body>Accept the terms</body></html>';
/** Bodies that are no answer at all, whatever the service speaks. */
const bodies: readonly (readonly [name: string, of: (body: string) => string])[] = [
  ...['', '[]', '7', '"x"', 'null', 'Service Unavailable', page].map(
    (body) => [body === '' ? 'empty' : body.slice(0, 20), () => body] as const,
  ),
  ['cut off', (body) => body.slice(0, body.length / 2)],
];
/** What may become of an element of XML. */
const elements: readonly (readonly [name: string, of: (whole: string, inside: string) => string])[] = [
  ['missing', () => ''],
  ['empty', (whole, inside) => whole.replace(inside, () => '')],
  ['a text', (whole, inside) => whole.replace(inside, () => 'x')],
  ['an element', (whole, inside) => whole.replace(inside, () => '<x>1</x>')],
  ['a long text', (whole, inside) => whole.replace(inside, () => 'x'.repeat(200_000))],
  ['doubled', (whole) => whole + whole],
];

/** All that may become of an answer: each member with each value, each element, and the whole of it. */
export function alterationsOf(operation: string, body: string): readonly Alteration[] {
  const whole = bodies.map(([name, of]) => ({ operation, name: `the body = ${name}`, of }));
  if (body.startsWith('{'))
    return [
      ...whole,
      ...pathsIn(JSON.parse(body)).flatMap((path) =>
        values.map(([name, value]) => ({
          operation,
          name: `${path.join('.')} = ${name}`,
          of: (one: string) => JSON.stringify(altered(JSON.parse(one), path, value) ?? {}),
        })),
      ),
    ];
  const tags = [...new Set([...body.matchAll(/<([A-Za-z]+)[\s>]/g)].map(([, tag = '']) => tag))];
  return [
    ...whole,
    ...tags.flatMap((tag) =>
      elements.map(([name, of]) => ({
        operation,
        name: `<${tag}> = ${name}`,
        of: (one: string) => one.replace(elementOf(tag), (all: string, inside: string) => of(all, inside)),
      })),
    ),
  ];
}
/** The first of its name; what is in it may hold others of the name, which end before it. */
const elementOf = (tag: string): RegExp =>
  new RegExp(`<${tag}(?:\\s[^>]*)?>([\\s\\S]*${tag === 'member' ? '?' : ''})</${tag}>`);

type Path = readonly (string | number)[];
/** All paths to members of an answer; of a list the first element stands for all. */
function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value))
    return value.length === 0 ? [] : [[...path, 0], ...pathsIn(value[0], [...path, 0])];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, one]) => [
    [...path, member],
    ...pathsIn(one, [...path, member]),
  ]);
}
function altered(value: unknown, [member, ...rest]: Path, by: unknown): unknown {
  if (member === undefined) return by;
  if (typeof value !== 'object' || value === null || !(member in value)) return value;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value };
  const inner = altered(Reflect.get(copy, member), rest, by);
  if (inner === undefined && Array.isArray(copy)) copy.splice(Number(member), 1);
  else Reflect.set(copy, member, inner);
  return copy;
}

/** What stands between a client and a simulator, and writes down or alters the answers. */
export async function altering(target: string) {
  const seen = new Map<string, string>();
  let alteration: Alteration | undefined;
  let struck = 0;
  const url = await between(target, (operation, answer) => {
    const { status, body } = answer;
    if (status !== 200) return answer;
    // The fullest tells of the most members.
    if (body.length > (seen.get(operation) ?? '').length) seen.set(operation, body);
    if (alteration?.operation !== operation) return answer;
    const now = alteration.of(body);
    if (now !== body) struck += 1;
    return { status, body: now };
  });
  return {
    url,
    seen,
    struck: () => struck,
    alter: (by: Alteration | undefined): void => {
      alteration = by;
      struck = 0;
    },
  };
}
