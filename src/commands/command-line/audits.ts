import { type Command, InvalidArgumentError, Option } from 'commander';
import { defined } from '../../model/text/defined.ts';
import { oneOf } from '../process/flags.ts';
import { jsonOption, runOption, schemaOption } from '../process/options.ts';
import type { Context } from './context.ts';
import { defineReconciling } from './reconciling.ts';

const formats = ['markdown', 'html', 'jsonl', 'csv', 'ocsf'];

type AuditFlags = Pick<
  import('../audit-export.ts').AuditExport,
  'format' | 'out' | 'force' | 'redact' | 'file'
>;
type ListFlags = Pick<import('../audit-list.ts').AuditList, 'from' | 'to' | 'json'>;
type VerifyFlags = Pick<
  import('../audit-verify.ts').AuditVerify,
  'json' | 'root' | 'closed' | 'allowedSigners'
> & { readonly schema?: true };

/** The audit log: exported, listed, proved, matched with what AWS keeps. */
export function defineAudits(root: Command, context: Context): void {
  const { done, given, schemaOf, toRead } = context;
  const audit = root.command('audit').description('the audit log');
  audit
    .command('export')
    .description('export the audit log')
    .addOption(
      new Option('--format <format>', 'its format')
        .choices(formats)
        .default('markdown')
        .argParser(oneOf(formats)),
    )
    .option('--out <file>', 'the file; printed unless given')
    .option('--force', 'overwrite what is there', false)
    .addOption(new Option('--redact <what>', 'names and e-mail addresses as keyed hashes').choices(['pii']))
    .option('--file <file>', 'of the run in a hand-off file')
    .option(...runOption)
    .action(async (options: AuditFlags, command: Command) => {
      const { auditExport } = await import('../audit-export.ts');
      const { run } = command.optsWithGlobals<{ run?: string }>();
      done(await auditExport({ ...(await toRead()), ...options, ...defined({ run }) }));
    });
  audit
    .command('list')
    .description('list every run, also what ended early, demos and removed ones')
    .option('--from <day>', 'runs of that day and later: 2026-11-30, or a time')
    .option('--to <day>', 'runs up to that day')
    .option(...jsonOption)
    .action(async (options: ListFlags) => {
      const { auditList } = await import('../audit-list.ts');
      done(await auditList({ ...(await toRead()), ...options }));
    });
  defineReconciling(audit, context);
  audit
    .command('verify')
    .description('prove that the journal is as it was written; asks nothing of AWS')
    .argument('[file]', 'a journal, a hand-off’s file, or an export as JSON lines or HTML, instead of a run')
    .option('--root <hex>', 'the root in the change ticket, at least its first 16 digits', rootText)
    .option('--allowed-signers <file>', 'verify signatures with ssh-keygen: who may have signed')
    .option('--closed', 'fail where the run is not closed', false)
    .option(...jsonOption)
    .option(...schemaOption)
    .option(...runOption)
    .action(async (file: string | undefined, { schema, ...options }: VerifyFlags, command: Command) => {
      if (schema) return schemaOf('verdict');
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
