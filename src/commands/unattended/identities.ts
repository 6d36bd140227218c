import { actorName, type Source, sourceName, type UnusableCredentials } from '../../model/identity.ts';
import { exitCodes } from '../process/exit.ts';
import { sourceIn } from './answers.ts';
import type { Asked, Handlers } from './start.ts';

type Credentials = Asked<'credentials'>;

/** Whose credentials are used. */
export const identities: Handlers<'credentials' | 'accept'> = {
  credentials: (asked, { file, once, stop }) => {
    const named = file.profiles.management ?? file.roles.management;
    const actor = asked.actor ?? (named === undefined ? 'delegated-administrator' : 'management');
    const source = sourceIn(
      file,
      actor,
      asked.sources.some(({ kind }) => kind === 'environment'),
    );
    if (asked.problem && !(isAnother(source, asked) && once(`use ${JSON.stringify(source)}`)))
      return stop(codeOf(asked.problem), asked.problem.problem, asked.problem.remedy);
    return source ? { do: 'use', source } : stop(exitCodes.answerNeeded, ...neededSays(asked));
  },

  accept: ({ actor, caller }, { consent, say, sayOnce, stop }) => {
    const { account, arn, source, elsewhere } = caller;
    const who = `${sourceName(source)}: ${arn}, account ${account}, used as ${actorName(actor)}`;
    if (!consent.yes)
      return stop(exitCodes.answerNeeded, `May these credentials be used? ${who}`, 'Accept them with --yes.');
    say(`accepted     ${who}`);
    if (elsewhere !== undefined) sayOnce(`read this    ${elsewhere}`);
    return { do: 'go-on', by: 'flag' };
  },
};

/** Where the file names others than those that failed, they are what is meant now. */
const isAnother = (source: Source | undefined, { failed }: Credentials): boolean =>
  source !== undefined && failed !== undefined && JSON.stringify(source) !== JSON.stringify(failed);

const codeOf = ({ passing }: UnusableCredentials) => (passing ? exitCodes.parked : exitCodes.credentials);

const neededSays = ({ actor, account, open = [] }: Credentials): readonly string[] => [
  `Credentials of the ${actorName(actor ?? 'management')}${account === undefined ? '' : ` ${account}`} are needed.`,
  ...open.map(
    ({ intent }) =>
      `Why: ${intent.says} was sent by ${intent.arn}, and how it ended is not known yet. That is looked for first.`,
  ),
  `Name a profile in the answers file: "profiles": {"${actor ?? 'management'}": "…"}.`,
  ...(actor === undefined ? [] : ['If they are somebody else’s, hand the run to them: cw-runbook handoff']),
];
