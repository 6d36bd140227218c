import { expect } from 'vitest';
import { linksOf } from '../../src/ui/input/links.ts';
import { both, sampled, test } from '../more.ts';
import { runner } from './in-process.ts';
import { opensWhereItIs, plansIn, stepNamed } from './linking.ts';

// More scenarios are in console-links-each.test.ts.
both.each(sampled(['fresh', 'existing-set-with-admin', 'other-region'] as const, 2))(
  '%s: whatever is planned opens in its account and Region',
  opensWhereItIs,
);

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
