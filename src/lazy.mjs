// Files ask for each other, and for Node's modules, when something of them is used for the first time.
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
    if (theSdk.test(fileName)) return null;
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
    return named.includes('withDefault(') ? `${calls}\n${withDefault}` : calls;
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
  walk(parseAst(code, { sourceType: 'commonjs' }), false);
  let [calls, at] = ['', 0];
  for (const { start, end, name } of places.toSorted((a, b) => a.start - b.start)) {
    calls += `${code.slice(at, start)}(${name}())`; // in brackets: what is made with `new` is the member
    at = end;
  }
  return { calls: calls + code.slice(at), atOnce };
}
