import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  isArrowFunction,
  isCallExpression,
  isClassDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isImportDeclaration,
  isInterfaceDeclaration,
  isNamedImports,
  isThrowStatement,
  isTypeAliasDeclaration,
  isVariableStatement,
  type Node,
  type SourceFile,
  type Statement,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { API } from 'typescript/unstable/sync';

// Sources as the compiler that is installed reads them. Its interface is marked unstable: it is used here alone.

const root = join(import.meta.dirname, '../..');

/** The project as TypeScript sees it, with files that are only in memory, by their paths in the project. */
export function openProject(virtual: Readonly<Record<string, string>>) {
  const files = new Map(Object.entries(virtual).map(([name, text]) => [join(root, name), text]));
  const config = join(root, 'tsconfig.in-memory.json');
  files.set(
    config,
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: { noUnusedLocals: false },
      include: [],
      files: Object.keys(virtual),
    }),
  );
  const has = (name: string): boolean | undefined => (files.has(name) ? true : undefined);
  const api = new API({ cwd: root, fs: { readFile: (name) => files.get(name), fileExists: has } });
  const { program } = api.updateSnapshot({ openProjects: [config] }).getProject(config) ?? {};
  if (!program) throw new Error('The compiler does not open the project');
  return {
    sourceOf: (name: string): SourceFile => {
      const source = program.getSourceFile(join(root, name));
      if (!source) throw new Error(`${name} is no part of the project`);
      return source;
    },
    /** What is wrong with a file, with the line that it is wrong in. */
    problemsOf: (name: string): readonly string[] => {
      const path = join(root, name);
      const text = files.get(path) ?? (existsSync(path) ? readFileSync(path, 'utf8') : '');
      const line = (at: number): string =>
        text.slice(text.lastIndexOf('\n', at - 1) + 1).split('\n')[0] ?? '';
      return [...program.getSyntacticDiagnostics(path), ...program.getSemanticDiagnostics(path)].map(
        (one) => `${one.text} — ${line(one.pos).trim()}`,
      );
    },
    close: () => api.close(),
  };
}

/** Something that a file exports. */
export interface Exported {
  readonly name: string;
  readonly is: 'function' | 'value' | 'class' | 'type';
  /** The comment that stands directly above it; '' where there is none. */
  readonly comment: string;
  /** It throws: by itself, in a function of the same file that it calls, or by one that never returns. */
  readonly throws: boolean;
}

interface Declared {
  readonly name: string;
  readonly is: Exported['is'];
  readonly node: Node;
  readonly statement: Statement;
}
const isExported = (statement: Statement): boolean =>
  'modifiers' in statement &&
  ((statement.modifiers as readonly Node[] | undefined) ?? []).some(
    ({ kind }) => kind === SyntaxKind.ExportKeyword,
  );

/** What a statement at the top of a file declares. */
function declaredIn(statement: Statement): readonly Declared[] {
  if (isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap((node): readonly Declared[] => {
      if (!isIdentifier(node.name)) return [];
      const made = node.initializer;
      const is = made && (isArrowFunction(made) || isFunctionExpression(made)) ? 'function' : 'value';
      return [{ name: node.name.text, is, node, statement }];
    });
  const is = isFunctionDeclaration(statement)
    ? 'function'
    : isClassDeclaration(statement)
      ? 'class'
      : isInterfaceDeclaration(statement) || isTypeAliasDeclaration(statement)
        ? 'type'
        : undefined;
  const { name } = statement as { readonly name?: Node };
  return is && name && isIdentifier(name) ? [{ name: name.text, is, node: statement, statement }] : [];
}

/** The last comment for documentation above a statement, if nothing stands in between, not even an empty line. */
function commentAbove(statement: Statement, source: SourceFile): string {
  const above = source.text.slice(statement.getFullStart(), statement.getStart(source));
  return /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n?$/.exec(above)?.[0] ?? '';
}

const every = (node: Node, visit: (node: Node) => void): void => {
  visit(node);
  node.forEachChild((child) => {
    every(child, visit);
    return undefined;
  });
};

/** Functions anywhere in a file that say `never`: who calls one throws. `unreachable` only closes a `switch`. */
function neverReturning(source: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  every(source, (node) => {
    if (!(isFunctionDeclaration(node) || isArrowFunction(node))) return;
    if (node.type?.kind !== SyntaxKind.NeverKeyword) return;
    const { name } = (isArrowFunction(node) ? node.parent : node) as { readonly name?: Node };
    if (name && isIdentifier(name)) names.add(name.text);
  });
  names.delete('unreachable');
  return names;
}
/** Of these, what other files may call. */
export const neverExportedBy = (source: SourceFile): readonly string[] => {
  const never = neverReturning(source);
  return source.statements
    .filter(isExported)
    .flatMap(declaredIn)
    .flatMap(({ name }) => (never.has(name) ? [name] : []));
};
const importedBy = ({ statements }: SourceFile): readonly string[] =>
  statements.filter(isImportDeclaration).flatMap(({ importClause }) => {
    const named = importClause?.namedBindings;
    return named && isNamedImports(named) ? named.elements.map(({ name }) => name.text) : [];
  });

/** What a file exports. `never`: functions of other files that never return. */
export function exportedBy(source: SourceFile, never: ReadonlySet<string>): readonly Exported[] {
  const all = source.statements.flatMap(declaredIn);
  const own = new Map(all.map((one) => [one.name, one]));
  const ends = new Set([...neverReturning(source), ...importedBy(source).filter((name) => never.has(name))]);
  const throws = (node: Node, seen: Set<string>): boolean => {
    let found = false;
    every(node, (inner) => {
      if (isThrowStatement(inner)) found = true;
      if (found || !isCallExpression(inner) || !isIdentifier(inner.expression)) return;
      const { text } = inner.expression;
      const called = own.get(text);
      if (ends.has(text)) found = true;
      // What another exported function throws, its own comment says.
      else if (called && !isExported(called.statement) && !seen.has(text))
        found = throws(called.node, seen.add(text));
    });
    return found;
  };
  return all
    .filter(({ statement }) => isExported(statement))
    .map(({ name, is, node, statement }) => ({
      ...{ name, is, comment: commentAbove(statement, source) },
      throws: (is === 'function' || is === 'value') && throws(node, new Set([name])),
    }));
}
