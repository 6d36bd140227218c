import { actorName, type CredentialLifetime, sourceName } from '../../model/identity.ts';
import type { Run } from '../../model/run.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { Ask } from '../session/ask.ts';
import { blank, type Line, wrap } from '../text/line.ts';
import { goalMarks, signOf } from '../text/marks.ts';
import type { Page } from '../text/page.ts';

type Of<K extends Ask['is']> = Extract<Ask, { is: K }>;
const endpointText = (endpoint: string): string =>
  endpoint === 'aws'
    ? 'Calls go to AWS itself.'
    : endpoint === 'demo'
      ? 'Calls go to the simulated organization in this program.'
      : `Calls go to ${endpoint}, not to AWS.`;

export function credentialLines(
  { actor, account, open = [], problem, sources, notes = [] }: Of<'credentials'>,
  run: Run,
  endpoint: string,
  page: Page,
): readonly Line[] {
  const whose =
    actor === undefined
      ? 'the management account, or for the delegated administrator account if one is registered'
      : `the ${actorName(actor)}${account === undefined ? '' : ` ${account}`}`;
  const remedy = problem?.code
    ? 'Choose the first line, and enter the code that the device shows.'
    : problem?.remedy;
  return [
    ...(problem
      ? [
          ...wrap(problem.problem, page, 'bad', `${signOf(page, goalMarks.wrong)} `),
          ...wrap(`What to do: ${remedy}`, page, 'plain', '  '),
          ...(problem.login
            ? wrap(
                'If you sign in from another window, the run continues automatically.',
                page,
                'plain',
                '  ',
              )
            : []),
          blank,
        ]
      : []),
    ...wrap(`Choose credentials for ${whose}.`, page, 'strong'),
    ...wrap(endpointText(endpoint), page),
    ...open.flatMap(({ intent }) =>
      wrap(
        `Why these: ${intent.says} was sent by ${intent.arn}, and how it ended is not known yet. That is looked for first, with credentials of that account.`,
        page,
      ),
    ),
    ...wrap('We ask AWS who they are, and nothing else until you accept them.', page, 'dim'),
    ...(run.identities.management && actor === 'delegated-administrator'
      ? wrap('You may have to switch user, account or role.', page)
      : []),
    ...(sources.length === 0
      ? [
          blank,
          ...wrap(
            'No AWS credentials found on this machine. Set up a profile, for example with aws configure sso, then press r. To look around without an account: cw-runbook demo.',
            page,
            'strong',
          ),
        ]
      : []),
    ...notes.flatMap((note) => wrap(note, page, 'plain', `${signOf(page, goalMarks.warning)} `)),
    blank,
  ];
}

function lastsText(lasts: CredentialLifetime): string {
  switch (lasts.is) {
    case 'until':
      return `until ${new Date(lasts.until).toISOString().slice(0, 16)}Z`;
    case 'renewed':
      return 'renewed by itself';
    case 'lasting':
      return 'without an end';
    case 'not-told':
      return 'its end is told nowhere';
    default:
      return unreachable(lasts);
  }
}

export function acceptLines({ actor, caller }: Of<'accept'>, endpoint: string, page: Page): readonly Line[] {
  const { account, arn, organization, region, source, lasts, elsewhere } = caller;
  const belongs =
    organization.is === 'member'
      ? `organization ${organization.id}, managed by account ${organization.management}`
      : organization.is === 'none'
        ? 'no organization'
        : `not known (${organization.why})`;
  // What is accepted stands first: the smallest window has room for three rows.
  return [
    ...wrap(account, page, 'strong', 'Account       '),
    ...wrap(arn, page, 'plain', 'ARN           '),
    ...wrap(belongs, page, 'plain', 'Belongs to    '),
    ...wrap(region ?? 'none is set', page, 'plain', 'Region        '),
    ...wrap(actorName(actor), page, 'plain', 'Used as       '),
    ...wrap(sourceName(source), page, 'plain', 'Comes from    '),
    ...(lasts ? wrap(lastsText(lasts), page, 'plain', 'Lasts         ') : []),
    ...(elsewhere === undefined
      ? []
      : [blank, ...wrap(`${elsewhere} Commands that are printed here would act with those.`, page, 'warn')]),
    blank,
    ...wrap(endpointText(endpoint), page, 'strong'),
    blank,
    ...wrap(
      'AWS was asked for a session where these credentials are of one, who this is, and which organization it belongs to. Nothing else so far.',
      page,
      'dim',
    ),
    blank,
  ];
}
