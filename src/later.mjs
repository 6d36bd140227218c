// Which modules are loaded when something of them is first called: what a start does without.
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

const under = (folder, ...names) => names.map((name) => `${folder}/${name}.ts`);
/**
 * By the file that they come to. What such a module has for others are functions and plain data. A module that is loaded
 * at the start gets, in its place, the data, and functions of the same names that load the file when they are called.
 * Whoever is loaded behind the first frame imports it as it is written, and so has the file loaded at once.
 */
export const later = {
  doing: [
    ...under(
      'steps/permission-sets',
      'accounts-behind',
      'describe-permission-set',
      'existing-permission-set',
      'holders',
      'needed-policies',
      'observe-permission-set',
      'observe-planned',
      'owner-tags',
      'plan-permission-set',
      'run-permission-sets',
      'undo-permission-set',
    ),
    ...under(
      'steps/assignments',
      'assignments',
      'earlier-assignments',
      'management-target',
      'result',
      'target-choices',
      'undo-assignments',
    ),
    ...under(
      'steps/lookups',
      'account-words',
      'accounts',
      'administration',
      'create-user',
      'find-instance',
      'identity-center-key',
      'identity-source',
      'people',
      'principals',
      'profiles',
      'second-look',
      'two-people',
    ),
    ...under('steps/policies', 'policy-choice'),
    ...under(
      'src/model/access',
      'access-denied-hints',
      'async-failure-hints',
      'policy-simulator',
      'preflight',
      'preflight-goals',
      'rejection-hints',
      'resources',
    ),
    ...under('src/model/policy', 'condition-words'),
    ...under('src/model/progress', 'cli-command', 'cli-target', 'reverse'),
    ...under('src/model', 'drift'),
    ...under('src/report', 'evidence-lines', 'foretold-commands', 'handoff', 'lines', 'remaining-commands'),
    ...under('src/journal', 'lock', 'others', 'torn'),
    ...under(
      'src/aws/settings',
      'aws-hosts',
      'endpoint-address',
      'key-characters',
      'profile-chain',
      'proxy-address',
      'region-name',
      'sdk-settings',
    ),
    ...under('src/aws/credentials', 'device-tokens', 'login-tokens', 'sign-in-endpoints'),
    ...under('src/aws/checkup', 'surroundings'),
    ...under('src/model/progress', 'sent-before'),
  ],
  answering: [
    ...under(
      'src/presentation',
      'assigned',
      'attempts',
      'changes',
      'checks',
      'handoff',
      'identities',
      'sign-in',
      'texts',
      'undo',
    ),
    ...under(
      'src/ui/content',
      'credential-table',
      'document-lines',
      'goal-lines',
      'help-lines',
      'list-lines',
      'log-lines',
      'steps-lines',
      'views',
    ),
    ...under(
      'src/ui/input',
      'answers',
      'cli-commands',
      'copied',
      'handoff-keys',
      'links',
      'list-keys',
      'search',
      'text-box',
      'text-keys',
      'validate-input',
    ),
    ...under('src/commands/process', 'open-page'),
  ],
};

/** Who imports them as they are written: what is loaded only behind the first frame, or where something is done. */
const behind = /^src\/(engine|simulator|export|aws\/(?!settings|checkup|credentials))\//;
const held = '\0later';
/** The module that tells what the others of a file have for those that stand in their place. */
export const entryOf = (name) => `${held}:${name}`;
const instead = '?later';

/** The plugin, and what else the build begins with. */
export function laterIn(root) {
  const places = Object.entries(later).flatMap(([name, files]) => files.map((file) => ({ name, file })));
  const place = (id) => relative(root, id.replace(instead, '')).replaceAll('\\', '/');
  const indexOf = (file) => places.findIndex((one) => one.file === file);
  const plugin = {
    name: 'later',
    resolveId(asked, importer) {
      if (asked.startsWith(held)) return asked;
      if (importer === held) return { id: asked, external: true };
      if (importer === undefined || importer.startsWith('\0') || !asked.startsWith('.')) return null;
      const path = resolve(dirname(importer), asked);
      const by = place(importer);
      if (indexOf(place(path)) < 0) return null;
      const isReal = !importer.endsWith(instead) && (indexOf(by) >= 0 || behind.test(by));
      return isReal ? null : `${path}${instead}`;
    },
    load(id) {
      if (id === held) return heldCode;
      if (id.startsWith(`${held}:`)) return entryCode(root, places, id.slice(held.length + 1));
      if (!id.endsWith(instead)) return null;
      const index = indexOf(place(id));
      const path = id.slice(0, -instead.length);
      return { code: standInOf(path, places[index].name, index), moduleType: 'ts' };
    },
  };
  return { plugin, input: Object.fromEntries(Object.keys(later).map((name) => [name, entryOf(name)])) };
}

/** By the module and the place of the function in it: names would be told twice. */
const heldCode = `const all = [];
export const give = (module, functions) => { all[module] = functions; };
const held = (load) => (module, n) => (...given) => { if (!all[module]) load(); return all[module][n](...given); };
${Object.keys(later)
  .map((name) => `export const ${name} = /* @__PURE__ */ held(() => require('./${name}.cjs'));`)
  .join('\n')}`;

/** The file itself: loaded, it gives what it has. */
function entryCode(root, places, name) {
  const mine = places.flatMap(({ name: of, file }, module) => {
    const path = resolve(root, file);
    return of === name ? [{ module, path, functions: functionsIn(readFileSync(path, 'utf8')) }] : [];
  });
  return [
    `import { give } from '${held}';`,
    ...mine.map(({ module, path }) => `import * as m${module} from ${JSON.stringify(path)};`),
    ...mine.map(
      ({ module, functions }) => `give(${module}, [${functions.map((one) => `m${module}.${one}`)}]);`,
    ),
  ].join('\n');
}
/** In the order in which they are written. */
const functionsIn = (code) =>
  partsIn(code).flatMap(({ is, isExported, called }) => (is === 'function' && isExported ? [called] : []));

function standInOf(path, name, index) {
  try {
    return standIn(readFileSync(path, 'utf8'), name, index);
  } catch (error) {
    throw new Error(`${path} cannot be loaded later: ${error.message}`);
  }
}
/** What stands for a module until it is loaded: its data as they are, and its functions without what they do. */
export function standIn(code, name, index) {
  const lines = [`import { ${name} as later } from '${held}';`];
  const [functions, data, left] = [functionsIn(code), [], []];
  for (const { is, isExported, called, node, text } of partsIn(code)) {
    if (is === 'import') lines.push(code.slice(node.start, node.end));
    else if (is === 'data')
      data.push({ isExported, called, text: code.slice(...text), needs: namesIn(node) });
    else if (!isExported) left.push(called);
    else if (is === 'function')
      lines.push(
        `export const ${called}: any = /* @__PURE__ */ later(${index}, ${functions.indexOf(called)});`,
      );
    else throw new Error(`${called} is no function and no plain data`);
  }
  // In the order in which they are written: what needs something that is left out is left out itself.
  for (const { isExported, called, text, needs } of data) {
    const missing = left.find((name) => needs.includes(name));
    if (missing && isExported) throw new Error(`${called} needs ${missing}`);
    if (missing) left.push(called);
    else lines.push(`${isExported ? 'export ' : ''}const ${text};`);
  }
  return lines.join('\n');
}
/** What a module imports and declares, each by itself. Nothing for types. */
const partsIn = (code) => parseAst(code, { lang: 'ts' }).body.flatMap(declared);
function declared(statement) {
  const { type, exportKind, declaration } = statement;
  if (type === 'ImportDeclaration') return [{ is: 'import', node: statement }];
  const isExported = type.startsWith('Export');
  const node = isExported ? declaration : statement;
  if (exportKind === 'type' || node?.type.startsWith('TS')) return [];
  if (node?.type !== 'VariableDeclaration')
    return [
      { is: isFunction(node) ? 'function' : 'other', isExported, called: node?.id?.name ?? type, node },
    ];
  return node.declarations.map(({ id, init, start, end }) => ({
    is: isFunction(init) ? 'function' : isData(init) ? 'data' : 'other',
    ...{ isExported, called: id.name, node: init, text: [start, end] },
  }));
}
/** All names that a value refers to. */
const namesIn = (node) =>
  typeof node !== 'object' || node === null
    ? []
    : node.type === 'Identifier'
      ? [node.name]
      : Object.entries(node).flatMap(([member, part]) =>
          member === 'key' || member === 'property' ? [] : [part].flat().flatMap(namesIn),
        );
const isFunction = (node) => /^(Arrow)?Function/.test(node?.type ?? '');
function isData(node) {
  switch (node?.type) {
    case 'Literal':
    case 'Identifier':
    case 'ArrowFunctionExpression': // in an object
      return true;
    case 'TemplateLiteral':
      return node.expressions.every(isData);
    case 'ArrayExpression':
      return node.elements.every(isData);
    case 'ObjectExpression':
      return node.properties.every(({ type, value, argument }) =>
        type === 'SpreadElement' ? isData(argument) : isData(value),
      );
    case 'SpreadElement':
      return isData(node.argument);
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return isData(node.expression);
    default:
      return false;
  }
}
