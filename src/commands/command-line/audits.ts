import { type Command, InvalidArgumentError } from 'commander';
import { defined } from '../../model/text/defined.ts';
import { jsonOption, runOption } from '../process/options.ts';
import type { Context } from './context.ts';

type VerifyFlags = Pick<
  import('../audit-verify.ts').AuditVerify,
  'json' | 'root' | 'closed' | 'allowedSigners'
>;

/** What proves the audit log. */
export function defineAudits(audit: Command, { done, given, toRead }: Context): void {
  audit
    .command('verify')
    .description('prove that the journal is as it was written; asks nothing of AWS')
    .argument('[file]', 'a journal, a hand-off’s file, or an export as JSON lines, instead of a run')
    .option('--root <hex>', 'the root in the change ticket, at least its first 16 digits', rootText)
    .option('--allowed-signers <file>', 'verify signatures with ssh-keygen: who may have signed')
    .option('--closed', 'fail where the run is not closed', false)
    .option(...jsonOption)
    .option(...runOption)
    .action(async (file: string | undefined, options: VerifyFlags, command: Command) => {
      const { auditVerify } = await import('../audit-verify.ts');
      const { run } = command.optsWithGlobals<{ run?: string }>();
      done(await auditVerify({ ...(await toRead()), ...options, ...defined({ file, run }) }));
    });

  audit
    .command('sign')
    .description('sign how far the journal is, with your SSH key; asks nothing of AWS')
    .requiredOption('--key <file>', 'your key’s file, or its public half where an agent has it')
    .option(...runOption)
    .action(async (options: { key: string }, command: Command) => {
      const { auditSign } = await import('../audit-sign.ts');
      const { run } = command.optsWithGlobals<{ run?: string }>();
      done(await auditSign({ ...(await given()), ...options, ...defined({ run }) }));
    });
}
function rootText(value: string): string {
  if (/^[0-9a-f]{16,64}$/i.test(value)) return value;
  throw new InvalidArgumentError('It has to be 16 to 64 hexadecimal digits.');
}
