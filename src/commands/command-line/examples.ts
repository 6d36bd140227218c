import type { Command } from 'commander';
import { asCommand } from '../../model/text/own-commands.ts';
import { faultNames } from '../../simulator/faults/fault-names.ts';
import { scenarios } from '../../simulator/organization/scenario-names.ts';
import { pathOf } from '../process/command-tree.ts';

type Example = readonly [command: string, does: string];
/** By the command's name as it is typed. */
const examples: Readonly<Record<string, readonly Example[]>> = {
  'cw-runbook': [
    ['cw-runbook demo', 'look around: no AWS account, no credentials'],
    ['cw-runbook', 'begin, or continue the unfinished run'],
    ['cw-runbook --profile org-management', 'the same, with this AWS profile first'],
    ['cw-runbook help run', 'how a command is used'],
  ],
  demo: [
    ['cw-runbook demo', 'a new organization, or the demo you left'],
    ['cw-runbook demo --scenario external-idp', 'people come from an identity provider'],
    ['cw-runbook demo --fresh', 'begin again'],
    ['cw-runbook demo --fault reset-after-effect:operation=sso:CreatePermissionSet', 'a lost answer'],
  ],
  run: [
    ['cw-runbook run --questions > answers.json', 'an answers file to fill in'],
    ['cw-runbook run --answers answers.json --yes', 'stops before dangerous changes'],
    ["cw-runbook run --answers answers.json --yes --confirm 'Shared Services'", 'confirms one of them'],
  ],
  plan: [
    ['cw-runbook plan --answers answers.json --yes', 'what a run would do'],
    ['cw-runbook plan --answers answers.json --yes --out setup.plan', 'for apply'],
    ['cw-runbook plan --answers answers.json --yes --json', 'for programs'],
    ['cw-runbook plan --undo --answers answers.json --yes', 'what undoing the run would remove'],
  ],
  apply: [
    ["cw-runbook apply setup.plan --yes --confirm 'Shared Services'", 'what was planned, and nothing else'],
    ['cw-runbook apply setup.plan --answers ci.json --yes', 'with the profiles of this machine'],
  ],
  verify: [
    ['cw-runbook verify --yes', 'with the profiles that the run used'],
    ['cw-runbook verify --answers ci.json --yes --json', 'nightly, in a pipeline'],
  ],
  answers: [
    ['cw-runbook answers > next.json', 'as the newest run was answered'],
    ['cw-runbook answers --schema > answers.schema.json', 'for an editor'],
  ],
  undo: [
    ['cw-runbook undo', 'the newest run that made something'],
    ['cw-runbook undo --run 5Z0KQ7XA', 'another run'],
    ["cw-runbook undo --answers answers.json --yes --confirm 'Shared Services'", 'unattended'],
  ],
  handoff: [
    ['cw-runbook handoff --to run.cwhandoff', 'the file for the next person'],
    ["cw-runbook handoff --note 'The portal is checked.'", 'with a note'],
  ],
  resume: [
    ['cw-runbook resume run.cwhandoff', 'in a terminal'],
    ['cw-runbook resume run.cwhandoff --answers answers.json --yes', 'unattended'],
  ],
  status: [
    ['cw-runbook status', 'how far the run is'],
    ['cw-runbook status --commands > rest.sh', 'what remains, as a script for the AWS CLI'],
    ['cw-runbook status --json', 'for programs'],
  ],
  runs: [
    ['cw-runbook runs', 'every run on this machine'],
    ['cw-runbook runs --json', 'for programs'],
    ['cw-runbook runs remove 5Z0KQ7XA', 'move one to a dated folder'],
    ['cw-runbook runs remove --purge', 'delete what was moved there'],
  ],
  'runs remove': [
    ['cw-runbook audit export --run 5Z0KQ7XA > run.md', 'keep what was done first'],
    ['cw-runbook runs remove 5Z0KQ7XA', 'move the run to a dated folder'],
    ['cw-runbook runs remove 5Z0KQ7XA --forget', 'also where it made something that is not undone'],
    ['cw-runbook runs remove --purge', 'delete what was moved there'],
  ],
  audit: [['cw-runbook audit export > run.md', 'for people']],
  'audit export': [
    ['cw-runbook audit export > run.md', 'for people'],
    ['cw-runbook audit export --format html --out change.html', 'a page that verifies itself'],
    ['cw-runbook audit export --format csv --redact pii --out run.csv', 'a table without names'],
    ['cw-runbook audit export --format ocsf >> events.jsonl', 'for a SIEM'],
    ['cw-runbook audit export --format jsonl', 'every event, for programs'],
  ],
  'audit list': [
    ['cw-runbook audit list --from 2026-11-01 --to 2026-11-30', 'all runs of a month'],
    ['cw-runbook audit list --json', 'for programs'],
  ],
  'audit verify': [
    ['cw-runbook audit verify', 'of the newest run'],
    ['cw-runbook audit verify run.cwhandoff', 'of a file that somebody sent'],
    ['cw-runbook audit verify --closed --root 2f9c41d07ab5e388', 'against the root in the change ticket'],
  ],
  'audit sign': [
    ['cw-runbook audit sign --key ~/.ssh/id_ed25519', 'with a key in a file'],
    ['cw-runbook audit sign --key ~/.ssh/id_ed25519.pub', 'with a key that an agent has'],
  ],
  'audit reconcile': [
    ['cw-runbook audit reconcile --yes', 'with the profiles that the run used'],
    ['cw-runbook audit reconcile --answers ci.json --yes --json', 'a day later, in a pipeline'],
  ],
  export: [
    ['cw-runbook export terraform --out setup.tf', 'with an import block for what is there'],
    ['cw-runbook export cloudformation --out stacks', 'templates, and the objects to import'],
    ['cw-runbook export ssm --out documents', 'Systems Manager Automation, with approvals'],
    ['cw-runbook export cli --remaining > rest.sh', 'the rest, safe to run twice'],
  ],
  doctor: [
    ['cw-runbook doctor --profile org-management', 'why credentials work or do not'],
    ['cw-runbook doctor --offline', 'the same, sending nothing'],
    ['cw-runbook doctor --json', 'for programs'],
  ],
  permissions: [
    ['cw-runbook permissions', 'a policy for each account’s credentials'],
    ['cw-runbook permissions --actor management --undo', 'with what undoing needs'],
  ],
  simulator: [
    ['cw-runbook simulator --port 8765 --profiles ./aws', 'with profiles for the AWS CLI'],
    ['cw-runbook simulator --scenario large --rate 20', 'large, and as slow as AWS'],
  ],
  man: [['cw-runbook man > cw-runbook.1', 'the page that the package has']],
  completion: [
    [`source <(${asCommand('cw-runbook completion bash')})`, 'bash, in ~/.bashrc'],
    [`source <(${asCommand('cw-runbook completion zsh')})`, 'zsh, in ~/.zshrc after compinit'],
    ['cw-runbook completion fish | source', 'fish, in ~/.config/fish/config.fish'],
  ],
};

/** Of one command. */
export const examplesIn = (command: Command): readonly Example[] => examples[pathOf(command)] ?? [];

/** What stands below a command's options: examples, and the names that its options take. */
export function examplesOf(command: Command): string {
  const own = examplesIn(command);
  const has = (flag: string): boolean => command.options.some(({ long }) => long === flag);
  return [
    ...(own.length > 0 ? ['', 'Examples:', ...own.flatMap(exampleLines)] : []),
    ...(has('--scenario') ? ['', 'Scenarios:', ...wrapped(scenarios)] : []),
    ...(has('--fault') ? ['', 'Faults:', ...wrapped(faultNames)] : []),
  ].join('\n');
}

const exampleLines = ([line, does]: Example): readonly string[] => [
  `  # ${does}`,
  `  ${line.startsWith('cw-runbook') ? asCommand(line) : line}`,
];

function wrapped(names: readonly string[], columns = 78): readonly string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length + 2 <= columns) lines.push(`${lines.pop()}, ${name}`);
    else lines.push(`  ${name}`);
  }
  return lines.map((line, n) => (n < lines.length - 1 ? `${line},` : line));
}
