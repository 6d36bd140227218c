import type { Command } from 'commander';
import { defined } from '../../model/text/defined.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import type { ApplyFlags, PlanFlags } from '../process/flags.ts';
import { answerOption, newOption, runOption, schemaOption } from '../process/options.ts';
import type { Context } from './context.ts';
import { changing, looking } from './option-groups.ts';

type Globals = { readonly run?: string; readonly new?: true };

/** What looks at the whole run before it is made, carries that out, and looks again afterwards. */
export function definePlans(root: Command, { recording, given, lead, schemaOf, toRead }: Context): void {
  looking(
    root
      .command('plan')
      .description('show what a run would do, step by step; changes nothing')
      .option('--answers <file>', 'JSON or YAML file with profiles and answers')
      .option(...answerOption)
      .option('--yes', 'accept the credentials', false)
      .option('--json', 'the plan as JSON')
      .option(...schemaOption)
      .option('--out <file>', `write it for ${asCommand('cw-runbook apply')}`)
      .option('--undo', 'show what undoing the run would remove, instead')
      .option(...runOption)
      .option(...newOption),
  ).action(async ({ simulate, schema, ...options }: PlanFlags, command: Command) => {
    if (schema) return schemaOf('plan');
    const { plan } = await import('../plan.ts');
    const { run, new: fresh } = command.optsWithGlobals<Globals>();
    const at = await (simulate === undefined ? toRead() : given());
    const named = { ...at, ...options, ...defined({ run, fresh }), ...recording.of() };
    await lead(simulate, (there) => plan({ ...named, ...there }));
  });

  changing(
    root
      .command('apply')
      .description('carry out a plan, if everything still is as it was planned for')
      .argument('<plan>', 'the file that plan --out wrote')
      .option(
        '--answers <file>',
        'JSON or YAML file with the profiles of this machine, instead of the plan’s',
      )
      .option('--yes', 'accept the credentials and confirm routine changes', false)
      .option('--json', 'events as JSON lines on standard output, all else on standard error'),
  ).action(async (file: string, { simulate, ...options }: ApplyFlags) => {
    const { apply } = await import('../apply.ts');
    const named = { ...(await given()), plan: file, ...options, ...recording.of() };
    await lead(simulate, (there) => apply({ ...named, ...there }));
  });

  looking(
    root
      .command('verify')
      .description('check again everything that a run has verified, and report what differs')
      .option('--answers <file>', 'JSON or YAML file with the profiles of this machine, instead of the run’s')
      .option('--yes', 'accept the credentials of the run’s accounts', false)
      .option('--json', 'the result as JSON')
      .option(...schemaOption)
      .option(...runOption),
  ).action(async ({ simulate, schema, ...options }: PlanFlags, command: Command) => {
    if (schema) return schemaOf('verify');
    const { verify } = await import('../verify.ts');
    const { run } = command.optsWithGlobals<Globals>();
    const named = { ...(await given()), ...options, ...defined({ run }), ...recording.of() };
    await lead(simulate, (there) => verify({ ...named, ...there }));
  });
}
