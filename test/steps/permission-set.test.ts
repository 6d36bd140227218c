import { describe, expect, test } from 'vitest';
import { isChange } from '../../src/model/plan.ts';
import type { Choice } from '../../src/model/question.ts';
import { unmarked } from '../../src/model/text/own-commands.ts';
import { permissionSet } from '../../steps/permission-set.ts';
import { decisions } from '../../steps/permission-sets/existing-permission-set.ts';
import type { Grants } from '../../steps/permission-sets/observe-permission-set.ts';
import { ownersIn } from '../../steps/permission-sets/owner-tags.ts';
import { chosenPolicy, documentedPolicy, offeredPolicies } from '../../steps/policies/index.ts';
import { policyChoices } from '../../steps/policies/policy-choice.ts';
import { at, DEV, delegate, goals, instance, MGMT, organization } from './plans.ts';

const name = 'CodeWhisperer_administrator';
const policy = documentedPolicy.text;
const other = '{"Version":"2012-10-17","Statement":[]}';
const bare: Grants = {
  ...{ arn: 'arn:set', name, inline: '', session: 'PT1H', managed: [], customer: [], boundary: '' },
  ...{ provisioned: [], outdated: [], holders: [] },
};
const grants = (more: Partial<Grants>): Grants => ({ ...bare, ...more });
const given = { organization, instance, delegate, user: { principals: [] } };
const plan = (set: Grants | undefined, answers: Readonly<Record<string, string>> = {}) =>
  permissionSet.plan(set, at({ policy: 'documented', name, ...answers }, given));
async function choices(set: Grants): Promise<readonly Choice[]> {
  const all: Choice[] = [];
  for await (const one of decisions(set, documentedPolicy, delegate)) all.push(one);
  return all;
}
const decide = async (set: Grants, verb: string): Promise<{ readonly existing: string }> => ({
  existing: (await choices(set)).find(({ value }) => value.startsWith(`${verb}@`))?.value ?? '',
});
const create = 'set: sso:CreatePermissionSet';
const put = 'policy: sso:PutInlinePolicyToPermissionSet';
const rest = ['grants: met', 'provisioned: met'];
const head = ['chosen: met', 'set: met'];

test('first the questions, one at a time', () => {
  const first = permissionSet.plan(undefined, at({}, given));
  expect(goals(first)).toEqual(['chosen: open policy']);
  expect(first.goals[0]).toMatchObject({ initial: 'documented' });
  expect(goals(permissionSet.plan(undefined, at({ policy: 'amazon-q-developer-2026' }, given)))).toEqual([
    'name: open name',
  ]);
});

test('a set of that name that was seen is told before policy and name are asked', () => {
  const ask = (set: Grants, answers = {}) => {
    const asked = permissionSet.plan(set, at(answers, given));
    return { first: asked.goals[0], note: asked.notes?.join(' ') };
  };
  const elsewhere = grants({ inline: other, provisioned: [DEV] });
  const barred = grants({ inline: other, provisioned: [MGMT] });
  const chosen = { policy: 'documented' };
  expect(ask(elsewhere).note).toContain(`${name} exists already, with another policy`);
  expect(ask(grants({ inline: policy })).note).toContain(`exists already, with ${documentedPolicy.name}`);
  expect(ask(grants({})).note).toContain('exists already, with no policy');
  expect(ask(barred).note).toContain(`the management account ${MGMT} has it`);
  expect(ask(elsewhere, chosen)).toMatchObject({
    first: { question: 'name', initial: name },
    note: expect.stringContaining('It stays as it is unless you decide otherwise next'),
  });
  expect(ask(elsewhere, chosen).first).not.toHaveProperty('offered');
  // Unattended the default stays what it is, and is refused: nobody is there to read of another name.
  expect(ask(barred, chosen)).toMatchObject({
    first: { question: 'name', initial: name, offered: `${name}_2` },
    note: expect.stringContaining('makes a set of another name'),
  });
});

test('absent: created, then given its policy by an ARN that is known later', () => {
  const planned = plan(undefined);
  expect(goals(planned)).toEqual(['chosen: met', create, 'editable: met', put, ...rest]);
  expect(planned.gives).toEqual({
    arn: { $after: 'set', path: 'PermissionSet.PermissionSetArn' },
    name,
    policy: 'documented',
  });
  const [first, second] = planned.goals.filter((goal) => isChange(goal));
  expect(first?.call.input).toMatchObject({ Name: name, Tags: [{ Key: 'cw-runbook:run', Value: 'run-1' }] });
  expect(second?.call.input).toMatchObject({ InlinePolicy: policy });
  expect(second?.risk).toBe('routine');
});

describe('the policy that was chosen', () => {
  const offered = (seen: readonly string[] = []) => policyChoices(delegate, seen);

  test('the document’s is the first, and the only one that can be had without typing', () => {
    const all = offered();
    expect(all.map(({ value, danger }) => [value, danger?.typed])).toEqual([
      ['documented', undefined],
      ...offeredPolicies.slice(1).map(({ id }) => [id, ['Identity', delegate.account]]),
    ]);
  });

  test('each is one line: whose and of when, how many actions, and how many against the document’s', () => {
    expect(offered().map(({ label, facts }) => [label, ...(facts ?? [])].join(' · '))).toEqual([
      'CodeWhisperer document, 2024 · 42 actions',
      'CodeWhisperer document + customizations, 2024 · 60 actions, +18 vs. document',
      'CodeWhisperer legacy, 2026 · 43 actions, +1 vs. document',
      'CodeWhisperer legacy + customizations, 2026 · 61 actions, +19 vs. document',
      'Amazon Q Developer, 2026 · 58 actions, +31 -15 vs. document',
      'Amazon Q Developer + customizations, 2026 · 75 actions, +48 -15 vs. document',
      'Kiro, December 2025 · 61 actions, +34 -15 vs. document',
    ]);
  });

  test.each<[readonly string[], string, string | undefined]>([
    [[], 'documented', undefined],
    [['QDevProfile-us-east-1'], 'documented', 'For the profile QDevProfile-us-east-1'],
    [['KiroProfile-eu-central-1'], 'kiro-2025-12', 'For the profile KiroProfile-eu-central-1'],
    [['QDevProfile-us-east-1', 'KiroProfile-x'], 'documented', undefined],
  ])('of the profiles %j those that fit come first; the default is the document’s', (seen, first, group) => {
    const all = offered(seen);
    expect([all[0]?.value, all[0]?.group]).toEqual([first, group]);
    expect(all).toHaveLength(offeredPolicies.length);
    // Whatever comes first, Enter takes the same.
    const [goal] = permissionSet.plan(undefined, at({}, given)).goals;
    expect(goal).toMatchObject({ initial: 'documented' });
  });

  test('before it is taken, its source, its date and what it grants otherwise are said', () => {
    const q = offered().find(({ value }) => value === 'amazon-q-developer-2026');
    expect(q?.detail).toBe(
      'Against the document: adds 31 actions, narrows 1, drops 15. From AWS’s guide, looked up on 23 November 2026.',
    );
    const says = q?.danger?.says.join('\n') ?? '';
    expect(says).toMatch(/Source: Amazon Q Developer User Guide.*2026.*https:/);
    expect(says).toMatch(
      /Also allows q: CreateAssignment, DeleteAssignment, ListDashboardMetrics on every resource/,
    );
    expect(says).toMatch(/Does not allow pricing:GetProducts on every resource/);
    expect(says).toMatch(
      /Allows less widely iam:CreateServiceLinkedRole on arn:aws:iam::\*:role.*; there on every/,
    );
    expect(says).toMatch(/A reviewer will ask about kms:/);
  });

  test('of Kiro’s policy it is said that a newer page asks for more, and what', () => {
    const kiro = offered().find(({ value }) => value === 'kiro-2025-12');
    expect(kiro?.detail).toMatch(/From Kiro’s guide of 11 December 2025\.$/);
    const says = kiro?.danger?.says.join('\n') ?? '';
    expect(says).toMatch(/^Source: .*11 December 2025.*https:\/\/kiro\.dev/);
    expect(says).toMatch(
      /may have changed\. A newer page .*codewhisperer:DeleteProfile.*login domains.*https:/,
    );
    expect(says).toMatch(/Also allows q: .*UpdateAssignment/);
  });

  test.each(offeredPolicies)('$id is put, compared and named', (chosen) => {
    const planned = plan(undefined, { policy: chosen.id });
    const sent = planned.goals.find((goal) => goal.id === 'policy');
    expect(sent).toMatchObject({
      says: `Give ${name} ${chosen.name}`,
      call: { input: { InlinePolicy: chosen.text } },
    });
    expect(planned.goals[0]).toMatchObject({ is: 'met', found: chosen.name });
    const there = plan(grants({ inline: chosen.text }), { policy: chosen.id });
    expect(goals(there)).toEqual([...head, 'editable: met', 'policy: met', ...rest]);
    expect(there.goals.map(({ says }) => says)).toEqual(
      expect.arrayContaining([
        `The set carries ${chosen.name}`,
        `The set grants nothing beyond ${chosen.name}`,
      ]),
    );
  });

  test('a set with one offered policy differs from another, and is known by its name', () => {
    const [documented, , legacy] = offeredPolicies;
    const asked = plan(grants({ inline: legacy?.text ?? '' }), { policy: documented?.id ?? '' });
    expect(goals(asked)).toEqual([...head, 'policy: open existing']);
    expect(asked.notes).toContain(
      'Its inline policy means what AWS’s policy of 2026 for legacy CodeWhisperer profiles does.',
    );
    expect(asked.details).toContain('Also allows q:ListDashboardMetrics on every resource');
    expect(asked.notes).not.toContain('Also allows q:ListDashboardMetrics on every resource');
  });

  test('journals of older programs are about the document’s policy, with customizations or without', () => {
    const old = (customizations: string) =>
      permissionSet.plan(undefined, at({ customizations, name } as object, given));
    expect(old('no').goals[0]).toMatchObject({ found: documentedPolicy.name });
    expect(old('yes').goals.find(({ id }) => id === 'policy')).toMatchObject({
      call: { input: { InlinePolicy: chosenPolicy({ policy: 'documented+customizations' })?.text } },
    });
  });

  test('a policy that is not known is asked for again', () => {
    expect(goals(plan(undefined, { policy: 'kiro-2026' }))).toEqual(['chosen: open policy']);
  });
});

test('bare, as a killed program leaves it: given its policy without a question', () => {
  expect(goals(plan(bare))).toEqual([...head, 'editable: met', put, ...rest]);
});

test('the same, in other words: nothing to do', () => {
  const same = JSON.stringify(JSON.parse(policy), null, 2);
  expect(goals(plan(grants({ inline: same })))).toEqual([...head, 'editable: met', 'policy: met', ...rest]);
});

test('outdated where it is provisioned: brought up to date, dangerous', () => {
  const set = grants({ inline: policy, provisioned: [DEV, '4'], outdated: ['4'] });
  const planned = plan(set);
  expect(goals(planned).at(-1)).toBe('provisioned: dangerous sso:ProvisionPermissionSet');
  expect(planned.goals.at(-1)).toMatchObject({
    says: expect.stringMatching(/ in 4$/),
    typed: ['Identity', delegate.account],
  });
});

test('provisioned in the management account: out of the delegate’s reach', () => {
  expect(goals(plan(grants({ inline: policy, provisioned: [MGMT] })))).toEqual([...head, 'editable: wrong']);
});

describe('different', () => {
  const set = grants({
    inline: other,
    provisioned: [DEV],
    holders: [{ account: DEV, principal: 'u-9', who: 'user u-9' }],
  });

  test('is asked about, with what it grants, and every choice but two is dangerous', async () => {
    expect(goals(plan(set))).toEqual([...head, 'policy: open existing']);
    expect((await choices(set)).map(({ value, danger }) => [value.split('@')[0], danger?.typed])).toEqual([
      ['use', ['Identity', delegate.account]],
      ['replace', ['Identity', delegate.account]],
      ['rename', undefined],
      ['stop', undefined],
    ]);
  });

  test('the question shows who has it and how much differs; the rest is behind a key', () => {
    const { notes, details } = plan(set);
    expect(notes).toEqual([
      `1 assignment has it: user u-9 in account ${DEV}.`,
      expect.stringMatching(/^Against the document’s policy, its inline policy .*drops \d+ actions\.$/),
    ]);
    const places = { [DEV]: 'Development' };
    expect(plan({ ...set, places }).notes?.[0]).toBe(
      `1 assignment has it: user u-9 in Development (${DEV}).`,
    );
    expect(details?.join()).toContain('Does not allow pricing:GetProducts on every resource');
  });

  test('what replacing it changes is said as a change, and who has it once', async () => {
    const replace = (await choices(set)).find(({ value }) => value.startsWith('replace@'));
    const says = replace?.danger?.says ?? [];
    expect(says).toContain('Allows pricing:GetProducts on every resource');
    expect(says.join(' ')).not.toContain('Does not allow');
    expect(new Set(says).size).toBe(says.length);
    const use = (await choices(set)).find(({ value }) => value.startsWith('use@'));
    expect(use?.danger?.says).toContain('Does not allow pricing:GetProducts on every resource');
  });

  test('replaced: dangerous where somebody has it, the old text kept, every account behind', async () => {
    const planned = plan(set, await decide(set, 'replace'));
    expect(goals(planned)).toEqual([
      ...head,
      'editable: met',
      'policy: dangerous sso:PutInlinePolicyToPermissionSet',
      'grants: met',
      'provisioned: dangerous sso:ProvisionPermissionSet',
    ]);
    expect(planned.goals[3]).toMatchObject({ before: other });
    const unused = grants({ inline: other });
    expect(goals(plan(unused, await decide(unused, 'replace')))[3]).toBe(put);
  });

  test('replaced and then looked at: the decision is carried out, not asked again', async () => {
    const decided = await decide(set, 'replace');
    const now = grants({ ...set, inline: policy, outdated: [DEV] });
    expect(goals(plan(now, decided)).slice(2)).toEqual([
      'editable: met',
      'policy: met',
      'grants: met',
      'provisioned: dangerous sso:ProvisionPermissionSet',
    ]);
  });

  test('used as it is: a warning, and no change', async () => {
    expect(goals(plan(set, await decide(set, 'use')))).toEqual([
      ...head,
      'editable: met',
      'policy: warning',
      ...rest,
    ]);
  });

  test('another name: asked; and stop is wrong, until the answer changes', async () => {
    expect(goals(plan(set, { existing: `rename@${name}` }))).toEqual([...head, 'name: open name']);
    expect(goals(plan(set, await decide(set, 'stop')))).toEqual([...head, 'policy: wrong']);
  });

  test.each(['use', 'replace', 'stop'])(
    'a decision (%s) is not about a policy that came later',
    async (verb) => {
      const later = grants({ ...set, inline: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}' });
      expect(goals(plan(later, await decide(set, verb)))).toEqual([...head, 'policy: open existing']);
      const managed = grants({ ...set, managed: ['arn:aws:iam::aws:policy/AdministratorAccess'] });
      expect(goals(plan(managed, await decide(set, verb)))).toEqual([...head, 'policy: open existing']);
    },
  );

  test('a renaming is about that name only', () => {
    expect(goals(plan(grants({ inline: other }), { existing: 'rename@Another' }))).toContain(
      'policy: open existing',
    );
  });
});

test.each<Partial<Grants>>([
  { managed: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
  { customer: ['/mine'] },
  { boundary: 'b' },
  { session: 'PT8H' },
])('the document’s policy and more (%o): asked, and used with a warning', async (more) => {
  const set = grants({ inline: policy, ...more });
  expect(goals(plan(set))).toEqual([...head, 'policy: open existing']);
  expect((await choices(set)).find(({ value }) => value.startsWith('replace@'))?.not).toBeDefined();
  expect(goals(plan(set, await decide(set, 'use')))).toEqual([
    ...head,
    'editable: met',
    'policy: met',
    'grants: warning',
    'provisioned: met',
  ]);
  // A set without a policy that carries something else is not bare.
  expect(goals(plan(grants(more)))).toEqual([...head, 'policy: open existing']);
});

test('the path of a customer managed boundary counts, and the relay state is told', async () => {
  const set = grants({ inline: policy, boundary: '/infra/Limits', relay: 'https://evil.example/' });
  const used = await decide(set, 'use');
  expect(goals(plan(set, used))).toContain('grants: warning');
  expect(goals(plan({ ...set, boundary: '/other/Limits' }, used))).toContain('policy: open existing');
  for (const choice of (await choices(set)).filter(({ danger }) => danger)) {
    expect(choice.danger?.says.join('\n')).toContain('opens https://evil.example/ (its relay state)');
    expect(choice.danger?.says.join('\n')).toMatch(/must have these policies: permissions boundary \/infra/);
  }
});

test('what a set needs in each account is named where there is something, and only then', async () => {
  const says = async (more: Partial<Grants>) =>
    (await choices(grants({ inline: other, ...more })))[0]?.danger?.says.join('\n') ?? '';
  expect(await says({ customer: ['/x/Mine', '/Other'] })).toContain(
    'customer managed policy /x/Mine; customer managed policy /Other. IAM Identity Center does not create them',
  );
  expect(
    await says({ managed: ['arn:aws:iam::aws:policy/X'], boundary: 'arn:aws:iam::aws:policy/Y' }),
  ).not.toContain('has to have');
  expect(unmarked(await says({ customer: ['/x/Mine', '/Other'] }))).toContain(
    "for each of these policies: aws iam get-policy --policy-arn arn:aws:iam::ACCOUNT-ID:policy/x/Mine --profile '<a profile of account ACCOUNT-ID>'",
  );
});

test('of a set without an inline policy nothing is said to be overwritten, kept or put back', async () => {
  const set = grants({ managed: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] });
  const [use, give] = await choices(set);
  expect(use?.danger?.decisive?.slice(0, 3)).toEqual([
    expect.stringContaining('The administrator gets what this set grants'),
    'It has no inline policy.',
    'Nobody has it.',
  ]);
  expect(give?.label).toBe(`Give ${name} the document’s policy`);
  const texts = [give?.label, give?.detail, ...(give?.danger?.decisive ?? []), ...(give?.danger?.says ?? [])];
  expect(texts.join('\n')).not.toMatch(/overwritten|old|Replace/);
  expect(texts.join('\n')).toContain('It has no inline policy yet');
  const put = plan(set, await decide(set, 'replace')).goals.find((goal) => isChange(goal));
  expect(put).toMatchObject({ undo: 'its inline policy is removed; what else is in it stays' });
  const [, replace] = await choices(grants({ inline: other }));
  expect(replace?.danger?.decisive?.[0]).toBe(
    'Its inline policy is overwritten. The journal keeps the old one.',
  );
});

test.each([
  ['this run made, by its journal', { ...bare, ours: true as const }, /^the set is deleted with its policy$/],
  ['this run made, by its tag', { ...bare, madeBy: 'run-1' }, /^the set is deleted with its policy$/],
  [
    'another run made again',
    { ...bare, ours: true as const, madeBy: 'run-2' },
    /^its inline policy is removed; /,
  ],
  ['another run made', { ...bare, madeBy: 'run-2' }, /^its inline policy is removed; /],
  ['nobody marked', bare, /^its inline policy is removed; /],
])('of an empty set that %s, the way back is what an undo does', (_, set, says) => {
  const put = plan(set).goals.find((goal) => isChange(goal));
  expect(put?.undo).toMatch(says);
});

test('that a set is there already is known before its policy is chosen', () => {
  const user = { principals: [], kept: [] };
  const set = grants({ inline: other });
  const asked = permissionSet.plan(set, at({}, { ...given, user }));
  expect(goals(asked)).toEqual(['chosen: open policy']);
  expect(asked.notes?.[0]).toBe(
    `${name} exists already, with another policy. It stays as it is unless you decide otherwise next.`,
  );
  expect(permissionSet.plan(undefined, at({}, given)).notes).toBeUndefined();
});

test('what a set needs in each account goes on to the step that assigns it', async () => {
  const set = grants({ inline: policy, customer: ['/x/Mine'], boundary: '/infra/Limits' });
  const used = await decide(set, 'use');
  expect(plan(set, used).gives).toMatchObject({ needs: ['/x/Mine', '/infra/Limits'] });
  expect(plan(grants({ inline: policy }), {}).gives).not.toHaveProperty('needs');
});

test('the tags of a set, and who keeps it by them, are read before it is used or overwritten', async () => {
  const says = async (tags: Parameters<typeof decisions>[3]) => {
    for await (const { danger } of decisions(grants({ inline: other }), documentedPolicy, delegate, tags))
      if (danger) return danger.says.join('\n');
    return '';
  };
  const kept = await says({ seen: { ManagedBy: 'terraform', team: 'cloud' } });
  expect(kept).toContain('terraform (tag ManagedBy=terraform) manages it');
  expect(kept).toContain('It has 2 tags: ManagedBy=terraform; team=cloud');
  expect(await says({ seen: { team: 'cloud' } })).toContain('It has the tag: team=cloud');
  expect(await says({ seen: {} })).not.toContain('tag');
  expect(await says({ refused: 'AccessDeniedException: no' })).toContain('Its tags cannot be read');
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['CloudFormation', { 'aws:cloudformation:stack-name': 'sso' }, 'the CloudFormation stack sso'],
  ['Terraform', { terraform: 'true' }, 'terraform (tag terraform=true)'],
  ['Terraform', { managed_by: 'Terraform Cloud' }, 'Terraform Cloud'],
  ['Terraform', { 'managed-by': 'tf' }, 'tf (tag managed-by=tf)'],
  ['Pulumi', { 'pulumi:project': 'x' }, 'pulumi:project (tag'],
  ['CDK', { CreatedBy: 'aws-cdk' }, 'aws-cdk'],
  ['Crossplane', { 'crossplane-kind': 'x' }, 'Crossplane'],
  ['ACK', { 'services.k8s.aws/namespace': 'x' }, 'AWS Controllers for Kubernetes'],
  ['LZA', { Accelerator: 'AWSAccelerator' }, 'Landing Zone Accelerator'],
])('%s is known by %j', (_, tags, owner) => {
  expect(ownersIn(tags).join()).toContain(owner);
});
test.each([{ terraform: 'false' }, { ManagedBy: 'Ann' }, { Owner: 'platform' }, { 'cw-runbook:run': 'r' }])(
  '%j names no tool',
  (tags) => {
    expect(ownersIn(tags as Readonly<Record<string, string>>)).toEqual([]);
  },
);
