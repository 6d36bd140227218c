import type { Ask, Reply } from '../../src/engine/ask.ts';
import { wordsFor } from '../../src/model/plan.ts';
import { type Choice, numberTyped, severalOf } from '../../src/model/question.ts';
import type { Run } from '../../src/model/run.ts';
import type { Scenario } from '../../src/simulator/organization/scenario-names.ts';
import { stateOf } from '../../src/simulator/scenarios/scenarios.ts';
import { world } from '../engine/in-process.ts';
import { process } from '../engine/process.ts';

/** A question that somebody was asked and the run as it stood; once more for each of its choices that is dangerous. */
export interface Put {
  readonly ask: Ask;
  readonly run: Run;
  readonly choice?: Choice;
}
/** Which choice is taken where it is not the usual one: by the question's name. */
export type Prefers = Readonly<
  Record<string, (choices: readonly Choice[]) => Choice | readonly Choice[] | undefined>
>;

const operator = (account: string) => ({ account, arn: `arn:aws:iam::${account}:user/runbook-operator` });

/**
 * Walks through a scenario of the simulator in this process, as somebody who takes what is offered first, to its end or
 * to where only a person can go on; and undoes it again, where it came to its end. Gives every question that was put.
 */
export async function scenarioAsks(
  scenario: Scenario,
  prefers: Prefers = {},
  undoes = true,
): Promise<readonly Put[]> {
  const clock = { now: Date.UTC(2026, 10, 30) };
  const state = stateOf(scenario, 'screens', clock.now);
  const w = world(
    clock,
    { region: state.instance?.region ?? 'us-east-1' },
    { state, texts: new Map(), sent: [], effects: [] },
  );
  w.profiles.clear();
  w.profiles.set('mgmt', operator(state.organization.management));
  const puts: Put[] = [];
  const p = process(
    [
      {
        at: clock.now,
        type: 'started',
        run: '01M8P8F6SHYZ2Z9K4EZFKV3K37',
        simulated: true,
        endpoint: 'demo',
      },
    ],
    clock,
    w,
    {
      answers: {},
      on: async (ask) => {
        const put = { ask, run: p.run() };
        puts.push(put);
        switch (ask.is) {
          case 'credentials': {
            if (ask.problem) return { do: 'leave' };
            // Whoever is asked for has credentials.
            const name = ask.actor === 'delegated-administrator' ? 'delegate' : 'mgmt';
            if (ask.account) w.profiles.set(name, operator(ask.account));
            return { do: 'use', source: { kind: 'profile', name } };
          }
          case 'question': {
            const { reply, dangers } = await answered(ask, prefers[ask.goal.question]);
            for (const one of dangers) puts.push({ ...put, choice: one });
            return reply;
          }
          case 'confirm': {
            const [typed] = wordsFor(ask.changes);
            return typed === undefined ? undefined : { do: 'confirm', typed };
          }
          default:
            return undefined;
        }
      },
    },
  );
  const end = await p.all();
  if (end === 'finished' && undoes) await p.undo();
  return puts;
}

async function answered(
  { goal, question, choices }: Extract<Ask, { is: 'question' }>,
  prefer: Prefers[string] = () => undefined,
): Promise<{ readonly reply: Reply; readonly dangers: readonly Choice[] }> {
  if (question.as === 'attestation') return { reply: { do: 'answer', answer: 'attested' }, dangers: [] };
  if (question.as === 'text')
    return { reply: { do: 'answer', answer: goal.initial ?? 'somebody' }, dangers: [] };
  const all: Choice[] = [];
  for await (const one of choices?.() ?? []) all.push(one);
  const usable = all.filter(({ not, apart }) => not === undefined && !apart);
  const preferred = [prefer(usable) ?? []].flat();
  const marked = usable.filter((one) => one.marked);
  const usual = usable.find(({ value }) => value === goal.initial) ?? usable[0];
  const taken = [preferred, marked, usual ? [usual] : []].find(({ length }) => length > 0) ?? [];
  const [first] = taken;
  const dangers = usable.filter(({ danger }) => danger);
  if (taken.length === 0) return { reply: { do: 'leave' }, dangers };
  const values = taken.map(({ value }) => value);
  const answer = question.as === 'several' ? severalOf(values) : (values[0] ?? '');
  const typed = first?.danger?.typed[0] ?? numberTyped(question, answer);
  return {
    reply: { do: 'answer', answer, ...(typed === undefined ? {} : { typed }) },
    dangers,
  };
}
