import type { Actor } from '../../model/call.ts';
import type { Authorization } from '../../model/evidence/authorization.ts';
import type { Origin, Source } from '../../model/identity.ts';
import type { Question } from '../../model/question.ts';
import type { Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import { defined } from '../../model/text/defined.ts';
import { didYouMean } from '../../model/text/did-you-mean.ts';
import { withoutSecrets } from '../../model/text/without-secrets.ts';
import { CliError, exitCodes } from '../process/exit.ts';

/** What `cw-runbook run` is told instead of asking. */
export interface Answers {
  /** The AWS profile of each actor; where there is none, the environment's credentials. */
  readonly profiles: Readonly<Record<Actor, string>>;
  /** The ARN of a role that an actor assumes with these, and the external id where its trust wants one. */
  readonly roles: Readonly<Record<Actor, string>>;
  readonly externalIds: Readonly<Record<Actor, string>>;
  /** By 'step.question'. Of several values: as `severalOf` writes them. */
  readonly answers: Readonly<Record<string, string>>;
  /** Reasons to go on although it could not be checked, by 'step.goal'. */
  readonly waive: Readonly<Record<string, string>>;
  /** Under what the run is done: its ticket, who asked for it, who approved it, and why. */
  readonly change?: Authorization;
}
/** Nothing is answered. */
export const noAnswers: Answers = { profiles: {}, roles: {}, externalIds: {}, answers: {}, waive: {} };
/** The questions that an answers file can answer, by their keys. */
export const askedBy = ({ steps }: Runbook): Readonly<Record<string, Question>> =>
  Object.fromEntries(
    steps.flatMap(({ id, questions }) =>
      Object.entries(questions).map(([name, question]) => [`${id}.${name}`, question]),
    ),
  );
/** What the file's form says of each question, by its key: what is asked, and what may be answered. */
export const questionsOf = (runbook: Runbook): Readonly<Record<string, string | readonly string[]>> =>
  Object.fromEntries(
    Object.entries(askedBy(runbook)).map(([key, question]) => {
      const takes = takesSaid(question);
      const text = takes === undefined ? question.says : `${question.says} (${takes})`;
      return [key, question.as === 'several' ? [text] : text];
    }),
  );

function takesSaid({ as, of, values, skippable, allowed, example }: Question): string | undefined {
  if (as === 'attestation') return skippable ? 'attested or skipped' : 'attested';
  if (values) return `one of: ${values.join(', ')}`;
  if (of === 'accounts') return as === 'several' ? '12-digit ids or names' : '12-digit id or name';
  if (as === 'several') return allowed === undefined ? 'one or more' : `one or more: ${allowed}`;
  if (as === 'choice') return 'the run prints the values';
  return allowed ?? (example && `such as ${example}`);
}

/** Whose credentials the file names for an actor. `environment`: the environment holds some. */
export function sourceIn(file: Answers, actor: Actor, environment: boolean): Source | undefined {
  const { [actor]: name } = file.profiles;
  const { [actor]: arn } = file.roles;
  const { [actor]: externalId } = file.externalIds;
  const base: Origin | undefined =
    name === undefined ? (environment ? { kind: 'environment' } : undefined) : { kind: 'profile', name };
  if (base === undefined || arn === undefined) return base;
  return { kind: 'role', base, arn, ...defined({ externalId }) };
}

/** Whose credentials the file names otherwise than the run has accepted them: what it names counts. */
export const namedOtherwise = (file: Answers, { identities }: Pick<Run, 'identities'>): readonly Actor[] =>
  (Object.entries(identities) as [Actor, { readonly source: Source }][]).flatMap(([actor, { source }]) => {
    const named = sourceIn(file, actor, false);
    return named === undefined || JSON.stringify(named) === JSON.stringify(source) ? [] : [actor];
  });

/** Refuses a text that the question does not take. Throws `CliError`. */
export function refuseUnfit(
  key: string,
  answer: string,
  { says, as, pattern, allowed, example, skippable, values }: Question,
): void {
  if (values && !values.includes(answer))
    throw new CliError(
      exitCodes.usage,
      `“${withoutSecrets(answer)}” is not an answer to ${key}: ${says}`,
      `${didYouMean(answer, values)}Allowed: ${values.join(', ')}.`,
    );
  const attested = as !== 'attestation' || answer === 'attested' || (skippable && answer === 'skipped');
  if (attested && (pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(answer))) return;
  throw new CliError(
    exitCodes.usage,
    `“${withoutSecrets(answer)}” is not an answer to ${key}: ${says}`,
    `It must be ${as === 'attestation' ? `attested${skippable ? ' or skipped' : ''}` : allowed === undefined ? `like ${example ?? pattern}` : `${allowed}${example === undefined ? '' : `, such as ${example}`}`}.`,
  );
}

/** Stands in the form for the name of a profile. */
export const placeholder = 'PROFILE';
/** The file's form, with every question. */
export const template = (runbook: Runbook): string =>
  JSON.stringify(
    {
      profiles: Object.fromEntries(runbook.actors.map((actor) => [actor, placeholder])),
      answers: questionsOf(runbook),
      waive: {},
    },
    undefined,
    2,
  );
