import { expect } from 'vitest';
import { isAsKept } from '../kept.ts';
import { withoutWords } from '../words.ts';
import { type Bench, bench, type Ended, type Start } from './bench.ts';

/** Everything the runbook does in the organization `fresh`, each once. */
export const whole = [
  'organizations:RegisterDelegatedAdministrator',
  'sso:CreatePermissionSet',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:CreateAccountAssignment',
];
const reads = /:(Get|List|Describe|Simulate|Lookup)/;

/** What the operator was told, kept as a file that was read by a person: sentences, and what is out of the ordinary. */
export async function said(name: string, { code, out, err }: Ended): Promise<void> {
  expect(out + err).not.toMatch(/\n\s+at |\$response|\[object |undefined/);
  const unusual = untilCard(out.split('\n')).filter(
    (line) => line !== '' && !ordinary.some((usual) => usual.test(line)),
  );
  const once = [...new Set(unusual.map((line) => `  ${same(line).replace(/#\d+/, '#‹n›')}`))];
  const text = withoutWords([`exit code ${code}`, ...once, same(err)].join('\n'));
  await isAsKept(text, 'said', `${name.replaceAll(' ', '-')}.txt`);
}
/** What the card says, its own tests tell: of it the first line is kept. */
const untilCard = (lines: readonly string[]): readonly string[] => {
  const card = lines.findIndex((line) => line.startsWith('Finished '));
  return card < 0 ? lines : lines.slice(0, card + 1);
};
const ordinary = [
  /^(run|opened|answered|read|warning|note|named|ahead|identified|belongs|confirmed|sending|settled|finished|next|at AWS|closed) /,
  /^checked +[^:]+: (?!blocked|unknown|by-hand)/,
  /^accepted +(profile|\S+\/\S+#\d+: AWS request [0-9a-f])/,
  /^verified .*AWS accepted it, and it was read back$/,
];
/** Without what differs from run to run. */
const same = (text: string): string =>
  text
    .replace(/\b(USER|GROUP):[0-9a-f-]{36}@\d{12}/g, '‹assignment›')
    .replace(/\b[0-9a-f]{64}\b/g, '‹head›')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '‹request›')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '‹time›')
    .replace(/\b\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d UTC/g, '‹time›')
    .replace(/--run [0-9A-HJKMNP-TV-Z]{8}\b/g, '--run ‹run›')
    .replace(/process \d+ of \S+ on \S+,/g, 'process ‹n› of ‹user› on ‹machine›,')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:‹port›')
    .replace(/\d+ of \d+ steps done/g, '‹n› of ‹n› steps done')
    .replace(/in the \d+ steps that/g, 'in the ‹n› steps that')
    .replace(/tried again in \d+ s/g, 'tried again in ‹n› s')
    .replace(/\S*\/cw-fault-\w+/g, '‹home›')
    .replace(/\b0[0-9A-HJKMNP-TV-Z]{25}\b/g, '‹run›')
    // What is asked together is answered in any order, and so is not.
    .replace(/(no answer from AWS|could not be checked): [a-z-]+:[A-Z]\w+:/g, '$1: ‹operation›:')
    .replace(/^( +waiting .*\n)\1+/gm, '$1');

/**
 * Whatever happened: the journal verifies; no request of a change without an intent, and no more
 * than one for each.
 */
export async function judge(at: Bench): Promise<void> {
  const intents = (await at.events()).flatMap((event) => (event.type === 'intended' ? [event] : []));
  const { requests } = await at.ledger();
  const writes = requests.filter(({ operation }) => !reads.test(operation));
  const marks = writes.map(({ userAgent }) => /md\/act#(\S+)/.exec(userAgent)?.[1]);
  expect(new Set(marks).size, 'requests for each intent').toBe(marks.length);
  const intended = intents.map(({ attempt }) => attempt.replace(/[^A-Za-z0-9._-]+/g, '-'));
  expect(marks.filter((mark) => mark === undefined || !intended.includes(mark))).toEqual([]);
}

/** The program meets faults once, and is judged. */
export async function meets(name: string, at: Bench, orders: readonly object[], how?: Start): Promise<Ended> {
  for (const order of orders) await at.order(order);
  const ended = await at.run(how);
  expect((await at.struck()).every((times) => times > 0)).toBe(true);
  await said(name, ended);
  await judge(at);
  return ended;
}
/** How many requests of this operation there were. */
export const times = async (at: Bench, operation: string): Promise<number> =>
  (await at.ledger()).requests.filter((request) => request.operation === operation).length;
/** How many requests there were at all. */
export const asked = async (at: Bench): Promise<number> => (await at.ledger()).requests.length;

/** The fault is over: the run goes on to the whole end state, and nothing is doubled. */
export async function goesOn(at: Bench, how?: Start, effects: readonly string[] = whole): Promise<void> {
  await at.end();
  const ended = await at.run(how);
  expect(ended, ended.err + ended.out).toMatchObject({ code: 0, err: '' });
  expect((await at.ledger()).effects.map(({ operation }) => operation)).toEqual(effects);
  await judge(at);
  const exported = await at.cli('audit', 'export', '--format', 'jsonl');
  expect(exported, exported.err).toMatchObject({ code: 0, err: '' });
}

/** A fault that strikes every change once it was made: it is found, and not made again. */
export async function madeOnce(name: string, fault: string): Promise<void> {
  const at = await bench();
  const orders = whole.map((operation) => ({ fault, operation }));
  expect(await meets(name, at, orders)).toMatchObject({ code: 0 });
  for (const operation of whole) expect(await times(at, operation)).toBe(1);
  await goesOn(at);
}
/** A refusal that passes, several times: each try is a change with an intent of its own. */
export async function waitedFor(name: string, fault: string, operation: string): Promise<void> {
  const at = await bench();
  const many = fault === 'throttle-burst' ? 20 : 3;
  const ended = await meets(name, at, [{ fault, operation, times: many }], {
    flags: ['--patience', '20000'],
  });
  expect(ended).toMatchObject({ code: 0 });
  expect(await times(at, operation)).toBe(many + 1);
  await goesOn(at);
}
