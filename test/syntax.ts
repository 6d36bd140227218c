import { parseAst } from 'rolldown/parseAst';

/** A node of a program's syntax, as ESTree has it. */
interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}
const isSyntax = (value: unknown): value is Syntax =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Every node of a program, each before what stands in it. */
function* nodesOf(text: string, file: string): Generator<Syntax> {
  yield* within(parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' }) as unknown as Syntax);
}
function* within(node: Syntax): Generator<Syntax> {
  yield node;
  for (const value of Object.values(node).flat()) if (isSyntax(value)) yield* within(value);
}

const member = (node: Syntax, name: string): Syntax | undefined => {
  const value = node[name];
  if (!isSyntax(value)) return undefined;
  return value.type === 'ParenthesizedExpression' ? member(value, 'expression') : value;
};
const isObject = (node: Syntax | undefined): boolean => node?.type === 'ObjectExpression';
const listIn = (node: Syntax | undefined, name: string): readonly Syntax[] =>
  (node?.[name] ?? []) as readonly Syntax[];
const isEmpty = (node: Syntax | undefined): boolean =>
  isObject(node) && listIn(node, 'properties').length === 0;

/** `x === undefined ? {} : { x }`, either way round, and `...(x && { x })`: `defined({ x })` says the same. */
export function* optionalSpreads(text: string, file = 'file.ts'): Generator<string> {
  for (const node of nodesOf(text, file)) {
    const [one, other] = [member(node, 'consequent'), member(node, 'alternate')];
    const chosen = node.type === 'ConditionalExpression' && isObject(one) && isObject(other);
    const spread = node.type === 'SpreadElement' ? member(node, 'argument') : undefined;
    const both = spread?.operator === '&&' && isObject(member(spread, 'right'));
    if (both || (chosen && (isEmpty(one) || isEmpty(other)))) yield text.slice(node.start, node.end);
  }
}

const filled = /^(Map|Set|WeakMap|WeakSet|Array)$/;
const isFilledLater = (made: Syntax): boolean =>
  made.type === 'NewExpression' &&
  filled.test(String(member(made, 'callee')?.name)) &&
  listIn(made, 'arguments').length === 0;
const isEmptyList = (made: Syntax): boolean =>
  made.type === 'ArrayExpression' && listIn(made, 'elements').length === 0;

/** `readonly string[]`, `Readonly<…>`, `Line`: what is of a type that cannot be filled stays empty. */
const isReadonly = (name: Syntax | undefined, text: string): boolean => {
  const type = name && member(name, 'typeAnnotation');
  return (
    type !== undefined &&
    !/^: *((Weak)?(Map|Set)<|Record<|[\w.]+\[\]$)/.test(text.slice(type.start, type.end))
  );
};

/** What a file keeps beside what it is passed: names it can set again, and collections that start out empty. */
export function* moduleState(text: string, file = 'file.ts'): Generator<string> {
  const [program] = nodesOf(text, file);
  for (const statement of listIn(program, 'body')) {
    const declared = member(statement, 'declaration') ?? statement;
    if (declared.type !== 'VariableDeclaration') continue;
    for (const one of listIn(declared, 'declarations')) {
      const made = member(one, 'init');
      const name = member(one, 'id');
      const starts = made && (isFilledLater(made) || isEmptyList(made) || isEmpty(made));
      if (declared.kind !== 'const' || (starts && !isReadonly(name, text))) yield String(name?.name);
    }
  }
}

const looking =
  /^(includes|startsWith|endsWith|indexOf|search|match|matchAll|split|replace|replaceAll|test|exec)$/;
/** Names under which sentences are passed. */
const sentence = /\b(message|problem|remedy|says|said|found|why|refused|evidence|title|result|note|label)$/;
const escapes = /\\[a-zA-Z]|\[[^\]]*\]|\\./g;

/** Where a file looks for words in what may be a sentence. An expression that is not written there may hold any. */
export function* sentencesRead(text: string, file = 'file.ts'): Generator<string> {
  const shown = (node: Syntax): string => text.slice(node.start, node.end);
  for (const node of nodesOf(text, file)) {
    const callee = node.type === 'CallExpression' ? member(node, 'callee') : undefined;
    const method = String(callee && member(callee, 'property')?.name);
    const [of, given] = [callee && member(callee, 'object'), listIn(node, 'arguments')[0]];
    if (!of || !given || !looking.test(method)) continue;
    const ofExpression = method === 'test' || method === 'exec';
    const [pattern, subject] = ofExpression ? [of, given] : [given, of];
    const words =
      pattern.type === 'Literal' ? /[A-Za-z]{2,}/.test(shown(pattern).replace(escapes, ' ')) : ofExpression;
    const plain = shown(subject)
      .replace(/ \?\? ''\)?$/, '')
      .replace(/\}`$/, '');
    if (words && sentence.test(plain)) yield shown(node).replace(/\s+/g, ' ');
  }
}

/** What a file looks for in texts: its regular expressions, and the texts that it gives to `startsWith` and the like. */
export function* patternsIn(text: string, file = 'file.ts'): Generator<string> {
  for (const node of nodesOf(text, file)) {
    if ('regex' in node) yield text.slice(node.start, node.end);
    const callee = node.type === 'CallExpression' ? member(node, 'callee') : undefined;
    const given = listIn(node, 'arguments')[0];
    if (!callee || !given || !looking.test(String(member(callee, 'property')?.name))) continue;
    if (!('regex' in given)) yield text.slice(given.start, given.end);
  }
}
