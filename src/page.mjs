// The page of an HTML export has one script and one style sheet. They are files of their own in src/report/page/, and texts
// in the program: the build and the tests put them in where src/report/page/built.ts stands.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const folder = new URL('report/page/', import.meta.url);

/** The modules that the script was made of, once it was: their packages are shipped, too. */
export const pageModules = [];
async function scriptText() {
  const { output } = await build({
    write: false,
    input: fileURLToPath(new URL('script/main.ts', folder)),
    platform: 'browser',
    transform: { target: 'es2020' },
    treeshake: { moduleSideEffects: false },
    onLog: (level, { message }) => {
      if (level === 'warn') throw new Error(message);
    },
    output: { format: 'iife', minify: true, comments: false },
  });
  const [{ code, moduleIds }] = output;
  pageModules.push(...moduleIds);
  if (output.length !== 1 || /<\/script|<!--/i.test(code))
    throw new Error('The page’s script cannot stand in a page.');
  return code.trim();
}

/** Comments, and the blanks around what separates, say nothing to a browser. */
const styleText = async () =>
  (await readFile(new URL('style.css', folder), 'utf8'))
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .trim();

const place = fileURLToPath(new URL('built.ts', folder));
/** The plugin that puts them there. */
export const pagePlugin = {
  name: 'page',
  async load(id) {
    if (id.replace(/\?.*/, '') !== place) return undefined;
    const [script, style] = await Promise.all([scriptText(), styleText()]);
    return `export const script = ${JSON.stringify(script)};\nexport const style = ${JSON.stringify(style)};`;
  },
};
