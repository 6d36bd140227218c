import { format } from '@cdktf/hcl-tools';
import { parse } from '@cdktf/hcl2json';
import { describe, expect, test } from 'vitest';
import type { Exporting } from '../../src/export/export.ts';
import { terraform } from '../../src/export/terraform.ts';
import { headTag } from '../../src/model/evidence/head-tag.ts';
import { knownValue } from '../../src/model/progress/setup.ts';
import documentedPolicy from '../../steps/policies/codewhisperer-as-documented.json' with { type: 'json' };
import { exportingOf, stoppedAt, wholeRun, withMember, withoutPerson } from './runs.ts';
import documented from './terraform-provider.json' with { type: 'json' };

const open = '${';
type Block = Readonly<Record<string, unknown>>;
interface Parsed {
  readonly resource: Readonly<Record<string, Readonly<Record<string, readonly Block[]>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, readonly Block[]>>>>;
  readonly import?: readonly { readonly to: string; readonly id: string }[];
  readonly provider: { readonly aws: readonly Block[] };
}
async function parsed(exporting: Exporting): Promise<Parsed> {
  const [file, ...others] = terraform(exporting);
  expect(others).toEqual([]);
  const text = file?.text ?? '';
  expect(await format(text), 'as terraform fmt has it').toBe(text);
  expect(text).toMatch(/^# .*\n/);
  return (await parse('main.tf', text)) as unknown as Parsed;
}
const all = ({ resource }: Parsed) =>
  Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, [body = {}]]) => ({ type, name, body })),
  );
/** `${…}` as the parser gives an expression. */
const bare = (text: unknown): string => String(text).replace(/^\$\{(.*)\}$/s, '$1');

/** Everything in it is one of the documented things. */
function areDocumented(it: Parsed): void {
  for (const body of it.provider.aws)
    expect(documented.provider.optional).toEqual(expect.arrayContaining(Object.keys(body)));
  const aliases = it.provider.aws.map(({ alias }) => `aws.${alias}`);
  for (const { type, name, body } of all(it)) {
    const schema = documented.resource[type as keyof typeof documented.resource];
    expect(schema, type).toBeDefined();
    const given = Object.keys(body).filter((key) => !documented.meta.includes(key));
    expect([...schema.required, ...schema.optional]).toEqual(expect.arrayContaining(given));
    expect(given).toEqual(expect.arrayContaining(schema.required));
    expect(aliases).toContain(bare(body.provider));
    for (const value of Object.values(body)) {
      const [, data, to, label, attribute = ''] =
        /^\$\{(data\.)?(aws_\w+)\.(\w+)\.(\w+)\}$/.exec(String(value)) ?? [];
      if (to === undefined) continue;
      expect((data ? it.data : it.resource)?.[to]?.[label ?? ''], `${name}: ${value}`).toBeDefined();
      expect(documented.references[to as keyof typeof documented.references]).toContain(attribute);
    }
    for (const rest of (body.depends_on as readonly string[] | undefined) ?? []) {
      const [to = '', label = ''] = bare(rest).split('.');
      expect(it.resource[to]?.[label]).toBeDefined();
    }
  }
  areImported(it);
}
/** What is imported is in it, by an id of the documented form. */
function areImported(it: Parsed): void {
  for (const { to, id } of it.import ?? []) {
    const [type = '', name = ''] = bare(to).split('.');
    const body = it.resource[type]?.[name]?.[0];
    expect(body, to).toBeDefined();
    const { between, parts, example } = documented.resource[type as keyof typeof documented.resource].import;
    const found = id.split(between);
    expect(found).toHaveLength(parts.length);
    for (const [n, part] of parts.entries()) {
      const value = body?.[part];
      if (value !== undefined && !String(value).startsWith('${')) expect(found[n]).toBe(value);
      const like = example.split(between)[n] ?? '';
      if (like.startsWith('arn:')) expect(found[n]).toMatch(new RegExp(`^${like.split('/')[0]}/ssoins-`));
    }
  }
}

describe('a finished run', () => {
  test('is four kinds of resources of two providers, each imported by its documented id', async () => {
    const run = await wholeRun();
    const exporting = exportingOf(run);
    const it = await parsed(exporting);
    areDocumented(it);
    const kinds = Object.fromEntries(
      Object.entries(it.resource).map(([type, of]) => [type, Object.keys(of).length]),
    );
    expect(kinds).toEqual({
      aws_organizations_delegated_administrator: 1,
      aws_ssoadmin_permission_set: 2,
      aws_ssoadmin_permission_set_inline_policy: 2,
      aws_ssoadmin_account_assignment: 6,
    });
    expect(it.import).toHaveLength(11);
    expect(it.data).toBeUndefined();
    expect(
      it.provider.aws.map(({ alias, allowed_account_ids }) => [alias, allowed_account_ids]).toSorted(),
    ).toEqual([
      ['delegated_administrator', [run.binding.accounts?.['delegated-administrator']]],
      ['management', [run.binding.accounts?.management]],
    ]);
    const policies = Object.values(it.resource.aws_ssoadmin_permission_set_inline_policy ?? {});
    for (const [body] of policies) {
      const [, json = ''] = /^\$\{jsonencode\((.*)\)\}$/s.exec(String(body?.inline_policy)) ?? [];
      const back = await parse('policy.tf', `policy = ${json}`);
      expect(back.policy).toEqual(documentedPolicy);
    }
    for (const one of exporting.setup.calls) {
      if (one.call.operation !== 'sso:CreateAccountAssignment') continue;
      const { PrincipalId, TargetId, PrincipalType } = knownValue(exporting.setup, one.call.input) as Block;
      const same = all(it).filter(
        ({ body }) =>
          body.principal_id === PrincipalId &&
          body.target_id === TargetId &&
          body.principal_type === PrincipalType,
      );
      expect(same).toHaveLength(1);
    }
  });
});

test('a set that is imported keeps every tag that it has, and a comment reads as the name does', async () => {
  const run = await wholeRun();
  const it = await parsed(exportingOf(run));
  const sent = run.attempts.flatMap(({ intent: { call } }) =>
    call.operation === 'sso:CreatePermissionSet'
      ? [Object.fromEntries((call.input.Tags ?? []).map(({ Key, Value }) => [Key, Value]))]
      : [],
  );
  expect(sent.every((tags) => headTag in tags)).toBe(true);
  const sets = Object.values(it.resource.aws_ssoadmin_permission_set ?? {}).map(([body]) => body?.tags);
  expect(sets).toEqual(sent);
  const [file] = terraform(exportingOf(run));
  expect(file?.text).toMatch(/^# Assign o'neil"\$\{x\}%\{y\} to/m);
});

test('what is not there is not imported', async () => {
  const it = await parsed(exportingOf(await stoppedAt('sso:CreatePermissionSet')));
  areDocumented(it);
  expect(it.import?.map(({ to }) => bare(to))).toEqual([
    'aws_organizations_delegated_administrator.delegated_administrator',
  ]);
  expect(Object.keys(it.resource)).toHaveLength(4);
});

test.each(['to-do', 'unknown', 'as-found'] as const)(
  'nor is what is %s, though its id could be told',
  async (stands) => {
    const { setup, ...rest } = exportingOf(await wholeRun());
    const calls = setup.calls.map((one) =>
      one.call.operation === 'sso:CreateAccountAssignment' ? { ...one, stands } : one,
    );
    const it = await parsed({ ...rest, setup: { ...setup, calls } });
    areDocumented(it);
    expect(it.import).toHaveLength(5);
    expect(Object.keys(it.resource.aws_ssoadmin_account_assignment ?? {})).toHaveLength(
      stands === 'as-found' ? 0 : 6,
    );
  },
);

test('a person who is still to be made is looked up', async () => {
  const it = await parsed(withoutPerson(exportingOf(await wholeRun())));
  areDocumented(it);
  expect(it.import).toHaveLength(8);
  const [[name, [person]] = ['', []]] = Object.entries(it.data?.aws_identitystore_user ?? {});
  const schema = documented.data.aws_identitystore_user;
  expect([...schema.required, ...schema.optional, 'provider']).toEqual(
    expect.arrayContaining(Object.keys(person ?? {})),
  );
  const [identifier] = (person as Block).alternate_identifier as readonly {
    readonly unique_attribute: readonly Block[];
  }[];
  expect(Object.keys(identifier?.unique_attribute[0] ?? {})).toEqual(schema.blocks.unique_attribute);
  // What would begin a template stays escaped in what the parser gives.
  expect(identifier?.unique_attribute[0]?.attribute_value).toBe(`o'neil"$${open}x}%%{y}`);
  expect(
    all(it).filter(({ body }) => body.principal_id === `\${data.aws_identitystore_user.${name}.user_id}`),
  ).toHaveLength(3);
});

test('a set that was there is imported, and what the run did not decide about it is left alone', async () => {
  const it = await parsed(exportingOf({ ...(await wholeRun()), attempts: [] }));
  areDocumented(it);
  const [set] = it.resource.aws_ssoadmin_permission_set?.codewhisperer_administrator ?? [];
  expect(Object.keys(set ?? {}).toSorted()).toEqual([
    ...['depends_on', 'instance_arn', 'lifecycle', 'name', 'provider'],
  ]);
  expect(JSON.stringify(set?.lifecycle)).toMatch(/description.*tags.*relay_state.*session_duration/);
});

test.each([
  ['quotes and templates', `a"b\\c${open}d}$${open}e}%{f}%%{g}`, `a"b\\c$${open}d}$$${open}e}%%{f}%%%{g}`],
  ['line breaks', 'a\nb\r\nc\td', 'a\nb\r\nc\td'],
  ['what is not seen', 'a\u202eb\u0007c\u{e0041}', 'a\u202eb\u0007c\u{e0041}'],
])('%s in a name are a text, and begin nothing', async (_, value, given) => {
  const it = await parsed(withMember(exportingOf(await wholeRun()), 'Description', value));
  const sets = Object.values(it.resource.aws_ssoadmin_permission_set ?? {});
  expect(sets.map(([body]) => body?.description)).toEqual([given, given]);
});

test('a simulated run says so at the top, and a name with a line break stays within its comment', async () => {
  const exporting = exportingOf({ ...(await wholeRun()), simulated: true });
  const [file] = terraform({
    ...exporting,
    setup: {
      ...exporting.setup,
      calls: exporting.setup.calls.map((one) => ({ ...one, says: 'a\nresource "x" "y" {}' })),
    },
  });
  expect(file?.text.split('\n')[1]).toMatch(/^# A SIMULATED run:/);
  expect(file?.text).not.toMatch(/^resource "x"/m);
});
