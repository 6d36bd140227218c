// Which parts of the program are one file each: what is loaded together stands together.
import { relative } from 'node:path';

const services = (...names) => names.map((name) => `src/aws/services/${name}.ts`);
const commands = (...names) => names.map((name) => `src/commands/${name}.ts`);
const packaged = (...names) => names.map((name) => `node_modules/${name}/dist-es/index.js`);

/**
 * In this order: a part is what its modules import, statically, without what an earlier part has already. So a part
 * needs earlier ones only, and no file waits for one that waits for it.
 */
const parts = [
  ['start', ['src/main.ts']],
  ['files', packaged('@smithy/shared-ini-file-loader')],
  ['status', [...commands('status'), 'steps/index.ts']],
  [
    'reading',
    commands(
      'audit-export',
      'audit-list',
      'handoff',
      'permissions',
      'runs',
      'runs-remove',
      'command-line/completion',
      'command-line/man',
      'simulating',
    ),
  ],
  ['checks', commands('doctor')],
  ['walking', commands('guided', 'run', 'runs/environment')],
  ['planning', commands('plan', 'apply', 'verify', 'answers')],
  ['export', commands('export', 'audit-reconcile')],
  ['lines', ['src/ui/plain/render.ts']],
  ['screen', ['src/ui/render.tsx']],
  ['simulator', commands('demo', 'simulator', 'undo', 'resume')],
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
      for (const [name, modules] of parts)
        for (const module of modules) {
          const id = known.get(module);
          if (id === undefined)
            throw new Error(`Nothing imports ${module}, which the part ${name} is to have`);
          take.call(this, id, name);
        }
    },
  };
  function take(id, name) {
    if (partOf.has(id)) return;
    partOf.set(id, name);
    for (const imported of this.getModuleInfo(id)?.importedIds ?? []) take.call(this, imported, name);
  }
  const groups = parts.map(([name]) => ({ name, test: (id) => partOf.get(id) === name }));
  return { plugin, groups };
}

/**
 * rolldown makes each module that is imported by `import()` a file of its own, be it one that only says where its names are
 * by now. These are left out: who imports them takes the names from there.
 */
export function withoutSignposts(files) {
  const posts = new Map(
    files.flatMap(({ fileName, isDynamicEntry, moduleIds, code }) => {
      if (!isDynamicEntry || moduleIds.length > 0) return [];
      const [, names, file] =
        /^(?:import"[^"]+";)*export\{([^{}]+)\}from"([^"]+)";(?:import"[^"]+";)*\s*$/.exec(code) ?? [];
      if (names === undefined) throw new Error(`${fileName} is not understood: ${code}`);
      const taken = names.split(',').map((one) => {
        const [there, here = there] = one.split(' as ');
        return `${here}:e.${there}`;
      });
      return [[`./${fileName}`, `import(\`${file}\`).then(e=>({${taken}}))`]];
    }),
  );
  return files
    .filter(({ fileName }) => !posts.has(`./${fileName}`))
    .map(({ fileName, imports, moduleIds, code }) => ({
      fileName,
      imports,
      moduleIds,
      code: code.replaceAll(/import\(`([^`]+)`\)/g, (said, file) => posts.get(file) ?? said),
    }));
}
