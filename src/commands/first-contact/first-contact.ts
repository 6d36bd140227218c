import { identifyCaller } from '../../aws/identities.ts';
import { type Caller, type Source, sourceName } from '../../model/identity.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { type Agreed, askYes } from '../planning/at-terminal.ts';
import { CliError, type ExitCode, exitCodes } from '../process/exit.ts';
import { print } from '../process/output.ts';
import { program } from '../process/program.ts';
import type { Recorder } from '../record/recorder.ts';
import { type Held, heldAgainst, rowsOf } from './differing.ts';
import { likenessOf, situationOf } from './likeness.ts';
import { looking, nameOf } from './look.ts';
import { type Reading, type Role, readAll } from './reads.ts';
import { simulatedReads } from './simulated.ts';

export interface FirstContact {
  readonly source: Source;
  readonly env: Environment;
  readonly recorder: () => Promise<Recorder>; // it makes a folder
  readonly yes: boolean;
}

/**
 * Makes every read of the runbook in this account, and holds each answer against AWS’s service model and against what the
 * simulator answers in the same situation. Changes nothing. Throws `CliError` and `CredentialsError`.
 */
export async function firstContact({ source, env, recorder: wanted, yes }: FirstContact): Promise<ExitCode> {
  const say = (line = ''): void => print(`${escapeControlChars(line)}\n`);
  const met = await identifyCaller(source, { env, program });
  if ('problem' in met)
    throw new CliError(met.passing ? exitCodes.parked : exitCodes.credentials, met.problem, met.remedy);
  say();
  say(`Compare with AWS: ${sourceName(source)}: ${met.arn}, account ${met.account}`);
  say(describeOrganization(met));
  say('About 60 requests are sent, all of them reads. Nothing is changed.');
  const reply = yes ? 'yes' : await asked();
  if (reply !== 'yes') {
    say('Exited. Nothing else was sent.');
    return reply === 'interrupted' ? exitCodes.interrupted : exitCodes.parked;
  }
  const recorder = await wanted();
  const { region } = met;
  const { look, asked: reads } = looking(source, region, env, (answered) => recorder.cut(answered));
  let held: readonly Held[] = [];
  let situation: string | undefined;
  try {
    const role = await roleOf(met, async () => {
      const found = await look(
        'organizations:ListDelegatedAdministrators',
        { ServicePrincipal: sso },
        'who asks',
      );
      return (found?.DelegatedAdministrators ?? []).some(({ Id }) => Id === met.account);
    });
    const who: Reading = { account: met.account, arn: met.arn, role, region };
    const like = likenessOf(await readAll(look, who), who);
    situation = situationOf(like, who);
    held = heldAgainst(reads, undefined);
    held = heldAgainst(reads, role === 'alone' ? undefined : await simulatedReads(like, who, env));
  } finally {
    // What was answered is kept, however it ended.
    for (const { exchange, differs } of held.length > 0 ? held : heldAgainst(reads, undefined))
      if (exchange) {
        const { exchange: format, operation, ...rest } = exchange;
        const about = defined({ situation });
        recorder.keep({
          ...{ exchange: format, operation, ...about, ...rest },
          ...defined({ differs: differs.length > 0 ? differs : undefined }),
        });
      }
  }
  return summed(held, situation ?? '', say);
}
const sso = 'sso.amazonaws.com';

function describeOrganization({ organization }: Caller): string {
  switch (organization.is) {
    case 'member':
      return `Organization ${organization.id}, managed by account ${organization.management}`;
    case 'none':
      return 'The account belongs to no organization.';
    case 'unknown':
      return `The organization is unknown: ${organization.why}`;
    default:
      return unreachable(organization);
  }
}

async function roleOf({ account, organization }: Caller, delegated: () => Promise<boolean>): Promise<Role> {
  if (organization.is === 'none') return 'alone';
  if (organization.is === 'member' && organization.management === account) return 'management';
  return (await delegated()) ? 'delegated-administrator' : 'member';
}

async function asked(): Promise<Agreed> {
  if (!process.stdin.isTTY)
    throw new CliError(
      exitCodes.answerNeeded,
      'May these credentials be used for that? Nothing else was sent.',
      'Accept them with --yes.',
    );
  return askYes('Use these credentials for that?');
}

function summed(held: readonly Held[], situation: string, say: (line?: string) => void): ExitCode {
  const rows = rowsOf(held);
  const silent = held.filter(({ exchange }) => exchange === undefined);
  const denied = held.filter((one) => one.denied);
  say();
  for (const row of rows) say(row);
  if (rows.length > 0) say();
  const operations = new Set(held.map(({ operation }) => operation)).size;
  say(`${held.length} reads of ${operations} operations. Compared as: ${situation}.`);
  if (denied.length > 0) {
    say(`The policies of these credentials do not allow ${denied.length} of them. They were not compared:`);
    for (const one of denied) say(`  ${nameOf(one)}`);
  }
  if (silent.length > 0) {
    say(`${silent.length} of them got no answer:`);
    for (const one of silent) say(`  ${nameOf(one)}`);
  }
  say(
    rows.length === 0
      ? 'Nothing differs.'
      : `${rows.length} ${rows.length === 1 ? 'difference' : 'differences'}. Please report them: attach the file below to an issue.`,
  );
  if (rows.length > 0) return exitCodes.changesPending;
  return silent.length > 0 ? exitCodes.parked : exitCodes.done;
}
