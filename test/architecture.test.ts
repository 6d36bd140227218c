import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { moduleState, optionalSpreads, sentencesRead } from './syntax.ts';

const root = join(import.meta.dirname, '..');
const files = ['src', 'steps']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => /\.tsx?$/.test(name));

/** What a file imports, types left out where `run` is asked for: only that is loaded when the program runs. */
function imports(file: string, what: 'all' | 'run' = 'all'): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [
    ...text.matchAll(/^\s*(import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]/gm),
    ...text.matchAll(/^\s*(import)\s+()['"]([^'"]+)['"]/gm),
  ]
    .filter(([, , type]) => what === 'all' || !type)
    .map(([, , , from = '']) => from);
  const lazy = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map(([, from = '']) => from);
  return [
    ...found,
    ...(what === 'all' ? lazy : lazy.filter((from) => !new RegExp(`import\\('${from}'\\)\\.`).test(text))),
  ];
}
const folderOf = (file: string): string => (file.startsWith('src/') ? (file.split('/')[1] ?? '') : 'steps');
/** The folder that a relative import leads to. Undefined for packages. */
const targetOf = (file: string, from: string): string | undefined => {
  if (!from.startsWith('.')) return undefined;
  const path = relative(root, join(root, dirname(file), from));
  return path.startsWith('src/')
    ? (path.split('/')[1] ?? '').replace(/\.tsx?$/, '')
    : (path.split('/')[0] ?? '');
};

const allowed: Readonly<Record<string, readonly string[]>> = {
  steps: ['steps', 'model'],
  model: ['model'],
  engine: ['engine', 'model'],
  journal: ['journal', 'model'],
  report: ['report', 'model', 'docs'], // the documented schemas are what is printed
  aws: ['aws', 'model'],
  export: ['export', 'model', 'report'],
  presentation: ['presentation', 'model', 'report'],
  ui: ['ui', 'model', 'report', 'presentation'],
  simulator: ['simulator'],
  commands: [
    ...['commands', 'aws', 'engine', 'export', 'journal', 'model', 'presentation', 'report'],
    ...['simulator', 'ui'],
  ],
  'cli.ts': ['commands', 'journal', 'model', 'steps'],
  'main.ts': ['cli', 'commands'],
};

describe('who may import whom', () => {
  test.each(files)('%s', (file) => {
    const own = folderOf(file);
    const may = allowed[own];
    expect(may, `${own} is not one of the folders`).toBeDefined();
    const others = imports(file, 'all').flatMap((from) => targetOf(file, from) ?? []);
    // What is shown knows the engine by its types only.
    const types = own === 'ui' || own === 'presentation' ? ['engine'] : [];
    expect(others.filter((target) => !may?.includes(target) && !types.includes(target))).toEqual([]);
    const running = imports(file, 'run').flatMap((from) => targetOf(file, from) ?? []);
    expect(running.filter((target) => !may?.includes(target))).toEqual([]);
  });

  test.each<[string, RegExp, readonly string[]]>([
    ['the screen’s packages', /^(ink|react|string-width)(\/|$)/, ['ui']],
    ['the AWS SDK at run time', /^@(aws-sdk|smithy)\//, ['aws']],
    ['conf', /^conf$/, ['journal']],
    ['the network', /^node:(http2?|https|net|tls|dgram)$/, ['aws', 'simulator', 'journal']],
    ['files', /^node:fs/, ['journal', 'aws', 'simulator', 'commands']],
  ])('%s only where they belong', (_, name, folders) => {
    const users = files.filter((file) => imports(file, 'run').some((from) => name.test(from)));
    expect(users.filter((file) => !folders.includes(folderOf(file)))).toEqual([]);
    expect(users.length).toBeGreaterThan(0);
  });

  test('only one file of the screen hands text to Ink', () => {
    const users = files.filter(
      (file) =>
        file.startsWith('src/ui') &&
        /import \{[^}]*\bText\b[^}]*\} from 'ink'/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(users).toEqual(['src/ui/terminal/row.tsx']);
  });
});

/** The groups of nodes that lead back to themselves (Tarjan's strongly connected components of two and more). */
function circlesOf(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): void => {
    const at = index.size;
    index.set(node, at);
    lowest.set(node, at);
    path.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (path.includes(next))
        lowest.set(node, Math.min(lowest.get(node) ?? at, lowest.get(next) ?? at, index.get(next) ?? at));
    }
    if (lowest.get(node) !== at) return;
    const circle = path.splice(path.indexOf(node));
    if (circle.length > 1) circles.push(circle.toSorted());
  };
  for (const node of edges.keys()) if (!index.has(node)) visit(node);
  return circles;
}
/** Imports of every kind, types and lazy ones too: whoever reads a file follows them all. */
const importsOf = (file: string): readonly string[] =>
  imports(file)
    .filter((from) => from.startsWith('.'))
    .map((from) => relative(root, join(root, dirname(file), from)))
    .filter((target) => files.includes(target));

describe('no import circles', () => {
  const between = (nameOf: (file: string) => string): ReadonlyMap<string, ReadonlySet<string>> => {
    const edges = new Map<string, Set<string>>();
    for (const file of files) {
      const own = edges.get(nameOf(file)) ?? new Set();
      for (const target of importsOf(file)) if (nameOf(target) !== nameOf(file)) own.add(nameOf(target));
      edges.set(nameOf(file), own);
    }
    return edges;
  };
  test('between files', () => expect(circlesOf(between((file) => file))).toEqual([]));
  test('between folders', () => expect(circlesOf(between(dirname))).toEqual([]));
  test('a circle is found: through several nodes, by its own way back, and beside what is none', () => {
    const edges = (...pairs: readonly string[]) => {
      const all = new Map<string, Set<string>>();
      for (const [from = '', to = ''] of pairs.map((pair) => pair.split('')))
        all.set(from, (all.get(from) ?? new Set()).add(to)).set(to, all.get(to) ?? new Set());
      return circlesOf(all);
    };
    expect(edges('ab', 'bc', 'cd')).toEqual([]);
    expect(edges('ab', 'ac', 'bd', 'cd')).toEqual([]);
    expect(edges('ab', 'bc', 'ca', 'cd')).toEqual([['a', 'b', 'c']]);
    expect(edges('ab', 'ba', 'bc', 'cd', 'dc')).toEqual([
      ['c', 'd'],
      ['a', 'b'],
    ]);
  });
});

test('no folder is too large to be taken in at a glance', () => {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > 26)).toEqual([]);
});

test('the fifteen files that carry the ideas stand at the top of src/model, and no other', () => {
  const top = files.filter((file) => dirname(file) === 'src/model').map((file) => file.slice(10, -3));
  const ideas =
    'attempt call console drift event identity operations phase plan pledge question reader run runbook step';
  expect(top.sort().join(' ')).toBe(ideas);
});

test('the steps stand at the top of steps/, and nothing else but the table of contents and the product', () => {
  const top = files
    .filter((file) => dirname(file) === 'steps')
    .map((file) => file.slice('steps/'.length))
    .filter((file) => !['index.ts', 'product.ts'].includes(file));
  const contents = readFileSync(join(root, 'steps/index.ts'), 'utf8');
  expect(top.filter((file) => !contents.includes(`'./${file}'`))).toEqual([]);
  expect(top.length).toBeGreaterThan(0);
});

test('the environment is a value: one file reads the process’s own, and changes it; everything else is handed it', () => {
  const own =
    /\bprocess\??\.env\b|\bprocess\[['"]env|\benv\b[^;{}]*\} = process\b|from ['"](node:)?process['"]/;
  expect(files.filter((file) => own.test(readFileSync(join(root, file), 'utf8')))).toEqual([
    'src/commands/process/environment.ts',
  ]);
  const planted = [
    'const { AWS_PROFILE } = process.env;',
    'const { env, argv: all } = process;',
    'const { argv, env: own } = process;',
    "process['env'].HOME",
    "import { env } from 'node:process';",
    'export function sources(env = process.env) {}',
  ];
  expect(planted.filter((text) => !own.test(text))).toEqual([]);
});

test('model and steps know nothing of the clock, or of chance', () => {
  const bad = files.filter(
    (file) =>
      /^(src\/model|steps)\//.test(file) &&
      /Date\.now|Math\.random|new Date\(\)/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(bad).toEqual([]);
});

test('which runbook it is, only the command line knows: src imports no step elsewhere, and names no product', () => {
  const program = files.filter((file) => file.startsWith('src/'));
  const importing = program.filter((file) =>
    imports(file).some((from) => targetOf(file, from) === 'steps' || /(^|\/)steps\//.test(from)),
  );
  expect(importing).toEqual(['src/cli.ts']);
  const product = /code\s?-?_?whisperer|amazon[\s_-]?q|q[\s_-]?developer|kiro|q-?dev-?profile/i;
  const everything = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => join('src', name))
    .filter((name) => /\.(tsx?|mjs|cjs|mts)$/.test(name) && !name.startsWith('src/simulator'));
  const naming = everything.flatMap((name) =>
    readFileSync(join(root, name), 'utf8')
      .split('\n')
      .filter((line) => product.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(naming).toEqual([]);
  expect(everything.length).toBeGreaterThan(150);
});

test('who acts is the runbook’s to name: src knows the management account alone', () => {
  // What AWS itself calls an account that is looked at, and the profiles that the simulator hands out.
  const free =
    /^src\/(simulator|commands\/first-contact)\/|^src\/commands\/(doctor|unattended\/answers-there)\.ts$/;
  const naming = files
    .filter((file) => file.startsWith('src/') && !free.test(file))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .filter(
          (line) => !/^\s*(\*|\/\/)/.test(line) && /'(management|delegated(-administrator)?)'/.test(line),
        )
        .map((line) => `${file}: ${line.trim()}`),
    );
  expect(naming).toEqual(["src/model/identity.ts: export const management: Actor = 'management';"]);
});

test('what is sent goes through the AWS SDK: nothing calls the network by itself', () => {
  const calls = files.filter((file) =>
    /(?<![\w.])fetch\(|(?<!')\b(WebSocket|EventSource)\b(?![':])/.test(
      readFileSync(join(root, file), 'utf8'),
    ),
  );
  expect(calls).toEqual([]);
});

test('only the simulator and the lock of a run wait for connections', () => {
  const waiting = files.filter((file) =>
    /\bcreate(Secure)?Server\b|\bnew Server\b|\.listen\(/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(new Set(waiting.map(folderOf))).toEqual(new Set(['simulator', 'journal']));
});

const inEach = (
  some: readonly string[],
  find: (text: string, file: string) => Iterable<string>,
): readonly string[] =>
  some.flatMap((file) =>
    [...find(readFileSync(join(root, file), 'utf8'), file)].map((one) => `${file}: ${one}`),
  );

test('a member that may be missing goes through `defined`, and no object is spread on a condition', () => {
  expect(inEach(files, optionalSpreads)).toEqual([]);
  const planted = ['({ ...(x === undefined ? {} : { x }) })', 'y = x ? { x } : {}', '({ ...(x && { x }) })'];
  expect(planted.filter((text) => [...optionalSpreads(text)].length !== 1)).toEqual([]);
});

test('no sentence of ours is read: only these files look for words, in what AWS, the SDK and Node say', () => {
  const program = files.filter((file) => folderOf(file) !== 'simulator');
  expect(program.filter((file) => inEach([file], sentencesRead).length > 0).toSorted()).toEqual(
    readSentences.toSorted(),
  );
  const planted = [
    '/clock/i.test(met.problem)',
    "error.message.includes('gave up')",
    "goal.says.startsWith('The set')",
    "/polic(y|ies)/.exec(error?.message ?? '')",
    'reason.test(why)',
  ];
  expect(planted.filter((text) => [...sentencesRead(text)].length !== 1)).toEqual([]);
  expect([...sentencesRead("says.replace(/\\s+/g, ' ').split('\\n')")]).toEqual([]);
});
/** Tables of others’ sentences, and what leads to them. In `write-handoff.ts`: a note that looks like a secret. */
const readSentences: readonly string[] = [
  'src/aws/errors.ts',
  'src/aws/credentials/assume-role.ts',
  'src/aws/credentials/credential-errors.ts',
  'src/aws/credentials/mfa.ts',
  'src/aws/settings/proxy.ts',
  'src/commands/command-line/usage-errors.ts',
  'src/commands/first-contact/differing.ts',
  'src/commands/runs/write-handoff.ts',
  'src/model/access/access-denied-hints.ts',
  'src/model/access/async-failure-hints.ts',
  'src/model/access/in-vain.ts',
  'src/model/access/policy-simulator.ts',
  'src/model/access/refusals.ts',
  'src/model/access/rejection-hints.ts',
  'src/model/exchange/sentences.ts',
];

test('nothing is kept beside what is drawn: the same values give the same screen, whatever was drawn before', () => {
  const drawing = files.filter((file) => ['ui', 'presentation', 'report', 'export'].includes(folderOf(file)));
  expect(inEach(drawing, moduleState)).toEqual([]);
  const planted = [
    'let a = 1;',
    'export const b = new Map<string, number>();',
    'const c: string[] = [];',
    'const d: readonly string[] = [];',
  ];
  expect(planted.flatMap((text) => [...moduleState(text)])).toEqual(['a', 'b', 'c']);
});

test('files stay small enough to be read at one sitting', () => {
  const long = files
    .map((file) => [file, readFileSync(join(root, file), 'utf8').split('\n').length] as const)
    .filter(([, lines]) => lines > 300);
  expect(long).toEqual([]);
});

test('the published package has no runtime dependencies, and no script that npm runs when it is installed', () => {
  const {
    dependencies,
    files: published,
    scripts,
  } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect([dependencies, published]).toEqual([undefined, ['dist']]);
  expect(
    Object.keys(scripts).filter((name) => /^((pre|post)?install|(pre|post)?prepare)$/.test(name)),
  ).toEqual([]);
});

test('no file names a folder of the machine it was written on', () => {
  const pages = readdirSync(root).filter((name) => name.endsWith('.md'));
  const ours = ['src', 'steps', 'test', 'docs', 'package.json', ...pages].flatMap((name) =>
    name.includes('.')
      ? [name]
      : readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).map((file) => join(name, file)),
  );
  const texts = ours.filter((name) => /\.(tsx?|m?js|json|md|txt|sh|svg)$/.test(name));
  const folder = new RegExp(`/(${['work', 'root'].join('|')})/\\w`);
  expect(texts.filter((name) => folder.test(readFileSync(join(root, name), 'utf8')))).toEqual([]);
  expect(texts.length).toBeGreaterThan(100);
});
