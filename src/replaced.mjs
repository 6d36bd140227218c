// Modules of other packages in whose place a file of ours stands: in what is shipped, and in the tests.
import { fileURLToPath } from 'node:url';

const file = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
/**
 * Whole modules only: nothing inside a package is rewritten. `asked` is what an import says, `by` the file that it gets.
 * That file itself gets the module under the same name; `within`, where a relative import is meant, is who asks.
 */
const replaced = [
  // The screen is one column of rows that come as they are to be written: nothing is laid out, wrapped, cut or colored.
  ...[
    [/^\.\.?\/reconciler\.js$/, 'reconciler'],
    [/^\.\.?\/dom\.js$/, 'nodes'],
    [/^\.\/renderer\.js$/, 'renderer'],
    [/^\.\.?\/(components\/)?Text\.js$/, 'text'],
    [/^\.\/hooks\/use-box-metrics\.js$/, 'nothing'],
    [/^\.\/line-update\.js$/, 'nothing'],
    [/^\.\/ErrorOverview\.js$/, 'nothing'],
    [/^yoga-layout$/, 'nothing'],
    [/^wrap-ansi$/, 'nothing'],
  ].map(([asked, by]) => ({
    asked,
    within: /[\\/]ink[\\/]build[\\/]/,
    by: file(`src/ui/terminal/${by}.ts`),
  })),
  // Ink's own, which it does not export: what it takes out of a text before it is written.
  { asked: /^ink\/build\/sanitize-ansi\.js$/, by: file('node_modules/ink/build/sanitize-ansi.js') },
  { asked: /^string-width$/, by: file('src/ui/terminal/string-width.ts') },
  // What makes ids asks for chance only where it is given none; what tells Ink of an end, whether it was given a function.
  { asked: /^node:crypto$/, within: /[\\/]ulid[\\/]/, by: file('src/never-loaded.mjs') },
  { asked: /^assert$/, within: /[\\/]signal-exit[\\/]/, by: file('src/ui/terminal/assert.ts') },
  // conf's schemas and migrations, which the settings do without: 175 kB.
  ...[/^ajv\/dist\/2020\.js$/, /^ajv-formats$/, /^semver$/].map((asked) => ({
    asked,
    within: /[\\/]conf[\\/]/,
    by: file('src/journal/conf-without.ts'),
  })),
  // The client with which the SDK takes up a role is the one that asks who we are.
  { asked: /^@aws-sdk\/nested-clients\/sts$/, by: file('src/aws/services/sts.ts') },
  // What hashes where Node's own crypto is missing; and what only a browser, streaming services, other kinds of credentials, or Ink's developer tools load: nothing of
  // ours comes there.
  ...[
    [/^bowser$/, /[\\/]util-user-agent-browser[\\/]/],
    [/^@aws-sdk\/credential-provider-cognito-identity$/, /[\\/]credential-providers[\\/]/],
    [/^@smithy\/core\/event-streams$/, /[\\/]HttpProtocol\.js$/],
    [/^\.\/Sha256Js$/, /[\\/]Sha256Node\.js$/],
    [/^\.\/loadSts\.js$/, /[\\/]credential-providers[\\/]/],
  ].map(([asked, within]) => ({ asked, within, by: file('src/never-loaded.mjs') })),
];

/** What an import gets instead of what it asks for; undefined: that itself. */
export function replacementOf(asked, importer = '') {
  const found = replaced.find((one) => one.asked.test(asked) && (one.within ?? /^/).test(importer));
  if (found) met.add(found);
  return importer === found?.by ? undefined : found?.by;
}
const met = new Set();
/** What nobody has asked for: its package has changed, and the file of ours no longer stands in its place. */
export const unmet = () => replaced.filter((one) => !met.has(one)).map(({ asked }) => `${asked}`);

/** The packages whose imports the tests have to follow, so that they get the same. */
export const importers = [
  'ink',
  'ink-testing-library',
  'cli-truncate',
  'widest-line',
  'wrap-ansi',
  'string-width',
  'conf',
  'signal-exit',
  'ulid',
];
