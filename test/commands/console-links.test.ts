import { expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Step } from '../../src/model/step.ts';
import { linksOf } from '../../src/ui/input/links.ts';
import { steps } from '../../steps/index.ts';
import { type Runner, runner } from './in-process.ts';

const stepNamed = (id: string): Step => steps.find((step) => step.id === id) ?? expect.fail(id);
type Scenario = NonNullable<Parameters<typeof runner>[0]>;
const plansIn = (events: readonly Event[]): readonly { readonly step: string; readonly plan: Plan }[] =>
  events.flatMap((event) => (event.type === 'looked' ? [event] : []));
/** Whose console a step opens: of the management account what only it may do, else the delegated administrator's. */
const accountOf = ({ accounts }: Runner, step: string): string =>
  accounts[stepNamed(step).actor === 'management' ? 'management' : 'delegated-administrator'];

const walks: readonly Scenario[] = [
  'fresh',
  'delegated',
  'other-region',
  'multi-region',
  'existing-set',
  'existing-set-with-admin',
  'external-idp',
  'account-instance',
];
test.each(walks)('%s: whatever is planned opens in its account and Region', async (scenario) => {
  const at = await runner(scenario);
  const { said } = await at.run();
  // A set that is there is replaced: that decision is told with what is there.
  const [, replace] = /^ {2}(replace@\S+)/m.exec(said) ?? [];
  if (replace) await at.run({ 'permission-set.existing': replace });
  const goals = plansIn(await at.events()).flatMap(({ step, plan }) =>
    plan.goals.flatMap((goal) =>
      goal.is === 'change' || goal.is === 'by-hand' ? [{ step, id: goal.id, link: goal.link ?? '' }] : [],
    ),
  );
  expect(goals.length).toBeGreaterThan(0);
  for (const { step, id, link } of goals)
    expect(`${step}/${id} ${link}`).toMatch(
      new RegExp(
        `^\\S+ https://${accountOf(at, step)}\\.[a-z]{2}-[a-z]+-\\d\\.console\\.aws\\.amazon\\.com/`,
      ),
    );
});

test('with the management account as a target, its own steps open in it', async () => {
  const at = await runner('fresh');
  const target = [at.account('Workloads Dev'), at.accounts.management];
  const ended = await at.run({
    'assign-administrator.target': target,
    'assign-administrator.management': 'own-set',
  });
  expect(ended, ended.said).toMatchObject({ code: 0 });
  const plans = plansIn(await at.events());
  for (const step of ['management-set', 'assign-in-management']) {
    const changes = plans.flatMap((one) =>
      one.step === step ? one.plan.goals.filter((goal) => goal.is === 'change') : [],
    );
    expect(changes.length).toBeGreaterThan(0);
    for (const { link } of changes) expect(link).toContain(`https://${at.accounts.management}.`);
  }
  // At the end: the developer console of each account, and the first of them opens with o.
  const [end] = plans.toReversed().filter(({ step }) => step === 'hand-over');
  const said = end?.plan.notes?.join('\n') ?? '';
  for (const account of target)
    expect(said).toMatch(new RegExp(`https://${account}\\.\\S+/amazonq/developer/`));
  const step = stepNamed('hand-over');
  const [first] = linksOf({ is: 'finished', step, plan: end?.plan ?? { goals: [] } }, step);
  expect(first).toMatch(/\/amazonq\/developer\//);
});
