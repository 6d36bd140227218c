// Which parts of the program are one file each: what is loaded together stands together.
import { relative } from 'node:path';

const services = (...names) => names.map((name) => `src/aws/services/${name}.ts`);
const commands = (...names) => names.map((name) => `src/commands/${name}.ts`);
const packaged = (...names) => names.map((name) => `node_modules/${name}/dist-es/index.js`);

/** What the screen needs up to its first frame, and what leads to it. */
const first = [...commands('guided', 'runs/environment'), 'src/ui/render.tsx'];
/** Modules by their names, without what follows the last dot; one that ends in a slash: all in that folder. */
const later = (...names) =>
  new RegExp(`^(${names.map((name) => (/[/)]$/.test(name) ? `${name}.*` : `${name}\\.[a-z]+`)).join('|')})$`);
const within = (folder, names) => names.split(' ').map((name) => `${folder}/${name}`);
/** What the steps do, and what is said of it: nothing of it runs before the first frame, and `status` does without. */
const work = [
  'steps/permission-sets/(?!plan-permission-set|observe-permission-set|holders|foretold)',
  'steps/assignments/(?!assignments|management-target|earlier)',
  'steps/lookups/(?!create-user)',
  ...within('src/model', 'access/(?!preflight\\.) policy/ drift console question'),
  ...within('src/model/evidence', 'recorded tree head-tag'),
  ...within('src/model/progress', 'handoff cli-target cli-command reverse'),
  ...within('src/model/text', 'at-most json-text name-key follows-from duration account-id'),
  ...within('src/report', 'lines remaining-commands handoff ahead-lines evidence-lines'),
  ...within('src/journal', 'torn others'),
];
/** What a question and the views over it look like, and what their keys do. */
const asked = [
  ...within(
    'src/presentation',
    'presenters changes identities attempts undo texts sign-in affected handoff reply-keys',
  ),
  ...within(
    'src/ui/content',
    'list-lines views credential-table steps-lines help-lines log-lines document-lines',
  ),
  ...within(
    'src/ui/input',
    'list-keys copied text-keys text-box validate-input answers links cli-commands search',
  ),
  ...within('src/ui/input', 'arrange log-search handoff-keys row'),
  ...within('src/ui/text', 'links cut-middle'),
  ...within(
    'src/model',
    'progress/sent-before policy/policy-summary policy/change-words access/refusals access/source-facts',
  ),
  'src/report/welcome-lines',
  'node_modules/(get-east-asian-width|strip-ansi)/',
];
/** What AWS's clients are made of. */
const behindIt = [
  ...within(
    'src/aws/settings',
    'proxy aws-hosts sdk-settings proxy-address profile-chain endpoint-address key-characters',
  ),
  ...within('src/aws/settings', 'client-defaults region-name'),
  ...within('src/aws/credentials', 'login-tokens sign-in-endpoints device-tokens'),
  'node_modules/(fastest-levenshtein|proxy-from-env)/',
];
/** What the simulated organization needs once it is asked something. */
const serving = [
  ...within('src/simulator', 'trail/ performer pipeline models/ faults/concurrent-admin faults/absences'),
  ...within('src/simulator/organization', 'sessions seals trail'),
  'src/simulator/protocol/(?!listener|refusal|interceptor|pages)',
  'src/simulator/services/(?!keys|permissions\\.|permission-sets|applications|sign-in-errors|quota|requests|account-instances|context)',
];
/** The organization itself. */
const simulated = /^src.(simulator.|commands.(runs.simulated-organization|process.state-file)\.)/;
/**
 * In this order: a part is what its modules import, statically, without what an earlier part has already. So a part
 * needs earlier ones only, and no file waits for one that waits for it. Where others follow, it is only what these import,
 * too; where a pattern does, what it fits. A name that comes again means the same file.
 */
const parts = [
  ['cw-runbook', ['src/main.ts']],
  ['start', ['src/cli.ts', 'src/simulator/organization/scenario-names.ts']],
  ['work', ['steps/index.ts', ...first, ...commands('status')], later(...work)],
  ['asking', ['steps/index.ts', ...first], later(...asked)],
  ['behind', first, later(...behindIt)],
  ['commands', ['src/simulator/faults/fault-names.ts']],
  ['serving', commands('demo', 'simulator', 'undo', 'resume', 'simulating'), later(...serving)],
  ['simulator', commands('demo', 'simulator', 'undo', 'resume', 'simulating'), simulated],
  ['runbook', ['steps/index.ts']],
  ['runbook', first, commands('status')],
  ['status', commands('status')],
  ['guided', commands('guided', 'runs/environment')],
  ['guided', first, [...commands('doctor', 'run', 'screen/behind', 'demo'), 'src/ui/plain/render.ts']],
  ['screen', first],
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
      ...commands('runs/reclaim-handoff', 'runs/write-handoff', 'runs/closing'),
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
      'command-line/completion',
      'command-line/man',
    ),
  ],
  ['checks', commands('doctor')],
  ['walking', commands('run')],
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
  ['lines', ['src/ui/plain/render.ts']],
  ['simulator', commands('demo', 'simulator', 'undo', 'resume', 'simulating')],
  ['comparing', commands('first-contact/first-contact', 'record/recorder')],
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
          if (!partOf.has(id) && may(id)) partOf.set(id, name);
      }
    },
  };
  const groups = [...new Set(parts.map(([name]) => name))].map((name) => ({
    name,
    test: (id) => partOf.get(id) === name,
  }));
  return { plugin, groups };
}
