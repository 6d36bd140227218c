import type { Exporting } from '../../src/export/export.ts';
import { holdsAfter, valueIn } from '../../src/model/call.ts';
import { type SetupCall, setupOf } from '../../src/model/progress/setup.ts';
import { applyEvent, emptyRun, type Run } from '../../src/model/run.ts';
import { codewhisperer, steps } from '../../steps/index.ts';
import { type Runner, runner } from '../commands/in-process.ts';

/** A run as its journal tells it. */
export const runIn = async (at: Runner): Promise<Run> => (await at.events()).reduce(applyEvent, emptyRun);
export const exportingOf = (run: Run): Exporting => ({
  ...{ setup: setupOf(steps, run), title: codewhisperer.title, id: codewhisperer.id },
});

const open = '${';
/** Two targets of which one is the management account, and somebody who is not there yet. */
export const manyAnswers = ({ account, accounts, answers }: Runner) => ({
  'administrator-user.user': [answers['administrator-user.user'], 'new:'],
  'administrator-user.directory': 'here',
  'administrator-user.userName': `o'neil"${open}x}%{y}`,
  'administrator-user.givenName': "O'Neil",
  'administrator-user.familyName': `${open}self}`,
  'administrator-user.email': 'oneil@example.com',
  'assign-administrator.target': [account('Workloads Dev'), account('Workloads Prod'), accounts.management],
  'assign-administrator.management': 'own-set',
});
let whole: Promise<Run> | undefined;
/** A run that is done, with all that there can be in one. It is gone through once. */
export async function wholeRun(): Promise<Run> {
  whole ??= (async () => {
    const at = await runner();
    const ended = await at.run(manyAnswers(at));
    if (ended.code !== 0) throw new Error(ended.said);
    return runIn(at);
  })();
  return whole;
}
/** The same before the one was made who is new. */
export function withoutPerson(exporting: Exporting): Exporting {
  const { setup } = exporting;
  const values = new Map([...setup.values].filter(([name]) => !name.endsWith(' UserId')));
  const calls = setup.calls.map((one) => {
    const waits =
      one.call.operation === 'identitystore:CreateUser' || holdsAfter(valueIn(one.call, 'PrincipalId'));
    return waits ? { ...one, stands: 'to-do' as const } : one;
  });
  return { ...exporting, setup: { ...setup, values, calls } };
}
/** One that AWS stopped before a call. */
export async function stoppedAt(operation: string): Promise<Run> {
  const at = await runner();
  await at.order('_faults', { fault: 'denied-by-scp', operation, times: 'always' });
  const ended = await at.run();
  if (ended.code === 0) throw new Error(ended.said);
  return runIn(at);
}

/** The same with twenty people in five accounts, of whom AWS shows nothing yet. */
export function withMany(exporting: Exporting): Exporting {
  const { setup } = exporting;
  const calls = setup.calls.flatMap((one): readonly SetupCall[] => {
    if (one.call.operation !== 'sso:CreateAccountAssignment') return [one];
    if (one.risk === 'dangerous') return [];
    const first = setup.calls.find(({ call }) => call.operation === 'sso:CreateAccountAssignment');
    if (one !== first) return [];
    return Array.from({ length: 100 }, (_, n): SetupCall => {
      const PrincipalId = `00000000-0000-4000-8000-${String(n % 20).padStart(12, '0')}`;
      const TargetId = String(100_000_000_000 + Math.floor(n / 20));
      const call = { ...one.call, input: { ...one.call.input, PrincipalId, TargetId } };
      return { ...one, id: `${PrincipalId}@${TargetId}`, call: call as SetupCall['call'], stands: 'to-do' };
    });
  });
  return { ...exporting, setup: { ...setup, calls } };
}

/** The same, with another value in a member of each call that has it. */
export const withMember = (exporting: Exporting, member: string, value: unknown): Exporting => ({
  ...exporting,
  setup: {
    ...exporting.setup,
    calls: exporting.setup.calls.map((one) =>
      member in one.call.input
        ? ({ ...one, call: { ...one.call, input: { ...one.call.input, [member]: value } } } as SetupCall)
        : one,
    ),
  },
});
