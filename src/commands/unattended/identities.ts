import {
  actorName,
  loginLine,
  management,
  type Source,
  sourceName,
  type UnusableCredentials,
} from '../../model/identity.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { openTexts, whoseCredentials } from '../../presentation/identities.ts';
import { welcomeText } from '../../report/welcome-lines.ts';
import { exitCodes } from '../process/exit.ts';
import { sourceIn } from './answers.ts';
import { questionOf, sayWarnings } from './beside.ts';
import type { Asked, Handlers } from './start.ts';

type Credentials = Asked<'credentials'>;

/** Whose credentials are used. */
export const identities: Handlers<'credentials' | 'code' | 'sign-in' | 'accept'> = {
  credentials: (asked, { file, once, stop }) => {
    const named = [...Object.keys(file.profiles), ...Object.keys(file.roles)];
    const [first = management] = named.includes(management) ? [management] : named;
    const actor = asked.actor ?? first;
    const source = sourceIn(
      file,
      actor,
      asked.sources.some(({ kind }) => kind === 'environment'),
    );
    if (asked.problem && !(isAnother(source, asked) && once(`use ${JSON.stringify(source)}`)))
      return stop(codeOf(asked.problem), asked.problem.problem, asked.problem.remedy);
    return source ? { do: 'use', source } : stop(exitCodes.answerNeeded, ...describeNeeded(asked));
  },

  // A code that is in a file or a flag would be no second factor.
  code: ({ source, request }, { stop }) =>
    stop(
      exitCodes.credentials,
      `${sourceName(source)}: a code of the MFA device ${request.serial} is needed, and an unattended run cannot ask for one.`,
      `Use credentials that need no code, such as an SSO profile, or start the guided run in a terminal: ${asCommand('cw-runbook')}.`,
    ),

  'sign-in': ({ device }, { stop }) =>
    stop(
      exitCodes.credentials,
      `profile ${device.profile}: nobody is signed in, and an unattended run cannot sign in.`,
      `Sign in first: ${loginLine({ by: 'sso', profile: device.profile })}`,
    ),

  accept: (asked, start) => {
    const { actor, caller } = asked;
    const { consent, say, stop } = start;
    const { account, arn, source } = caller;
    const who = `${sourceName(source)}: ${arn}, account ${account}, used as ${actorName(actor)}`;
    if (!consent.yes)
      return stop(exitCodes.answerNeeded, `${questionOf(asked, start)} ${who}`, 'Accept them with --yes.');
    if (asked.again) start.sayOnce(`welcome      ${welcomeText(asked.again)}`);
    say(`accepted     ${who}`);
    sayWarnings(asked, start);
    return { do: 'go-on', by: 'flag' };
  },
};

/** Where the file names others than those that failed, they are what is meant now. */
const isAnother = (source: Source | undefined, { failed }: Credentials): boolean =>
  source !== undefined && failed !== undefined && JSON.stringify(source) !== JSON.stringify(failed);

const codeOf = ({ passing }: UnusableCredentials) => (passing ? exitCodes.parked : exitCodes.credentials);

const describeNeeded = (asked: Credentials): readonly string[] => [
  `Credentials for ${whoseCredentials(asked)} are needed.`,
  ...openTexts(asked),
  `Name a profile in the answers file: "profiles": {"${asked.actor ?? management}": "…"}.`,
  ...(asked.actor === undefined
    ? []
    : [`If they are somebody else’s, hand the run to them: ${asCommand('cw-runbook handoff')}`]),
];
