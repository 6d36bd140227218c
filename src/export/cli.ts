import type { Actor, Call } from '../model/call.ts';
import { type Deferred, isAfter, scopeOf } from '../model/call.ts';
import { factsOf, type Settles } from '../model/operations.ts';
import { commandLine } from '../model/progress/cli-command.ts';
import { nameOf, type Setup, type SetupCall } from '../model/progress/setup.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { shellWord } from '../model/text/shell.ts';
import { actorFunction, library, prologue } from './cli-library.ts';
import {
  byActor,
  type ExportFile,
  type Exporting,
  headOf,
  labels,
  memberOf,
  notSetUp,
  tellerOf,
  whose,
} from './export.ts';

const leftOut = [
  'What the runbook only checks: the organization, the home Region, trusted access, and who the people are.',
  'Its questions and its confirmations: the script asks nothing. Read it before you run it.',
  'The journal: what the script does is in CloudTrail, and the next start of cw-runbook sees it.',
];

/** How the script calls what it looks up. */
type Variables = ReadonlyMap<string, string>;

/**
 * The set-up as a script for the AWS CLI, safe to run twice: each thing is looked for by what names it, and made where it is
 * not there. `remaining`: without what the run saw done.
 */
export function cli(exporting: Exporting, remaining: boolean): readonly ExportFile[] {
  const { setup, id } = exporting;
  const calls = remaining ? setup.calls.filter(({ stands }) => stands !== 'there') : setup.calls;
  const variables = variablesOf(setup, calls);
  const actors = [...byActor({ ...setup, calls }).keys()];
  const lines = [
    '#!/usr/bin/env bash',
    ...headOf(exporting, `${remaining ? 'What remains, as a' : 'A'} script for the AWS CLI`, leftOut).map(
      comment,
    ),
    ...prologue(setup, actors),
    '',
    ...library,
    ...actors.flatMap((actor) => identityLines(setup, actor)),
    ...calls.flatMap((one) => callLines(setup, one, variables)),
    '',
    `say 'Everything is there.'`,
  ];
  return [{ name: `${id}.sh`, text: `${lines.join('\n')}\n` }];
}

/** A text stays within its comment. */
const comment = (text: string): string => escapeControlChars(`# ${text}`);

/** What is looked up or made here, by the name of its value: it is not known before. */
function variablesOf(setup: Setup, calls: readonly SetupCall[]): Variables {
  const fresh = labels();
  const names = new Map<string, string>();
  for (const one of calls)
    for (const other of setup.calls)
      for (const value of Object.values(other.call.input))
        if (isAfter(value) && tellerOf(setup, value) === one && !names.has(nameOf(value)))
          names.set(nameOf(value), fresh(one.step.id));
  return names;
}

function identityLines(setup: Setup, actor: Actor): readonly string[] {
  const account = setup.run.binding.accounts?.[actor] ?? setup.run.identities[actor]?.account;
  if (account === undefined) return [];
  return [
    '',
    comment(`The credentials have to be those of the ${whose(setup, actor)}.`),
    `is_account ${shellWord(account)} ${actorFunction(actor)}`,
  ];
}

function callLines(setup: Setup, one: SetupCall, variables: Variables): readonly string[] {
  const { call, stands } = one;
  const actor = actorFunction(one.step.actor);
  const head = ['', comment(one.says)];
  if (stands === 'as-found')
    return [...head, comment('Left as it was found (your choice): nothing is sent.')];
  const facts = factsOf(call.operation);
  const says = shellWord(one.says);
  /** A question, or the call, as the command of whoever acts. */
  const command = (asked: Parameters<typeof commandLine>[0]): string =>
    `${actor} ${commandLine(asked, {}, (after) => written(setup, after, variables)).replace(/^aws /, '')}`;
  /** What shows that it took effect, by the catalogue. Of what is seen by its request nothing is asked so. */
  const look = (facts.seenBy === 'its-request' ? call : facts.seenBy(call.input as never)) as never;
  switch (call.operation) {
    case 'organizations:RegisterDelegatedAdministrator': {
      return [
        ...head,
        `if has ${word(setup, call.input.AccountId, variables)} ${command(look)} --query 'DelegatedAdministrators[].Id'; then`,
        `  there ${says}`,
        'else',
        `  doing ${says}`,
        `  ${command(call)}`,
        'fi',
      ];
    }
    case 'identitystore:CreateUser': {
      const variable = variables.get(`${one.step.id}/${one.id} UserId`) ?? 'user';
      return [
        ...head,
        `if found ${command(look)} --query UserId; then`,
        `  there ${says}`,
        `  ${variable}=$answer`,
        'else',
        `  doing ${says}`,
        `  ${variable}=$(${command(call)} --query UserId)`,
        'fi',
      ];
    }
    case 'sso:CreatePermissionSet':
      return [...head, ...setLines(setup, one, variables, command)];
    case 'sso:PutInlinePolicyToPermissionSet': {
      const policy = String(call.input.InlinePolicy);
      const where = { ...call.input, InlinePolicy: { $after: 'policy', path: '' } } as const;
      const put = command({ operation: call.operation, input: where }).replace(
        written(setup, where.InlinePolicy, variables),
        '"$policy"',
      );
      const { InstanceArn, PermissionSetArn } = call.input;
      const key = { InstanceArn, PermissionSetArn };
      const holders = {
        operation: 'sso:ListAccountsForProvisionedPermissionSet',
        input: key,
      } as const;
      const bring: Call = {
        operation: 'sso:ProvisionPermissionSet',
        input: { ...key, TargetType: 'ALL_PROVISIONED_ACCOUNTS' },
      };
      return [
        ...head,
        ...policyLines(policy),
        `if found ${command(look)} --query InlinePolicy && same "$answer" "$policy"; then`,
        `  there ${says}`,
        'else',
        `  may_replace ${says} "$answer"`,
        `  doing ${says}`,
        `  ${put}`,
        `  if found ${command(holders)} --query 'AccountIds[]'; then`,
        `    doing 'Bring the set up to date in the accounts that have it'`,
        ...asyncLines(bring, command).map((line) => `    ${line}`),
        '  fi',
        'fi',
      ];
    }
    case 'sso:CreateAccountAssignment': {
      const { InstanceArn, PermissionSetArn, TargetId, PrincipalId, PrincipalType } = call.input;
      const asked = { InstanceArn, PermissionSetArn, AccountId: TargetId };
      return [
        ...head,
        `if has ${word(setup, PrincipalId, variables)} ${command({ operation: 'sso:ListAccountAssignments', input: asked })} --query "AccountAssignments[?PrincipalType=='${PrincipalType}'].PrincipalId"; then`,
        `  there ${says}`,
        'else',
        `  doing ${says}`,
        ...asyncLines(call, command).map((line) => `  ${line}`),
        'fi',
      ];
    }
    default:
      return notSetUp(call.operation);
  }
}

/** A value, or the variable that holds it. */
const word = (setup: Setup, value: unknown, variables: Variables): string =>
  isAfter(value) ? written(setup, value, variables) : shellWord(String(value));
function written(setup: Setup, after: Deferred, variables: Variables): string {
  const variable = variables.get(nameOf(after));
  if (variable !== undefined) return `"$${variable}"`;
  return shellWord(setup.values.get(nameOf(after)) ?? `<${nameOf(after)}>`);
}

type Command = (asked: Parameters<typeof commandLine>[0]) => string;

/** A set is found by its ARN where the run knows it, else by its name among all of them. */
function setLines(setup: Setup, one: SetupCall, variables: Variables, command: Command): readonly string[] {
  const path = 'PermissionSet.PermissionSetArn';
  const name = nameOf({ step: one.step.id, $after: one.id, path });
  const variable = variables.get(name) ?? 'set';
  const says = shellWord(one.says);
  const asFound = setup.calls.some((other) => {
    const of = memberOf(other, 'PermissionSetArn');
    return other.stands === 'as-found' && isAfter(of) && tellerOf(setup, of) === one;
  });
  const find = [
    ...['set_named', actorFunction(one.step.actor), word(setup, memberOf(one, 'InstanceArn'), variables)],
    ...[word(setup, memberOf(one, 'Name'), variables), shellWord(setup.values.get(name) ?? '-')],
  ].join(' ');
  return [
    `if ${find}; then`,
    `  there ${says}`,
    `  ${variable}=$answer`,
    'else',
    ...(asFound
      ? [
          `  fail ${says}': the run used a set that was there. It is not here, and what it granted is not known.'`,
        ]
      : [`  doing ${says}`, `  ${variable}=$(${command(one.call)} --query ${path})`]),
    'fi',
  ];
}

/** A call that AWS takes on, and how it ended. */
function asyncLines(call: Call, command: Command): readonly string[] {
  const { settles } = factsOf(call.operation);
  if (!settles) return [command(call)];
  const { by, id, status } = settles satisfies Settles;
  const follow = { operation: by, input: { ...scopeOf(settles, call), [id]: 'REQUEST' } };
  return [
    `request=$(${command(call)} --query ${status}.RequestId)`,
    `settled ${status} ${command(follow).replace(/ REQUEST$/, ' "$request"')}`,
  ];
}

/** A policy byte for byte: in a here-document, whose end stands nowhere in it. */
function policyLines(policy: string): readonly string[] {
  if (escapeControlChars(policy.replaceAll('\n', ' ')) !== policy.replaceAll('\n', ' '))
    return [`policy=${shellWord(policy)}`];
  const lines = policy.split('\n');
  let end = 'POLICY';
  while (lines.includes(end)) end = `${end}_`;
  return [
    `IFS= read -r -d '' policy <<'${end}' || true`,
    ...lines,
    end,
    `policy=\${policy%?} # its last line break`,
  ];
}
