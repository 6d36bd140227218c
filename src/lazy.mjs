// Files ask for each other, and for Node's modules, when something of them is used for the first time; and tell their names.
import { parseAst } from 'rolldown/parseAst';

/** What is there since Node's own start, or by the time that anything else is. */
const there =
  /^(\.\/(rolldown-runtime|cw-runbook|start|sdk)\.cjs|node:(fs|path|util|process|events|buffer))$/;
/** Other people's code, which has names of its own for Node's modules, and is loaded behind the first frame. */
const theSdk = /^(sdk|services|sign-in|cloudtrail)\.cjs$/;
const asked =
  /^(?:const|let) (\w+) = require\("([^"]+)"\);\n(?:(\1) = require_rolldown_runtime\.\w+\(\1(?:, 1)?\);\n)?/gm;

/**
 * The plugin that has rolldown's `const require_x = require("./x.cjs")` wait until it is used, before anything gets a short
 * name: a file may use another that waits for it, but not while it is loaded. `waits`: what each file does not load with it.
 */
export function lazyPlugin() {
  const waits = new Map();
  const renderChunk = (code, { fileName }) => {
    if (theSdk.test(fileName)) return withShortExports(code);
    const names = new Map();
    const named = code.replaceAll(asked, (_, name, from, withDefault) => {
      const whole = withDefault ? `withDefault(require("${from}"))` : `require("${from}")`;
      if (there.test(from)) return `const ${name} = ${whole};\n`;
      names.set(name, from);
      return `let of_${name};\nfunction ${name}() { return of_${name} ??= ${whole}; }\n`;
    });
    const { calls, atOnce } = calling(named, names);
    const waiting = [...names]
      .filter(([name]) => !atOnce.has(name))
      .map(([, from]) => from.replace('./', ''));
    waits.set(fileName, waiting);
    return withShortExports(named.includes('withDefault(') ? `${withDefault}${calls}` : calls);
  };
  return { plugin: { name: 'lazy', renderChunk }, waits };
}
/** What `import module from 'node:module'` gives: rolldown's own copies every name. */
const withDefault = 'function withDefault(module) { return { __proto__: module, default: module }; }\n';

/**
 * `name.member` becomes `name().member`, for each of these names. Any other use of them ends the build. `atOnce`: those that
 * are used when the file is loaded.
 */
function calling(code, names) {
  const places = [];
  const atOnce = new Set();
  const found = (node, parent, as, inFunction) => {
    if (parent.type === 'MemberExpression' && as === 'object') {
      places.push(node);
      if (!inFunction) atOnce.add(node.name);
      return;
    }
    const isKey = (as === 'property' || as === 'key') && !parent.computed;
    const isOurs = parent.type === 'FunctionDeclaration' && as === 'id';
    if (!isKey && !isOurs)
      throw new Error(`What is done with ${node.name}: ${code.slice(parent.start, parent.end)}`);
  };
  const walk = (node, inFunction) => {
    for (const [as, value] of Object.entries(node))
      for (const one of [value].flat()) {
        if (typeof one?.type !== 'string') continue;
        if (one.type === 'Identifier' && names.has(one.name)) found(one, node, as, inFunction);
        walk(one, inFunction || one.type.includes('Function'));
      }
  };
  walk(treeOf(code), false);
  let [calls, at] = ['', 0];
  for (const { start, end, name } of places.toSorted((a, b) => a.start - b.start)) {
    calls += `${code.slice(at, start)}(${name}())`; // in brackets: what is made with `new` is the member
    at = end;
  }
  return { calls: calls + code.slice(at), atOnce };
}

const treeOf = (code) => parseAst(code, { sourceType: 'commonjs' });

const told =
  /Object\.defineProperty\(exports, "([\w$]+)", \{\s*enumerable: true,\s*get: function \(\) \{\s*return ([^;]+);\s*\}\s*\}\);\n?/g;
/**
 * rolldown tells each name that a file has for others in a statement of its own, at the end of the file, and has it looked up
 * each time. Here all are told in one: what stays what it is by then is told itself.
 */
export function withShortExports(code) {
  const changing = new Set();
  const walk = (node) => {
    if (node.type === 'AssignmentExpression') changing.add(node.left.name);
    if (node.type === 'UpdateExpression') changing.add(node.argument.name);
    for (const one of Object.values(node).flat()) if (typeof one?.type === 'string') walk(one);
  };
  walk(treeOf(code));
  const [values, looked] = [[], []];
  const rest = code.replaceAll(told, (statement, name, value) => {
    if (!/^[\w$]+$/.test(value)) throw new Error(`How a name is told is not understood: ${statement}`);
    if (changing.has(value)) looked.push(statement);
    else values.push(name === value ? name : `${name}: ${value}`);
    return '';
  });
  const [left] = /Object\.defineProperty\(exports, (?!Symbol).{0,90}/.exec(rest) ?? [];
  if (left !== undefined) throw new Error(`How a name is told is not understood: ${left}`);
  return values.length === 0 ? code : `${rest}\n${looked.join('')}Object.assign(exports, { ${values} });\n`;
}
