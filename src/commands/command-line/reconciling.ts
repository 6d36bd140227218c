import type { Command } from 'commander';
import { defined } from '../../model/text/defined.ts';
import type { PlanFlags } from '../process/flags.ts';
import { pagesOption, runOption, schemaOption } from '../process/options.ts';
import type { Context } from './context.ts';
import { looking } from './option-groups.ts';

interface Flags extends Pick<PlanFlags, 'answers' | 'yes' | 'timeout' | 'simulate' | 'json' | 'schema'> {
  readonly maxPages?: number;
}

/** What looks a run up in CloudTrail. `audit`: the command that it is a part of. */
export function defineReconciling(audit: Command, { recording, given, lead, schemaOf }: Context): void {
  looking(
    audit
      .command('reconcile')
      .description('compare the run with CloudTrail’s events, both ways; changes nothing')
      .option('--answers <file>', 'JSON or YAML file with the profiles of this machine, instead of the run’s')
      .option('--yes', 'accept the credentials of the run’s accounts', false)
      .option('--json', 'the result as JSON')
      .option(...schemaOption)
      .option(...pagesOption)
      .option(...runOption),
  ).action(async ({ simulate, schema, ...options }: Flags, command: Command) => {
    if (schema) return schemaOf('reconcile');
    const { auditReconcile } = await import('../audit-reconcile.ts');
    const { run } = command.optsWithGlobals<{ run?: string }>();
    const named = { ...(await given()), ...options, ...defined({ run }), ...recording.of() };
    await lead(simulate, (there) => auditReconcile({ ...named, ...there }));
  });
}
