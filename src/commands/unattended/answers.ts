import { readFile } from 'node:fs/promises';
import type { Actor } from '../../model/call.ts';
import { type Origin, type Source, unfitRole } from '../../model/identity.ts';
import type { Runbook } from '../../model/runbook.ts';
import { type Question, severalOf } from '../../model/step.ts';
import { plainAccountId, plainRoleArn } from '../../model/text/account-id.ts';
import { didYouMean } from '../../model/text/did-you-mean.ts';
import { exitCodes, Stopped } from '../process/exit.ts';
import { textIn, UnknownEncoding } from './encoding.ts';

/** What `cw-runbook run` is told instead of asking. */
export interface Answers {
  /** The AWS profile of each actor; where there is none, the environment's credentials. */
  readonly profiles: Readonly<Partial<Record<Actor, string>>>;
  /** The ARN of a role that an actor assumes with these, and the external id where its trust wants one. */
  readonly roles: Readonly<Partial<Record<Actor, string>>>;
  readonly externalIds: Readonly<Partial<Record<Actor, string>>>;
  /** By 'step.question'. Of several values: as `severalOf` writes them. */
  readonly answers: Readonly<Record<string, string>>;
  /** Reasons to go on although it could not be checked, by 'step.goal'. */
  readonly waive: Readonly<Record<string, string>>;
}
/** The questions that an answers file can answer, by their keys. */
const askedBy = ({ steps }: Runbook): Readonly<Record<string, Question>> =>
  Object.fromEntries(
    steps.flatMap(({ id, questions }) =>
      Object.entries(questions).map(([name, question]) => [`${id}.${name}`, question]),
    ),
  );
/** What the file's form says of each question, by its key. */
export const questionsOf = (runbook: Runbook): Readonly<Record<string, string | readonly string[]>> =>
  Object.fromEntries(
    Object.entries(askedBy(runbook)).map(([key, { says, as, skippable }]) => {
      if (as === 'several') return [key, [`${says} (one or more)`]];
      return [key, as === 'attestation' ? `${says} (attested${skippable ? ' or skipped' : ''})` : says];
    }),
  );

/** Reads and checks the file. Throws `Stopped` with the sentence that says what is wrong with it. */
export async function readAnswers(file: string, runbook: Runbook): Promise<Answers> {
  const { actors, renamedAnswers: renamed } = runbook;
  const asked = askedBy(runbook);
  const refuse = (what: string, remedy: string): never => {
    throw new Stopped(exitCodes.usage, `The answers file ${file} ${what}`, remedy);
  };
  let text: string;
  try {
    text = textIn(await readFile(file));
  } catch (error) {
    if (error instanceof UnknownEncoding)
      return refuse(
        `is not in UTF-8: it is, or looks like, ${error.message}.`,
        'Save it as UTF-8. In PowerShell: … | Out-File -Encoding utf8 FILE.',
      );
    return refuse(`cannot be read: ${(error as Error).message}.`, 'Name a file that exists: --answers FILE.');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(
      `is not JSON: ${(error as Error).message}.`,
      'See cw-runbook run --questions for its form.',
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse('is not a JSON object.', 'See cw-runbook run --questions for its form.');
  const known = {
    profiles: actors,
    roles: actors,
    externalIds: actors,
    answers: Object.keys(asked),
    waive: undefined,
  } as const;
  const checked: Record<string, Record<string, string>> = {};
  for (const [part, entries] of Object.entries(value)) {
    if (!Object.hasOwn(known, part))
      return refuse(
        `has the member “${part}”.`,
        'It may have profiles, roles, externalIds, answers and waive.',
      );
    if (typeof entries !== 'object' || entries === null || Array.isArray(entries))
      return refuse(`has a “${part}” that is not an object.`, 'See cw-runbook run --questions for its form.');
    const names: readonly string[] | undefined = known[part as keyof typeof known];
    for (const [given, told] of Object.entries(entries as object)) {
      const now = part === 'answers' ? renamed[given] : undefined;
      const name = now?.key ?? given;
      const text = now?.values[told] ?? told;
      if (now && Object.hasOwn(entries, name))
        return refuse(`has both ${given} and ${name}.`, `Keep ${name}: the other is its earlier name.`);
      if (names && !names.includes(name))
        return refuse(
          `has an unknown key in ${part}: “${name}”.`,
          `${didYouMean(name, names)}Known: ${names.join(', ')}.`,
        );
      if (part === 'answers' && asked[name]?.as === 'several' && Array.isArray(text)) {
        if (text.length === 0 || !text.every((one) => typeof one === 'string' && one !== ''))
          return refuse(
            `has an ${part}.${name} that is not a list of one text or more.`,
            'Write it like ["one", "another"].',
          );
        checked[part] = {
          ...checked[part],
          [name]: severalOf(text.map((one) => plain(part, asked[name], one))),
        };
        continue;
      }
      if (Array.isArray(text))
        return refuse(`has a list as ${part}.${name}.`, 'It takes one text: put it in quotes.');
      if (typeof text !== 'string')
        return refuse(`has a ${part}.${name} that is not a text.`, 'Put it in quotes.');
      if (text.trim() === '')
        return refuse(`has an empty text as ${part}.${name}.`, 'Write what it is, or leave the line out.');
      checked[part] = { ...checked[part], [name]: plain(part, asked[name], text) };
    }
  }
  for (const [actor, arn] of Object.entries(checked.roles ?? {})) {
    const unfit = unfitRole(arn);
    if (unfit !== undefined) return refuse(`has a roles.${actor} that does not do: “${arn}”.`, unfit);
  }
  return { profiles: {}, roles: {}, externalIds: {}, answers: {}, waive: {}, ...checked };
}

/** Account ids as AWS takes them. */
function plain(part: string, question: Question | undefined, text: string): string {
  if (part === 'roles') return plainRoleArn(text);
  return part === 'answers' && question?.of === 'accounts' ? plainAccountId(text) : text;
}

/** Whose credentials the file names for an actor. `environment`: the environment holds some. */
export function sourceIn(file: Answers, actor: Actor, environment: boolean): Source | undefined {
  const { [actor]: name } = file.profiles;
  const { [actor]: arn } = file.roles;
  const { [actor]: externalId } = file.externalIds;
  const base: Origin | undefined =
    name === undefined ? (environment ? { kind: 'environment' } : undefined) : { kind: 'profile', name };
  if (base === undefined || arn === undefined) return base;
  return { kind: 'role', base, arn, ...(externalId === undefined ? {} : { externalId }) };
}

/** Refuses a text that the question does not take. Throws `Stopped`. */
export function refuseUnfit(
  key: string,
  answer: string,
  { says, as, pattern, allowed, example, skippable }: Question,
): void {
  const attested = as !== 'attestation' || answer === 'attested' || (skippable && answer === 'skipped');
  if (attested && (pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(answer))) return;
  throw new Stopped(
    exitCodes.usage,
    `“${answer}” does not do for ${key}: ${says}`,
    `It has to be ${as === 'attestation' ? `attested${skippable ? ' or skipped' : ''}` : allowed === undefined ? `like ${example ?? pattern}` : `${allowed}${example === undefined ? '' : `, such as ${example}`}`}.`,
  );
}

/** The file's form, with every question. */
export const template = (runbook: Runbook): string =>
  JSON.stringify(
    {
      profiles: Object.fromEntries(runbook.actors.map((actor) => [actor, 'PROFILE'])),
      answers: questionsOf(runbook),
      waive: {},
    },
    undefined,
    2,
  );
