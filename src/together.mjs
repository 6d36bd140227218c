// Which parts of the program are loaded as one: those that are needed together, or share nearly all they need.
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { build } from 'esbuild';

/**
 * Every part that can be loaded on its own makes a file, and one more for what each set of parts shares: 112 of them
 * when nothing is put together. Each list stands for one file. How much later a command begins was measured: not at all.
 */
const parts = {
  guiding: ['guided', 'run', 'runs/environment'].map((name) => `src/commands/${name}.ts`),
  // These know the simulator, which is large.
  simulated: ['demo', 'simulator', 'undo', 'resume'].map((name) => `src/commands/${name}.ts`),
  // The runbook with them: all but two commands need it, and few of these needs are its alone.
  reading: [
    ...['status', 'audit-export', 'permissions', 'handoff'].map((name) => `src/commands/${name}.ts`),
    'steps/index.ts',
  ],
  asking: ['first-contact/first-contact', 'record/recorder'].map((name) => `src/commands/${name}.ts`),
  signIn: [
    'src/aws/services/sign-in.ts',
    'node_modules/@aws-sdk/credential-provider-sso/dist-es/loadSso.js',
    'node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/index.js',
    'node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/index.js',
  ],
  credentials: [
    '@aws-sdk/credential-provider-env',
    '@aws-sdk/credential-provider-http',
    '@aws-sdk/credential-provider-ini',
    '@aws-sdk/credential-provider-login',
    '@aws-sdk/credential-provider-node',
    '@aws-sdk/credential-provider-process',
    '@aws-sdk/credential-provider-sso',
    '@aws-sdk/credential-provider-web-identity',
    '@smithy/credential-provider-imds',
    '@smithy/shared-ini-file-loader',
  ].map((name) => `node_modules/${name}/dist-es/index.js`),
};

/** Of those that have names in common with others of their list: what is exported. All that anybody asks of them. */
const only = {
  'node_modules/@aws-sdk/credential-provider-sso/dist-es/loadSso.js': [], // all of it is in sign-in.ts
  'node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/index.js': ['CreateTokenCommand'],
  'node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/index.js': ['CreateOAuth2TokenCommand'],
};

export const together = (root) => ({
  name: 'together',
  setup: (bundle) => {
    /** Who wants which names of a part. */
    const wanted = [];
    bundle.onResolve({ filter: /./ }, async ({ path, kind, pluginData, ...from }) => {
      if (kind !== 'dynamic-import' || pluginData === 'together') return undefined;
      const found = await bundle.resolve(path, { ...from, kind, pluginData: 'together' });
      const file = relative(root, found.path).replaceAll('\\', '/');
      const part = Object.keys(parts).find((name) => parts[name].includes(file));
      if (part === undefined) return undefined;
      const text = await readFile(from.importer, 'utf8');
      const names = namesTaken(text, path);
      if (names.length === 0) throw new Error(`What ${from.importer} takes of ${path} cannot be told`);
      wanted.push({ importer: from.importer, part, names });
      return { path: part, namespace: 'together' };
    });
    bundle.onLoad({ filter: /./, namespace: 'together' }, ({ path: part }) => ({
      contents: parts[part]
        .map((file) => `export ${only[file] ? `{ ${only[file]} }` : '*'} from './${file}';`)
        .join('\n'),
      resolveDir: root,
    }));
    // A name that two of a list export would be the first one's: nothing is built then; nor where a name is missing.
    bundle.onEnd(async () => {
      const exported = await exportsOf(Object.values(parts).flat(), bundle.initialOptions);
      const wrong = Object.entries(parts).flatMap(([part, files]) => {
        const names = files.flatMap((file) => only[file] ?? exported.get(file));
        const twice = names.filter((name, n) => name === 'default' || names.indexOf(name) !== n);
        const missing = wanted
          .filter((one) => one.part === part)
          .flatMap((one) => one.names.filter((name) => !names.includes(name)));
        return [
          ...twice.map((name) => `"${part}" has more than one ${name}`),
          ...missing.map((name) => `"${part}" has no ${name}`),
        ];
      });
      return { errors: wrong.map((text) => ({ text: `Loaded as one, ${text}` })) };
    });
  },
});

/** `const { a, b: c } = await import('…')` and `(await import('…')).a`: what is taken, by its exported name. */
function namesTaken(text, path) {
  const from = `await import\\(\\s*['"]${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"]\\s*\\)`;
  const taken = [
    ...text.matchAll(new RegExp(`\\{([^{}]*)\\}\\s*=\\s*${from}`, 'g')),
    ...text.matchAll(new RegExp(`${from}\\)\\.(\\w+)`, 'g')),
  ];
  return taken.flatMap(([, names]) =>
    names
      .split(',')
      .map((name) => name.split(':')[0].trim())
      .filter((name) => name !== ''),
  );
}
async function exportsOf(files, options) {
  const plugins = options.plugins.filter(({ name }) => name !== 'together');
  const { metafile } = await build({ ...options, entryPoints: files, plugins, write: false, metafile: true });
  return new Map(Object.values(metafile.outputs).map(({ entryPoint, exports }) => [entryPoint, exports]));
}
