import type { State } from '../../src/simulator/organization/state.ts';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { newPerson } from '../commands/new-person.ts';

/** Answers as a file has them. */
export type Told = Readonly<Record<string, string | readonly string[]>>;
/** What a run is to bring about: together every kind of change that the runbook makes. */
export interface Task {
  readonly name: string;
  readonly scenario: Scenario;
  readonly confirm: readonly string[];
  /** Answers, besides those that are the same for all. */
  answers(organization: State): Told;
  /** The beginning of an answer that names what was seen, and so is told by the program only. */
  readonly decides?: { readonly question: string; readonly begins: string };
}

const accountNamed = ({ accounts }: State, name: string): string => {
  const found = accounts.find((account) => account.name === name);
  if (!found) throw new Error(`the organization has no account ${name}`);
  return found.id;
};
const enabled = ({ users }: State): readonly string[] =>
  users.flatMap(({ status, userName }) => (status === 'ENABLED' ? [userName] : []));
const someone = (organization: State): string => enabled(organization)[0] ?? '';

const fresh = (organization: State) => ({
  'delegated-account.account': accountNamed(organization, 'Shared Services'),
  'administrator-user.user': someone(organization),
  'assign-administrator.target': accountNamed(organization, 'Workloads Dev'),
});

export const tasks: readonly [Task, ...Task[]] = [
  { name: 'fresh', scenario: 'fresh', confirm: ['Shared Services'], answers: fresh },
  {
    name: 'new-user',
    scenario: 'fresh',
    confirm: ['Shared Services'],
    answers: (organization) => ({
      ...fresh(organization),
      ...newPerson,
    }),
  },
  {
    name: 'replaced-policy',
    scenario: 'existing-set-with-admin',
    confirm: ['Shared Services'],
    answers: (organization) => ({
      'administrator-user.user': someone(organization),
      'assign-administrator.target': accountNamed(organization, 'Workloads Prod'),
    }),
    decides: { question: 'permission-set.existing', begins: 'replace@' },
  },
  {
    // Many assignments under way together, by two identities.
    name: 'several',
    scenario: 'fresh',
    confirm: ['Shared Services', 'Example Corp Management', '12'],
    answers: (organization) => ({
      ...fresh(organization),
      'administrator-user.user': [
        ...enabled(organization).slice(0, 2),
        ...organization.groups.slice(0, 1).map(({ name }) => `group:${name}`),
      ],
      'assign-administrator.target': ['Workloads Dev', 'Workloads Prod', 'Example Corp Management'].map(
        (name) => accountNamed(organization, name),
      ),
      'assign-administrator.management': 'own-set',
    }),
  },
];

/** The same for every task. */
export const usual: Readonly<Record<string, string>> = {
  'before-you-start.understood': 'attested',
  'session-duration.seen': 'skipped',
  'permission-set.policy': 'documented',
};
