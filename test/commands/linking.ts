import { expect } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Step } from '../../src/model/step.ts';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { steps } from '../../steps/index.ts';
import { type Runner, runner } from './in-process.ts';

export const stepNamed = (id: string): Step => steps.find((step) => step.id === id) ?? expect.fail(id);
export const plansIn = (
  events: readonly Event[],
): readonly { readonly step: string; readonly plan: Plan }[] =>
  events.flatMap((event) => (event.type === 'looked' ? [event] : []));
/** Whose console a step opens: of the management account what only it may do, else the delegated administrator's. */
const accountOf = ({ accounts }: Runner, step: string): string =>
  accounts[stepNamed(step).actor === 'management' ? 'management' : 'delegated-administrator'];

/** Whatever a whole run plans opens in its account and Region. */
export async function opensWhereItIs(scenario: Scenario): Promise<void> {
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
  for (const { step, id, link } of goals) {
    expect(`${step}/${id} ${link}`).toMatch(
      new RegExp(
        `^\\S+ https://${accountOf(at, step)}\\.[a-z]{2}-[a-z]+-\\d\\.console\\.aws\\.amazon\\.com/`,
      ),
    );
    if (link.includes('/singlesignon/')) expect(link).toContain(`?region=${at.simulator.region}`);
  }
}
