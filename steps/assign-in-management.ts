import { identityCenterLink } from '../src/model/console.ts';
import { optionalStep } from '../src/model/step.ts';
import { administratorUser } from './administrator-user.ts';
import { assignAdministrator } from './assign-administrator.ts';
import {
  assigned,
  assigningCalls,
  assigningInforms,
  assignmentsBefore,
  nobody,
  observeAssigned,
  strays,
} from './assignments/assignments.ts';
import { isAssignment } from './assignments/is-assignment.ts';
import { rolesThere } from './assignments/management-target.ts';
import { observeMade, unassigned } from './assignments/undo-assignments.ts';
import { homeRegion } from './home-region.ts';
import { describeShared, wordsForAccount } from './lookups/account-words.ts';
import { managementSet } from './management-set.ts';
import { alsoInManagement, setArn } from './permission-sets/foretold-permission-set.ts';

/** Those to promote get the management account's own permission set there, by its own credentials. */
export const assignInManagement = optionalStep({
  id: 'assign-in-management',
  title: 'Assign the administrator in the management account',
  short: 'Management assignment',
  about: 'Give that permission set to the administrator, in the management account.',
  document: {
    section: 'Assigning CodeWhisperer administration rights · second procedure, lines 4–11',
    says: [
      'The user is assigned to your account with the permission set. In the management account only its own credentials can do that.',
    ],
  },
  actor: 'management',
  observedBy: 'either',
  makes: isAssignment,
  calls: ['organizations:ListAccounts', ...assigningCalls],
  informs: assigningInforms,
  besides: rolesThere,
  foretells: {
    appliesWhen: alsoInManagement,
    changes: [
      {
        operation: 'sso:CreateAccountAssignment',
        says: 'Assign the administrator to the management account, with its own permission set',
        risk: 'dangerous',
        each: 'one call for each person, confirmed together',
        later: [setArn],
        input: {
          TargetType: 'AWS_ACCOUNT',
          TargetId: { later: 'the management account', output: ['organization', 'management'] },
          PermissionSetArn: { later: setArn },
          PrincipalType: { later: 'USER, or GROUP for a group' },
          PrincipalId: { later: 'the id of the user or group in the identity store' },
        },
      },
    ],
  },
  dependsOn: {
    instance: homeRegion,
    user: administratorUser,
    assignment: assignAdministrator,
    set: managementSet,
  },
  appliesWhen: ({ assignment }) => assignment.own !== undefined,
  questions: {},

  observe: async (aws, { given: { instance, user, set, assignment } }) =>
    set && assignment.own
      ? observeAssigned(aws, { instance, set, principals: user.principals }, [assignment.own.id])
      : nobody,

  plan: (seen, { given: { instance, user, set, assignment } }) => {
    const { own } = assignment;
    if (!own || !set) return { goals: [] };
    const groups = user.principals.some(({ type }) => type === 'GROUP');
    const more = {
      risk: 'dangerous' as const,
      typed: wordsForAccount(own),
      decisive: [
        `${own.name} is the management account. The delegated administrator can neither remove this assignment nor change its set.`,
        ...(groups
          ? ['The delegated administrator decides who is in the group, and so who gets access.']
          : []),
        ...describeShared(own),
      ],
      consequences: [
        'IAM Identity Center creates the role with the permissions of your credentials (iam:CreateRole and others).',
      ],
    };
    const where = { instance, set, principals: user.principals };
    return {
      goals: [
        ...assigned(seen, where, [own], consoleOf(own, instance), more),
        ...strays(seen, set.name, [own]),
      ],
      gives: { account: own, set: set.name },
    };
  },
  untouched: () => nobody,

  undo: {
    says: 'the assignments are deleted; users, groups and the account stay',
    observe: (aws, { given }, made) => observeMade(aws, made, given.instance.store),
    plan: (all, { given: { instance, user, set, assignment }, gaveUp }) =>
      unassigned(
        all,
        { set: set ?? { name: '' }, principals: user.principals },
        consoleOf(assignment.own, instance),
        gaveUp,
      ),
  },
  stays: assignmentsBefore,
});

const consoleOf = (own: { readonly id: string } | undefined, { region }: { readonly region: string }) =>
  identityCenterLink({ account: own?.id, region });
