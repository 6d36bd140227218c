import type { Command } from 'commander';

/**
 * The arguments, where the guided run is asked for with `--simulate`: in a simulated organization that is the demo. As a
 * flag of the program itself it would be taken from the commands that have it.
 */
export function withGuidedRehearsed(argv: readonly string[], root: Command): readonly string[] {
  const { operands, unknown } = root.parseOptions([...argv]);
  const [first = '', next] = unknown;
  const asked = /^--simulate(?:=(.*))?$/s.exec(first);
  if (operands.length > 0 || !asked) return argv;
  const [, scenario] = asked;
  const named = scenario ?? (next?.startsWith('-') ? undefined : next);
  const own = argv.filter((one) => !unknown.includes(one));
  const rest = unknown.slice(scenario === undefined && named !== undefined ? 2 : 1);
  return ['demo', ...(named === undefined ? [] : ['--scenario', named]), ...rest, ...own];
}
