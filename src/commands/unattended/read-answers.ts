import { readFile } from 'node:fs/promises';
import {
  authorizationForm,
  authorizationMembers,
  authorizationText,
} from '../../model/evidence/authorization.ts';
import { validateRoleArn } from '../../model/identity.ts';
import { severalOf, valuesOf } from '../../model/question.ts';
import type { Runbook } from '../../model/runbook.ts';
import { plainAccountId, plainRoleArn } from '../../model/text/account-id.ts';
import { didYouMean } from '../../model/text/did-you-mean.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { systemError } from '../../model/text/system-error.ts';
import { withoutSecrets } from '../../model/text/without-secrets.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import { type Answers, askedBy, noAnswers, placeholder, questionsOf } from './answers.ts';
import { textIn, UnknownEncoding } from './encoding.ts';

/** Throws `CliError` with what is wrong with the file, and what to do. */
type Refuse = (what: string, remedy: string) => never;
type Part = keyof Answers;
/** What a part of the file takes. */
interface Form {
  readonly names?: readonly string[]; // all there are; any where it does not say
  readonly renamed?: Runbook['renamedAnswers'];
  readonly takesSeveral?: (name: string) => boolean;
  readonly plain?: (text: string, name: string) => string; // as AWS takes it
  readonly takes?: (text: string) => string | undefined; // as it is kept; undefined where it is none
}
type Members = Readonly<Record<string, unknown>>;
type Texts = Readonly<Record<string, string>>;

/** Reads and checks the file. Throws `CliError` with the sentence that says what is wrong with it. */
export async function readAnswers(file: string, runbook: Runbook): Promise<Answers> {
  const refuse: Refuse = (what, remedy) => {
    throw new CliError(exitCodes.usage, `The answers file ${file} ${what}`, remedy);
  };
  const value = await parsed(file, await textOf(file, refuse), refuse);
  if (!isObject(value)) return refuse('is not an object with profiles and answers.', seeForm);
  const forms = formsOf(runbook);
  const checked: Partial<Record<Part, Texts>> = {};
  for (const [part, entries] of Object.entries(value)) {
    if (part === '$schema') continue; // for the editor
    if (!isPart(part, forms))
      return refuse(
        `has the member “${part}”.`,
        'It may have profiles, roles, externalIds, answers, waive and change.',
      );
    if (!isObject(entries)) return refuse(`has a “${part}” that is not an object.`, seeForm);
    checked[part] = textsIn(part, entries, forms[part], refuse);
  }
  const unedited = uneditedIn(checked, runbook);
  if (unedited !== undefined)
    return refuse(
      `still has the text of the template in ${unedited}.`,
      'Fill it in, and delete every line that you do not need.',
    );
  for (const [actor, arn] of Object.entries(checked.roles ?? {})) {
    const unfit = validateRoleArn(arn);
    if (unfit !== undefined) return refuse(`has an invalid roles.${actor}: “${withoutSecrets(arn)}”.`, unfit);
  }
  return { profiles: {}, roles: {}, externalIds: {}, answers: {}, waive: {}, ...checked };
}
/** The first key that says what `run --questions` printed there. */
function uneditedIn({ profiles = {}, answers = {} }: Partial<Answers>, runbook: Runbook): string | undefined {
  const form = questionsOf(runbook);
  const isForm = (key: string, told: string): boolean => {
    const printed = form[key];
    return printed !== undefined && told === (typeof printed === 'string' ? printed : severalOf(printed));
  };
  const actor = Object.keys(profiles).find((one) => profiles[one as keyof typeof profiles] === placeholder);
  const key = Object.keys(answers).find((one) => isForm(one, answers[one] ?? ''));
  return actor ? `profiles.${actor}` : key && `answers.${key}`;
}
const seeForm = `See ${asCommand('cw-runbook run --questions')} for its form.`;

async function textOf(file: string, refuse: Refuse): Promise<string> {
  try {
    return textIn(await readFile(file));
  } catch (error) {
    if (error instanceof UnknownEncoding)
      return refuse(
        `is not in UTF-8: it is, or looks like, ${error.message}.`,
        'Save it as UTF-8. In PowerShell: … | Out-File -Encoding utf8 FILE.',
      );
    return refuse(`cannot be read: ${systemError(error)}.`, 'Name a file that exists: --answers FILE.');
  }
}
async function parsed(file: string, text: string, refuse: Refuse): Promise<unknown> {
  if (/\.ya?ml$/i.test(file)) return parsedYaml(text, refuse);
  if (text.trim() === '') return refuse('is empty.', seeForm);
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuse(
      `is not JSON: ${(error as Error).message}.`,
      `${seeForm} YAML is read from .yaml and .yml.`,
    );
  }
}
/** Every value is text, as it stands there: 012345678901 is an account, and no number. */
async function parsedYaml(text: string, refuse: Refuse): Promise<unknown> {
  const { yamlOf } = await import('../process/yaml.ts');
  try {
    return yamlOf(text);
  } catch (error) {
    const [first = ''] = (error as Error).message.split('\n');
    return refuse(`is not YAML: ${first}.`, seeForm);
  }
}

/**
 * What `--answer KEY=VALUE` says, checked like the file. One key several times is a list, where its question takes one.
 * Throws `CliError`.
 */
function answersGiven(pairs: readonly string[], runbook: Runbook): Answers['answers'] {
  const given = new Map<string, string[]>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1)
      throw new CliError(
        exitCodes.usage,
        `--answer ${pair} has no “=”.`,
        `Write it as --answer KEY=VALUE. The keys: ${asCommand('cw-runbook run --questions')}.`,
      );
    const key = pair.slice(0, at);
    given.set(key, [...(given.get(key) ?? []), pair.slice(at + 1)]);
  }
  const { takesSeveral } = formsOf(runbook).answers;
  const refuse: Refuse = (what, remedy) => {
    throw new CliError(exitCodes.usage, `--answer ${what}`, remedy);
  };
  const entries = [...given].map(([key, values]) => {
    const [one = ''] = values;
    if (takesSeveral?.(key)) return [key, one.startsWith('[') ? valuesOf(one) : values] as const;
    if (values.length > 1) return refuse(`names ${key} more than once.`, 'This question takes one answer.');
    return [key, one] as const;
  });
  return textsIn('answers', Object.fromEntries(entries), formsOf(runbook).answers, refuse);
}
/** The file's answers, and over them those of `--answer`. Without a file, the environment's credentials are used. Throws `CliError`. */
export async function answersFrom(
  file: string | undefined,
  pairs: readonly string[] | undefined,
  runbook: Runbook,
): Promise<Answers> {
  const read = file === undefined ? noAnswers : await readAnswers(file, runbook);
  return { ...read, answers: { ...read.answers, ...answersGiven(pairs ?? [], runbook) } };
}
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPart = (name: string, forms: object): name is Part => Object.hasOwn(forms, name);

function formsOf(runbook: Runbook): Readonly<Record<Part, Form>> {
  const { actors: names, renamedAnswers: renamed } = runbook;
  const asked = askedBy(runbook);
  return {
    profiles: { names },
    roles: { names, plain: plainRoleArn },
    externalIds: { names },
    answers: {
      names: Object.keys(asked),
      renamed,
      takesSeveral: (name) => asked[name]?.as === 'several',
      plain: (text, name) => (asked[name]?.of === 'accounts' ? plainAccountId(text) : text),
    },
    waive: {},
    change: { names: authorizationMembers, takes: authorizationText },
  };
}

/** What a part holds, by the names of today. */
function textsIn(part: Part, entries: Members, form: Form, refuse: Refuse): Texts {
  const { names, renamed = {}, takesSeveral, plain = (text) => text, takes = (text) => text } = form;
  const texts = Object.entries(entries).map(([given, told]) => {
    const now = Object.hasOwn(renamed, given) ? renamed[given] : undefined;
    const name = now?.key ?? given;
    if (now && Object.hasOwn(entries, name))
      return refuse(`has both ${given} and ${name}.`, `Keep ${name}: the other is its earlier name.`);
    if (names && !names.includes(name))
      return refuse(
        `has an unknown key in ${part}: “${name}”.`,
        `${didYouMean(name, names)}Known: ${names.join(', ')}.`,
      );
    const value =
      now && typeof told === 'string' && Object.hasOwn(now.values, told) ? now.values[told] : told;
    const key = `${part}.${name}`;
    if (!Array.isArray(value) || !takesSeveral?.(name)) {
      const text = takes(oneText(key, value, refuse));
      if (text === undefined)
        return refuse(
          `has a ${key} that is not ${authorizationForm}.`,
          'What is longer belongs into the ticket itself.',
        );
      return [name, plain(text, name)];
    }
    return [name, severalOf(listOfTexts(key, value, refuse).map((one) => plain(one, name)))];
  });
  return Object.fromEntries(texts);
}
function listOfTexts(key: string, value: readonly unknown[], refuse: Refuse): readonly string[] {
  const isList = (all: readonly unknown[]): all is readonly string[] =>
    all.length > 0 && all.every((one) => typeof one === 'string' && one !== '');
  return isList(value)
    ? value
    : refuse(`has an ${key} that is not a list of one text or more.`, 'Write it like ["one", "another"].');
}
function oneText(key: string, value: unknown, refuse: Refuse): string {
  if (Array.isArray(value)) return refuse(`has a list as ${key}.`, 'It takes one text: put it in quotes.');
  if (typeof value !== 'string') return refuse(`has a ${key} that is not a text.`, 'Put it in quotes.');
  if (value.trim() === '')
    return refuse(`has an empty text as ${key}.`, 'Write what it is, or leave the line out.');
  return value;
}
