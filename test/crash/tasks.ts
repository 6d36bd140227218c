import type { Scenario } from '../../src/simulator/scenarios.ts';
import type { State } from '../../src/simulator/state.ts';

/** What a run is to bring about: together every kind of change that the runbook makes. */
export interface Task {
  readonly name: string;
  readonly scenario: Scenario;
  readonly confirm: string;
  /** Answers, besides those that are the same for all. */
  answers(organization: State): Readonly<Record<string, string>>;
  /** The beginning of an answer that names what was seen, and so is told by the program only. */
  readonly decides?: { readonly question: string; readonly begins: string };
}

const accountNamed = ({ accounts }: State, name: string): string => {
  const found = accounts.find((account) => account.name === name);
  if (!found) throw new Error(`the organization has no account ${name}`);
  return found.id;
};
const someone = ({ users }: State): string =>
  users.find(({ status }) => status === 'ENABLED')?.userName ?? '';

const fresh = (organization: State): Readonly<Record<string, string>> => ({
  'delegated-account.account': accountNamed(organization, 'Shared Services'),
  'administrator-user.user': someone(organization),
  'assign-administrator.target': accountNamed(organization, 'Workloads Dev'),
});

export const tasks: readonly [Task, ...Task[]] = [
  { name: 'fresh', scenario: 'fresh', confirm: 'Shared Services', answers: fresh },
  {
    name: 'new-user',
    scenario: 'fresh',
    confirm: 'Shared Services',
    answers: (organization) => ({
      ...fresh(organization),
      'administrator-user.user': 'new:',
      'administrator-user.directory': 'here',
      'administrator-user.userName': 'new.person',
      'administrator-user.givenName': 'New',
      'administrator-user.familyName': 'Person',
      'administrator-user.email': 'new.person@example.com',
    }),
  },
  {
    name: 'replaced-policy',
    scenario: 'existing-set-with-admin',
    confirm: 'Shared Services',
    answers: (organization) => ({
      'administrator-user.user': someone(organization),
      'assign-administrator.target': accountNamed(organization, 'Workloads Prod'),
    }),
    decides: { question: 'permission-set.existing', begins: 'replace@' },
  },
];

/** The same for every task. */
export const usual: Readonly<Record<string, string>> = {
  'before-you-start.understood': 'attested',
  'session-duration.seen': 'skipped',
  'permission-set.policy': 'documented',
};
