import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../src/commands/process/exit.ts';
import { readAnswers } from '../../src/commands/unattended/read-answers.ts';
import { valuesOf } from '../../src/model/question.ts';
import { codewhisperer } from '../../steps/index.ts';

/** What is read of a file with these answers. */
async function read(answers: object): Promise<Readonly<Record<string, string>>> {
  const file = join(await mkdtemp(join(tmpdir(), 'cw-answers-')), 'answers.json');
  await writeFile(file, JSON.stringify({ answers }));
  return (await readAnswers(file, codewhisperer)).answers;
}
const who = 'administrator-user.user';
const where = 'assign-administrator.target';

describe('where several may be named', () => {
  test.each<[string, string, unknown, readonly string[]]>([
    ['users and groups', who, ['ada', 'group:Platform Engineering'], ['ada', 'group:Platform Engineering']],
    ['accounts', where, ['444455556666', '777788889999'], ['444455556666', '777788889999']],
    ['a text, for a list of one', who, 'ada', ['ada']],
    ['a list of one', where, ['444455556666'], ['444455556666']],
    ['somebody named twice counts once', who, ['ada', 'grace', 'ada'], ['ada', 'grace']],
    ['to the letter', who, ['Ada ', 'ada', 'group:ada'], ['Ada ', 'ada', 'group:ada']],
    ['a name that looks like a list', who, '[ada]', ['[ada]']],
    ['quotes and brackets in a list', who, ['["x"]', 'a"b'], ['["x"]', 'a"b']],
  ])('%s', async (_, key, given, values) => {
    expect(valuesOf((await read({ [key]: given }))[key] ?? '')).toEqual(values);
  });

  test.each<[string, unknown]>([
    ['an empty list', []],
    ['a number', ['ada', 7]],
    ['null', [null]],
    ['a list in the list', [['ada']]],
    ['an object', [{ user: 'ada' }]],
    ['an empty text', ['ada', '']],
  ])('%s in it is refused, with the key and the form', async (_, given) => {
    await expect(read({ [who]: given })).rejects.toMatchObject({
      code: exitCodes.usage,
      message: expect.stringContaining(`answers.${who} that is not a list of one text or more`),
      remedy: expect.stringContaining('["one", "another"]'),
    });
  });
});

test('where one is asked for, a list is refused, also of one', async () => {
  for (const given of [['documented'], ['a', 'b'], []])
    await expect(read({ 'permission-set.policy': given })).rejects.toMatchObject({
      code: exitCodes.usage,
      message: expect.stringContaining('has a list as answers.permission-set.policy'),
    });
});

test.each([7, true, null, { a: 'b' }])('%j is no answer', async (given) => {
  await expect(read({ [where]: given })).rejects.toMatchObject({
    code: exitCodes.usage,
    message: expect.stringContaining(`answers.${where} that is not a text`),
  });
});

test.each(['', ' '])('an empty text (“%s”) is no answer', async (given) => {
  await expect(read({ [where]: given })).rejects.toMatchObject({
    code: exitCodes.usage,
    message: expect.stringContaining(`has an empty text as answers.${where}`),
  });
});

test.each(['constructor', 'toString', '__proto__'])(
  '%s, which every object has, is a key that no question has',
  async (key) => {
    await expect(read(JSON.parse(`{"${key}": "x"}`))).rejects.toMatchObject({
      code: exitCodes.usage,
      message: expect.stringContaining(`has an unknown key in answers: “${key}”`),
    });
  },
);

test.each(Object.entries(codewhisperer.renamedAnswers))('%s takes no value of every object', async (key) => {
  const answers = Object.values(await read({ [key]: 'constructor' }));
  expect(answers).toEqual(['constructor']);
});

test.each<[string, string]>([
  ['two lines', 'CHG1\nCHG2'],
  ['more than a ticket has', 'C'.repeat(501)],
  ['what hides text', 'CHG1\u202e'],
])('%s is refused under change, as on the command line', async (_, ticket) => {
  const file = join(await mkdtemp(join(tmpdir(), 'cw-answers-')), 'answers.json');
  await writeFile(file, JSON.stringify({ change: { ticket } }));
  await expect(readAnswers(file, codewhisperer)).rejects.toMatchObject({
    code: exitCodes.usage,
    message: expect.stringContaining('has a change.ticket that is not one line of 1 to 500 characters'),
  });
  await writeFile(file, JSON.stringify({ change: { ticket: ' CHG1\n' } }));
  expect((await readAnswers(file, codewhisperer)).change).toEqual({ ticket: 'CHG1' });
});
