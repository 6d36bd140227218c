import { actorName, type CredentialLifetime, management, sourceName } from '../model/identity.ts';
import type { Run } from '../model/run.ts';
import { asCommand } from '../model/text/own-commands.ts';
import { unreachable } from '../model/text/unreachable.ts';
import { welcomeText } from '../report/welcome-lines.ts';
import type { AskOf } from './ask.ts';
import { type Block, fact, gap, strong, text, warning } from './block.ts';

const endpointText = (endpoint: string): string =>
  endpoint === 'aws'
    ? 'Calls go to AWS.'
    : endpoint === 'demo'
      ? 'Calls go to the simulated organization in this program.'
      : `Calls go to ${endpoint}, not to AWS.`;

/** Whose credentials are asked for, in words. */
export const whoseCredentials = ({ actor, account }: AskOf<'credentials'>): string =>
  actor === undefined
    ? 'the management account (or the delegated administrator, if one is registered)'
    : `the ${actorName(actor)}${account === undefined ? '' : ` ${account}`}`;

/** Why just these: something was sent with such credentials. */
export const openTexts = ({ open = [] }: AskOf<'credentials'>): readonly string[] =>
  open.map(
    ({ intent }) =>
      `Why these: ${intent.says} was sent by ${intent.arn}, and its outcome is not known yet. Check it first, with credentials of that account.`,
  );

export function credentialBlocks(
  ask: AskOf<'credentials'>,
  { identities }: Run,
  endpoint: string,
): readonly Block[] {
  const { actor, problem, sources, notes = [] } = ask;
  return [
    ...(problem ? problemBlocks(problem) : []),
    strong(`Choose credentials for ${whoseCredentials(ask)}.`),
    ...openTexts(ask).map((one) => text(one)),
    text(
      `We ask AWS who they are and which organization they belong to, and nothing else until you accept them. ${endpointText(endpoint)}`,
    ),
    ...(identities[management] && actor !== undefined && actor !== management
      ? [text('You may have to switch user, account or role.')]
      : []),
    ...(sources.length === 0
      ? [
          gap,
          strong(
            `No AWS credentials found on this machine. Sign in, for example with ${asCommand('aws configure sso')} and ${asCommand('aws sso login')}, then press r to check again. To look around without an account: ${asCommand('cw-runbook demo')}.`,
          ),
        ]
      : []),
    ...notes.map((one) => warning(one)),
    gap,
  ];
}
const problemBlocks = ({
  problem,
  remedy,
  login,
  code,
}: NonNullable<AskOf<'credentials'>['problem']>): readonly Block[] => [
  {
    is: 'goal',
    goal: {
      is: 'wrong',
      id: 'credentials',
      says: problem,
      found: '',
      remedy: code ? 'Choose the first line, and enter a code.' : remedy,
    },
  },
  ...(login ? [text('If you sign in from another window, the run continues automatically.')] : []),
  gap,
];

function lifetimeText(lasts: CredentialLifetime): string {
  switch (lasts.is) {
    case 'until':
      return `${new Date(lasts.until).toISOString().slice(0, 16)}Z`;
    case 'auto-refreshed':
      return 'refreshed automatically';
    case 'permanent':
      return 'never (long-lived key)';
    case 'unknown':
      return 'not known';
    default:
      return unreachable(lasts);
  }
}

export function acceptBlocks({ actor, caller, again }: AskOf<'accept'>, endpoint: string): readonly Block[] {
  const { account, arn, organization, region, source, lasts, elsewhere } = caller;
  const belongs =
    organization.is === 'member'
      ? `organization ${organization.id}, managed by account ${organization.management}`
      : organization.is === 'none'
        ? 'no organization'
        : `not known (${organization.why})`;
  // What is accepted stands first: the smallest window has room for three rows.
  return [
    fact('Account', account, true),
    fact('ARN', arn),
    fact('Belongs to', belongs),
    fact('Region', region ?? 'none is set'),
    fact('Role here', actorName(actor)),
    fact('Source', sourceName(source)),
    ...(lasts ? [fact('Expires', lifetimeText(lasts))] : []),
    ...(again ? [{ is: 'gap', spare: true } as const, strong(welcomeText(again))] : []),
    ...(elsewhere === undefined
      ? []
      : [gap, warning(`${elsewhere} Commands that are printed here would act with those.`)]),
    ...(again || elsewhere !== undefined ? [] : [{ is: 'gap', spare: true } as const]),
    strong(endpointText(endpoint)),
    {
      ...{ is: 'text', tone: 'dim', spare: true },
      text: 'With these credentials we asked AWS only who this is, and in which organization.',
    },
    gap,
  ];
}
