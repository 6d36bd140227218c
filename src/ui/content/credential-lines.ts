import { actorName, type Lasting, sourceName } from '../../model/identity.ts';
import type { Run } from '../../model/run.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { Ask } from '../session/ask.ts';
import { type Line, line, wrap } from '../text/line.ts';
import { goalMarks, signOf } from '../text/marks.ts';

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
  width: number,
): readonly Line[] {
  const whose =
    actor === undefined
      ? 'the management account’s, or the delegated administrator’s where there is one already'
      : `the ${actorName(actor)}’s${account === undefined ? '' : `, account ${account}`}`;
  return [
    ...(problem
      ? [
          ...wrap(problem.problem, width, 'bad', `${signOf(goalMarks.wrong)} `),
          ...wrap(`What to do: ${problem.remedy}`, width, 'plain', '  '),
          ...(problem.login
            ? wrap(
                'A log-in in another window is seen here: the run goes on by itself.',
                width,
                'plain',
                '  ',
              )
            : []),
          line(),
        ]
      : []),
    ...wrap(endpointText(endpoint), width, 'strong'),
    ...wrap(`Whose credentials act? Needed are ${whose}.`, width),
    ...open.flatMap(({ intent }) =>
      wrap(
        `Why these: ${intent.says} was sent by ${intent.arn}, and how it ended is not known yet. That is looked for first, with credentials of that account.`,
        width,
      ),
    ),
    ...wrap(
      'Chosen credentials are asked who they are. Nothing else is done with them until you have accepted them.',
      width,
      'dim',
    ),
    ...(run.identities.management && actor === 'delegated-administrator'
      ? wrap('You may have to switch user, account or role.', width)
      : []),
    ...(sources.length === 0
      ? [
          line(),
          ...wrap(
            'There are none on this machine. Log in, for example with aws configure sso and aws sso login, then look again with r. To look around without an account: cw-runbook demo.',
            width,
            'strong',
          ),
        ]
      : []),
    ...notes.flatMap((note) => wrap(note, width, 'plain', `${signOf(goalMarks.warning)} `)),
    line(),
  ];
}

function lastsText(lasts: Lasting): string {
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

export function acceptLines(
  { actor, caller }: Of<'accept'>,
  endpoint: string,
  width: number,
): readonly Line[] {
  const { account, arn, organization, region, source, lasts, elsewhere } = caller;
  const belongs =
    organization.is === 'member'
      ? `organization ${organization.id}, managed by account ${organization.management}`
      : organization.is === 'none'
        ? 'no organization'
        : `not known (${organization.why})`;
  // What is accepted stands first: the smallest window has room for three rows.
  return [
    ...wrap(account, width, 'strong', 'Account       '),
    ...wrap(arn, width, 'plain', 'ARN           '),
    ...wrap(belongs, width, 'plain', 'Belongs to    '),
    ...wrap(region ?? 'none is set', width, 'plain', 'Region        '),
    ...wrap(actorName(actor), width, 'plain', 'Used as       '),
    ...wrap(sourceName(source), width, 'plain', 'Comes from    '),
    ...(lasts ? wrap(lastsText(lasts), width, 'plain', 'Lasts         ') : []),
    ...(elsewhere === undefined
      ? []
      : [
          line(),
          ...wrap(`${elsewhere} Commands that are printed here would act with those.`, width, 'warn'),
        ]),
    line(),
    ...wrap(endpointText(endpoint), width, 'strong'),
    line(),
    ...wrap(
      'AWS was asked for a session where these credentials are of one, who this is, and which organization it belongs to. Nothing else so far.',
      width,
      'dim',
    ),
    line(),
  ];
}
