// Which parts of the program are one file each: what is loaded together stands together.
import { relative } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { isCalledLater } from './builtins.mjs';
import { entryOf, later } from './later.mjs';

const services = (...names) => names.map((name) => `src/aws/services/${name}.ts`);
const commands = (...names) => names.map((name) => `src/commands/${name}.ts`);
const packaged = (...names) => names.map((name) => `node_modules/${name}/dist-es/index.js`);

/** What the screen needs up to its first frame, and what leads to it. */
const first = [...commands('guided', 'runs/place-now'), 'src/ui/render.tsx'];
/**
 * In this order: a part is what its modules import, statically, without what an earlier part has already. So a part
 * needs earlier ones only, and no file waits for one that waits for it. Where others follow, it is only what these import,
 * too; where a pattern does, what it fits. A name that comes again means the same file.
 */
const parts = [
  ['cw-runbook', ['src/main.ts']],
  ['start', ['src/cli.ts', 'src/simulator/organization/scenario-names.ts', 'src/ui/terminal/performance.ts']],
  ['runbook', ['steps/index.ts']],
  ['runbook', first, commands('status')],
  ['status', commands('status')],
  [
    'guided',
    [...commands('guided', 'runs/place-now', 'runs/scenario-named'), 'src/simulator/faults/fault-names.ts'],
  ],
  ['guided', first, [...commands('doctor', 'run', 'screen/behind', 'demo'), 'src/ui/plain/render.ts']],
  ['screen', first],
  ['demo', commands('demo', 'runs/simulated-organization')],
  ...Object.entries(later).map(([name, modules]) => [name, [entryOf(name), ...modules]]),
  ['commands', commands('command-line/parsed')],
  [
    'guided',
    packaged('@smithy/shared-ini-file-loader'),
    /shared-ini-file-loader|^node_modules.@smithy.types/,
  ],
  [
    'behind',
    [
      ...commands('screen/behind', 'runs/notices', 'runs/since-then', 'runs/card', 'runs/watch'),
      ...commands('runs/reclaim-handoff', 'runs/write-handoff', 'runs/closing', 'runs/exited'),
      ...['src/journal/settings.ts', 'src/report/card-lines.ts'],
      ...['src/model/progress/unprovisioned.ts', 'src/model/progress/undoing.ts'],
    ],
  ],
  [
    'reading',
    commands(
      'audit-export',
      'audit-list',
      'handoff',
      'permissions',
      'runs',
      'runs-remove',
      'runs/not-one-run',
      'command-line/completion',
      'command-line/man',
    ),
  ],
  ['checks', commands('doctor')],
  ['walking', commands('run', 'undo', 'resume', 'simulating')],
  ['planning', commands('plan', 'apply', 'verify', 'answers', 'planning/print-schema')],
  ['export', commands('export')],
  [
    'audit',
    [
      ...commands('audit-verify', 'audit-reconcile'),
      ...['src/model/people/redact.ts', 'src/report/rows/rows.ts', 'src/report/rows/csv.ts'],
      ...['src/report/ocsf/ocsf.ts', 'src/report/page/page.ts'],
    ],
  ],
  ['signing', commands('audit-sign', 'auditing/ssh-signature')],
  ['outside', ['node_modules/hpagent/index.mjs', 'node_modules/open/index.js']], // a proxy, and a browser
  ['lines', ['src/ui/plain/render.ts']],
  ['simulator', ['src/simulator/workings.ts', ...commands('simulator', 'process/faults')]],
  ['asking', commands('first-contact/first-contact', 'record/recorder')],
  [
    'sdk',
    [
      ...services('sts', 'credentials'),
      ...packaged(
        '@aws-sdk/credential-provider-env',
        '@aws-sdk/credential-provider-http',
        '@aws-sdk/credential-provider-ini',
        '@aws-sdk/credential-provider-node',
        '@aws-sdk/credential-provider-process',
        '@aws-sdk/credential-provider-web-identity',
        '@smithy/credential-provider-imds',
      ),
    ],
  ],
  [
    'sign-in',
    [
      ...services('sign-in'),
      ...packaged('@aws-sdk/credential-provider-login', '@aws-sdk/credential-provider-sso'),
      'node_modules/@aws-sdk/credential-provider-sso/dist-es/loadSso.js',
    ],
  ],
  ['services', services('account', 'iam', 'identitystore', 'organizations', 'sso')],
];

/** The plugin that learns what imports what, and the groups that follow from it. What is in no part is a file of its own. */
export function partsOf(root) {
  const partOf = new Map();
  const plugin = {
    name: 'parts',
    buildEnd() {
      const known = new Map(
        [...this.getModuleIds()].map((id) => [relative(root, id).replaceAll('\\', '/'), id]),
      );
      const idOf = (module, name) => {
        const id = known.get(module);
        if (id === undefined) throw new Error(`Nothing imports ${module}, which the part ${name} is to have`);
        return id;
      };
      const all = (ids, found = new Set()) => {
        for (const id of ids)
          if (!found.has(id)) all(this.getModuleInfo(found.add(id) && id).importedIds, found);
        return found;
      };
      for (const [name, modules, others] of parts) {
        const theirs = Array.isArray(others) && all(others.map((module) => idOf(module, name)));
        const may = (id) => (theirs ? theirs.has(id) : (others?.test(relative(root, id)) ?? true));
        for (const id of all(modules.map((module) => idOf(module, name))))
          if (!partOf.has(id) && may(id)) partOf.set(id, isCalledLater(id) ? 'start' : name);
      }
    },
  };
  const groups = [...new Set(parts.map(([name]) => name))].map((name) => ({
    name,
    test: (id) => partOf.get(id) === name,
  }));
  return { plugin, groups };
}

/**
 * rolldown tells each name that a file has for others in a statement of its own, of 70 characters: here all are told in one.
 * They are still looked up when they are asked for.
 */
export function withShortExports(code) {
  const names = [];
  const rest = code.replaceAll(told, (_, name, value) => {
    names.push(`${name}:()=>${value}`);
    return '';
  });
  const [left] = /defineProperty\(exports,["`].{0,90}/.exec(rest) ?? [];
  if (left !== undefined) throw new Error(`How a name is told is not understood: ${left}`);
  if (names.length === 0) return rest;
  return `${rest.replace(/[,;]+\s*$/, ';')}for(const[e,t]of Object.entries({${names}}))Object.defineProperty(exports,e,{enumerable:!0,get:t});\n`;
}
const told =
  /,?Object\.defineProperty\(exports,"([\w$]+)",\{enumerable:!0,get:function\(\)\{return ?([\w$]+|`[^`$\\]*`)\}\}\)/g;

/**
 * Node reads a function's inside to skip it, and again once it is called. One that stands in brackets it takes for called at
 * once, and reads it only then: of React's reconciler, which is one function of 127 kB, that is a tenth of a bare start.
 */
export function withLongInBrackets(code, long = 50_000) {
  const found = [];
  const look = (node) => {
    if (Array.isArray(node)) return node.forEach(look);
    if (typeof node !== 'object' || node === null) return;
    const { type, right, start, end } = node;
    const is = type === 'AssignmentExpression' && right.type === 'FunctionExpression';
    if (is && right.end - right.start > long) found.push(right);
    else if (end === undefined || end - start > long) Object.values(node).forEach(look);
  };
  look(parseAst(code).body);
  return found.reduceRight(
    (text, { start, end }) => `${text.slice(0, start)}(${text.slice(start, end)})${text.slice(end)}`,
    code,
  );
}
