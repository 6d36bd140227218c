import type { Command, Option } from 'commander';
import { faultNames } from '../../simulator/faults/fault-names.ts';
import { scenarios } from '../../simulator/organization/scenario-names.ts';
import { everyCommand, pathOf } from '../process/command-tree.ts';
import { type ExitCode, exitCodes } from '../process/exit.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

/** Prints what a shell completes commands, options and values by. It is made of the commands themselves. */
export function completion(shell: Shell, root: Command): ExitCode {
  const text = { bash, zsh, fish }[shell](nodesOf(root));
  process.stdout.write(text);
  return exitCodes.done;
}

interface Node {
  readonly path: string; // '' is the program
  readonly says: string;
  readonly commands: readonly Node[];
  readonly options: readonly Flag[];
  readonly values: readonly string[]; // of its argument
  readonly takesFile: boolean;
}
interface Flag {
  readonly long: string;
  readonly says: string;
  readonly takes: 'nothing' | 'file' | 'folder' | 'text' | readonly string[];
}

function nodesOf(root: Command): readonly Node[] {
  const nodeOf = (command: Command): Node => ({
    path: command === root ? '' : pathOf(command),
    says: firstLine(command.description()),
    commands: command.commands.map(nodeOf),
    options: [...command.options.map(flagOf), helpFlag],
    values: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    takesFile: command.registeredArguments.some((one) => one.name() === 'file'),
  });
  const help: Node = {
    ...{
      path: 'help',
      says: 'show the help of a command',
      commands: [],
      options: [helpFlag],
      takesFile: false,
    },
    values: root.commands.map((one) => one.name()),
  };
  const top = nodeOf(root);
  const all = everyCommand(root).slice(1).map(nodeOf);
  return [{ ...top, commands: [...top.commands, help] }, ...all, help];
}
const helpFlag: Flag = { long: '--help', says: 'show help', takes: 'nothing' };
const firstLine = (text: string): string => text.split('\n')[0] ?? '';

/** What an option takes, by its choices or by how its value is called. */
function flagOf({ long, flags, description, argChoices }: Option): Flag {
  const [, called = ''] = /<([^>]+)>/.exec(flags) ?? [];
  const known: Readonly<Record<string, readonly string[]>> = { scenario: scenarios, fault: faultNames };
  const named = known[(long ?? '').slice(2)];
  const takes =
    argChoices ??
    named ??
    (called === ''
      ? 'nothing'
      : /file|path/.test(called)
        ? 'file'
        : /folder|dir/.test(called)
          ? 'folder'
          : 'text');
  return { long: long ?? flags, says: firstLine(description), takes };
}

const words = (node: Node): string =>
  [
    ...node.commands.map((one) => lastWord(one)),
    ...node.values,
    ...node.options.map(({ long }) => long),
  ].join(' ');
const lastWord = ({ path }: Node): string => path.split(' ').at(-1) ?? '';

const identifier = 'cw_runbook';

function bash(nodes: readonly Node[]): string {
  const list = nodes.map(({ path }) => path).filter(Boolean);
  const byFlag = new Map(
    nodes.flatMap((node) => node.options.map((flag) => [flag.long, flag.takes] as const)),
  );
  const cases = [...byFlag].flatMap(([long, takes]) => {
    if (takes === 'nothing') return [];
    if (takes === 'text') return [`    ${long}) return ;;`];
    if (takes === 'file') return [`    ${long}) COMPREPLY=($(compgen -f -- "$word")); return ;;`];
    if (takes === 'folder') return [`    ${long}) COMPREPLY=($(compgen -d -- "$word")); return ;;`];
    return [`    ${long}) COMPREPLY=($(compgen -W '${takes.join(' ')}' -- "$word")); return ;;`];
  });
  return `# bash completion for cw-runbook: source <(cw-runbook completion bash)
_${identifier}() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} at='' one
  COMPREPLY=()
  case $before in
${cases.join('\n')}
  esac
  for one in "\${COMP_WORDS[@]:1:$((COMP_CWORD - 1))}"; do
    case "\${at:+$at }$one" in
      ${list.map((path) => `'${path}'`).join('|')}) at="\${at:+$at }$one" ;;
    esac
  done
  case $at in
${nodes
  .map(
    (node) =>
      `    '${node.path}') COMPREPLY=($(compgen -W '${words(node)}' -- "$word")${node.takesFile ? ' $(compgen -f -- "$word")' : ''}) ;;`,
  )
  .join('\n')}
  esac
}
complete -o filenames -F _${identifier} cw-runbook
`;
}

/** zsh takes bash's completions: they are one program's, and tested as one. */
const zsh = (nodes: readonly Node[]): string =>
  `#compdef cw-runbook
# zsh completion for cw-runbook: source <(cw-runbook completion zsh), after compinit
autoload -U +X bashcompinit && bashcompinit
${bash(nodes).split('\n').slice(1).join('\n')}`;

function fish(nodes: readonly Node[]): string {
  const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const top = (nodes[0]?.commands ?? []).map(lastWord);
  const lines = nodes.flatMap((node) => {
    const parents = node.path.split(' ').filter(Boolean);
    const condition =
      parents.length === 0
        ? `not __fish_seen_subcommand_from ${top.join(' ')}`
        : parents.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');
    const begin = `complete -c cw-runbook -n ${quoted(condition)}`;
    return [
      ...node.commands.map((one) => `${begin} -f -a ${lastWord(one)} -d ${quoted(one.says)}`),
      ...(node.values.length > 0 ? [`${begin} -f -a ${quoted(node.values.join(' '))}`] : []),
      ...node.options.map(({ long, says, takes }) => {
        const flag = `${begin} -l ${long.slice(2)} -d ${quoted(says)}`;
        if (takes === 'nothing') return flag;
        if (takes === 'file') return `${flag} -r -F`;
        if (takes === 'folder') return `${flag} -x -a '(__fish_complete_directories)'`;
        return takes === 'text' ? `${flag} -x` : `${flag} -x -a ${quoted(takes.join(' '))}`;
      }),
    ];
  });
  return `# fish completion for cw-runbook: cw-runbook completion fish | source\n${lines.join('\n')}\n`;
}
