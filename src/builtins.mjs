// Modules of Node's own that are loaded when something of them is first called: what a start does without.
import { builtinModules } from 'node:module';

/** What of each is loaded then. All else that somebody imports of it is there at once, and so is the module. */
const calledLater = {
  'node:child_process': ['execFileSync', 'spawn', 'spawnSync'],
  'node:crypto': [
    ...['createHash', 'createHmac', 'generateKeyPairSync', 'hash', 'randomBytes', 'randomUUID', 'sign'],
    ...['timingSafeEqual'],
  ],
  'node:fs/promises': [
    ...['access', 'appendFile', 'chmod', 'link', 'lstat', 'mkdir', 'mkdtemp', 'open', 'readFile'],
    ...['readdir', 'realpath', 'rename', 'rm', 'stat', 'statfs', 'unlink', 'writeFile'],
  ],
  'node:http': ['createServer'],
  'node:https': ['createServer'],
  'node:net': ['connect', 'createServer', 'isIP', 'isIPv4', 'isIPv6'],
  'node:timers/promises': ['setImmediate', 'setTimeout'],
};
/** Packages that are loaded before the first frame, and call none of it up to there. Others have it at once. */
const loadedFirst = /[\\/](shared-ini-file-loader|terminal-size)[\\/]/;
const held = '\0builtin';
/** What is loaded later may be called by all that come after the command line. */
export const isCalledLater = (id) => id.startsWith(held) && id.slice(held.length + 1) in calledLater;

/**
 * The plugin. What a package imports as a whole (`import process from 'node:process'`) is the module itself: the bundler
 * would make a copy of it, member by member.
 */
export const builtins = {
  name: 'builtins',
  resolveId(asked, importer = '', { kind }) {
    const name = asked.startsWith('node:') ? asked : `node:${asked}`;
    if (importer.startsWith(held)) return { id: asked, external: true, moduleSideEffects: false };
    if (kind !== 'import-statement' || !builtinModules.includes(name.slice('node:'.length))) return null;
    const ofPackage = importer.includes('node_modules');
    const isHeld = name in calledLater ? !ofPackage || loadedFirst.test(importer) : ofPackage;
    return isHeld ? `${held}:${name}` : null;
  },
  async load(id) {
    if (!id.startsWith(`${held}:`)) return null;
    const name = id.slice(held.length + 1);
    const later = calledLater[name] ?? [];
    const here = Object.keys(await import(name)).filter((one) => one !== 'default' && !later.includes(one));
    const module = `process.getBuiltinModule('${name}')`;
    return [
      `export { ${here} } from '${name}';`,
      ...later.map((one) => `export const ${one} = (...given) => ${module}.${one}(...given);`),
      ...(name in calledLater ? [] : [`export default /* @__PURE__ */ ${module};`]),
    ].join('\n');
  },
};

/** rolldown asks for a module of Node's, and for the file of its own, also where nothing of it is left. */
export const withoutUnused = (code) =>
  code
    .replaceAll(/(?<=;)(?:require\("node:[\w/]+"\),?)+;/g, '')
    .replace(/,require\("\.\/rolldown-runtime\.cjs"\);/, ';');
