import { InvalidArgumentError } from 'commander';

// What several commands take, as commander's `option` wants it: flags, description, and how the text is read.

export const collect = (value: string, all: readonly string[]): readonly string[] => [...all, value];
export const runOption = ['--run <id>', 'which run: any unique part of its id'] as const;
/** For what cannot be reversed by naming the right one next. */
export const shownRunOption = ['--run <id>', 'which run: at least the 8 characters shown'] as const;
export const jsonOption = ['--json', 'as JSON, for programs', false] as const;
export const schemaOption = ['--schema', 'print the JSON Schema of --json instead'] as const;
export const newOption = ['--new', 'begin a new run'] as const;
export const profileOption = [
  '--profile <name>',
  'the AWS profile to offer first, instead of AWS_PROFILE’s',
] as const;
export const scenarioOption = ['--scenario <name>', 'which organization', 'fresh'] as const;
export const faultOption = [
  '--fault <fault>',
  'make it fail: NAME, or NAME:parameter=value,… (may be repeated)',
  collect,
  [] as readonly string[],
] as const;
export const usersOption = [
  '--users <n>',
  'further users of a new organization, up to 100,000',
  (n: string) => whole(n, 100_000, '0 to 100000'),
] as const;
export const setsOption = [
  '--sets <n>',
  'further permission sets of a new organization, up to 3,500 in all',
  (n: string) => whole(n, 3_500, '0 to 3500'),
] as const;
export const delegationLagOption = [
  '--delegation-lag <ms>',
  'until a delegated administrator that was registered may act',
  (text: string) => milliseconds(text),
] as const;
export const rateOption = [
  '--rate <n>',
  'requests a second that IAM Identity Center answers (AWS: 20); any number otherwise',
  (n: string) => whole(n, 10_000, '1 to 10000', 1),
] as const;
const whole = (value: string, most: number, what: string, least = 0): number => {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > most || number < least)
    throw new InvalidArgumentError(`It has to be ${what}.`);
  return number;
};
export const milliseconds = (value: string): number =>
  whole(value, 86_400_000, 'a whole number of milliseconds');
/** Of a finished run. */
export const messageOption = [
  '--message <file>',
  'write the message for the new administrator there, for you alone to read',
] as const;
export const confirmOption = [
  '--confirm <name>',
  'confirm the change that asks for this text: an account’s name or 12-digit id, or how many people, where more than 5 are named (may be repeated)',
  collect,
  [] as readonly string[],
] as const;
export const answerOption = [
  '--answer <key=value>',
  'one answer, which comes before the file’s (may be repeated)',
  collect,
  [] as readonly string[],
] as const;
export const simulateOption = [
  '--simulate [scenario]',
  'in a simulated organization: no AWS account, no credentials; at the end, lists the changes it got',
] as const;
export const keepOption = [
  '--keep <step>',
  'keep what this step made where it cannot be undone, and undo the rest (may be repeated)',
  collect,
  [] as readonly string[],
] as const;
export const reconfirmOption = [
  '--reconfirm <n>',
  'how often a routine change that did not take effect is confirmed again; 1 unless given',
  (n: string) => whole(n, 1_000, '0 to 1000'),
] as const;
export const pollOption = [
  '--poll-interval <ms>',
  'milliseconds between two checks of a pending change',
  milliseconds,
] as const;
export const patienceOption = [
  '--change-timeout <ms>',
  'stop waiting for a pending change after this many milliseconds',
  milliseconds,
] as const;
export const paceOption = [
  '--rate-limit <n>',
  'requests per second while searching (AWS answers 20, of everybody together)',
  (n: string) => whole(n, 1_000, '1 to 1000', 1),
] as const;
export const pagesOption = [
  '--max-pages <n>',
  'most pages of CloudTrail that are read in an account and Region; 400 unless given',
  (n: string) => whole(n, 100_000, '1 to 100000', 1),
] as const;
export const trailDelayOption = [
  '--trail-delay <ms>',
  'until CloudTrail has an event',
  milliseconds,
] as const;
export const port = (value: string): number => whole(value, 65_535, 'a port, 0 to 65535');
