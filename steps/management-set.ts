import { preflightCalls, preflightInforms } from '../src/model/access/preflight.ts';
import type { Goal } from '../src/model/plan.ts';
import { met, open, warning, wrong } from '../src/model/plan.ts';
import { unlessRefused } from '../src/model/reader.ts';
import { optionalStep, wasThere } from '../src/model/step.ts';
import { defined } from '../src/model/text/defined.ts';
import { assignAdministrator } from './assign-administrator.ts';
import { rolesThere } from './assignments/management-target.ts';
import { homeRegion } from './home-region.ts';
import type { NamedAccount } from './lookups/account-words.ts';
import { aheadOf } from './lookups/permissions.ts';
import { organization } from './organization.ts';
import { permissionSet } from './permission-set.ts';
import { decisions } from './permission-sets/existing-permission-set.ts';
import { alsoInManagement, foretoldSet } from './permission-sets/foretold-permission-set.ts';
import { documentedName } from './permission-sets/holders.ts';
import { type Grants, observeSet } from './permission-sets/observe-permission-set.ts';
import { observePlanned, withPlaces } from './permission-sets/observe-planned.ts';
import { tagsOf } from './permission-sets/ownership.ts';
import { planSet, says, setCalls, setInforms } from './permission-sets/plan-permission-set.ts';
import { observeTouched } from './permission-sets/run-permission-sets.ts';
import { existingQuestion, longestName, nameQuestion } from './permission-sets/set-questions.ts';
import { undoPermissionSet } from './permission-sets/undo-permission-set.ts';
import { chosenPolicy, documentedPolicy } from './policies/index.ts';
import type { OwnerAccount } from './policies/owner-account.ts';

const ofItsOwn = 'It is another set than the delegated administrator’s';
const alone = 'It is the management account’s alone';

/** A permission set for the management account: the same policy under another name, made by its own credentials. */
export const managementSet = optionalStep({
  id: 'management-set',
  title: 'Create a permission set for the management account',
  short: 'Set for management',
  about: 'The management account needs a permission set of its own.',
  document: {
    section: 'Assigning CodeWhisperer administration rights · second procedure, line 4',
    says: [
      'CodeWhisperer is administered in the account that you choose. You chose the management account as well.',
      'The document does not say so, AWS’s guide does: a permission set that is provisioned in the management account can be managed by that account only.',
    ],
    links: [
      {
        title: 'IAM Identity Center User Guide: Delegated administration',
        url: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html',
      },
    ],
  },
  actor: 'management',
  observedBy: 'either',
  makes: (goal) => goal === 'set' || goal === 'policy',
  calls: [...setCalls, ...preflightCalls],
  informs: [...setInforms, ...preflightInforms],
  besides: rolesThere,
  foretells: {
    appliesWhen: alsoInManagement,
    asks: ['name'],
    changes: foretoldSet,
  },
  dependsOn: { organization, instance: homeRegion, set: permissionSet, assignment: assignAdministrator },
  appliesWhen: ({ assignment }) => assignment.own !== undefined,
  questions: {
    name: {
      ...nameQuestion,
      says: 'Name of the management account’s permission set',
      example: 'CodeWhisperer_administrator_mgmt',
    },
    existing: existingQuestion,
  },
  choices: {
    existing: async function* (aws, { given, answers, hints }) {
      const { own } = given.assignment;
      const set = answers.name ? await observeSet(aws, given.instance, answers.name, hints.arn) : undefined;
      if (!set || !own) return;
      const tags = await unlessRefused(tagsOf(aws, given.instance.arn, set.arn));
      yield* decisions(await withPlaces(aws, set), policyOf(given.set), ownerAccountOf(own), tags);
    },
  },

  observe: async (aws, at) => ({ set: await observePlanned(aws, at.answers.name, at) }),

  plan: ({ set }, { given, answers, run, head, refused = [], unprovisioned }) => {
    const { name } = answers;
    const { own } = given.assignment;
    if (!own) return { goals: [] };
    if (!name)
      return {
        goals: [open('name', says.name, 'name', nameBeside(given.set.name))],
        notes: [
          `AWS’s document has one set, ${documentedName}. This one is the management account’s own: the name proposed is ${given.set.name} with an ending, so that nobody takes one for the other.`,
        ],
      };
    if (name === given.set.name)
      return {
        goals: [
          wrong(
            'own',
            ofItsOwn,
            `${name} is the set that the delegated administrator manages`,
            'In the management account it would be out of the delegated administrator’s hands everywhere. Choose another name (change the answer “Name of the management account’s permission set”).',
          ),
        ],
      };
    const plan = planSet(set, {
      ...{ name, chosen: policyOf(given.set), existing: answers.existing, run, head, refused, unprovisioned },
      instance: given.instance,
      owner: ownerAccountOf(own),
      editable: (found) => aloneThere(found, own.id),
      leadsTo: ['sso:CreateAccountAssignment'],
      rename: `${nameBeside(given.set.name).slice(0, longestName - 2)}_2`,
    });
    return {
      ...plan,
      goals: [met('own', ofItsOwn, `${name}, not ${given.set.name}`), ...plan.goals],
    };
  },
  untouched: () => ({ set: undefined }),
  foresees: ({ set }, { given, answers: { name } }) =>
    set || !name || name === given.set.name || !given.assignment.own
      ? undefined
      : { ...aheadOf(given.organization, given.instance), after: 'own', optional: true },

  undo: {
    says: 'the set is deleted, or its policy is put back as it was',
    observe: (aws, { given, goesFirst }, made) => observeTouched(aws, given.instance, made, goesFirst),
    plan: (touched, { given: { instance, organization, assignment }, leftBehind, unprovisioned }) =>
      undoPermissionSet(touched, {
        leftBehind,
        unprovisioned,
        instance,
        owner: ownerAccountOf(
          assignment.own ?? { name: organization.management, id: organization.management },
        ),
      }),
  },
  stays: (made, seen) => wasThere(['set'], made, seen),
});

const policyOf = ({ policy }: { readonly policy: string }) => chosenPolicy({ policy }) ?? documentedPolicy;

const ownerAccountOf = ({ id: account, name, shared }: NamedAccount): OwnerAccount => ({
  ...{ account, name },
  ...defined({ shared }),
});

/** The same name with an ending, as long as AWS lets it be. */
const nameBeside = (name: string): string => `${name.slice(0, longestName - 5)}_mgmt`;

/** Once it is assigned there, the delegated administrator can use it nowhere any more. */
function aloneThere(set: Grants | undefined, management: string): Goal<never> {
  const others = set?.provisioned.filter((account) => account !== management) ?? [];
  return others.length === 0
    ? met('editable', alone, set ? 'no member account has it' : 'it is made for it')
    : warning(
        'editable',
        alone,
        `${others.join(', ')} have it too. Once it is assigned in the management account, the delegated administrator can no longer change or assign it there`,
      );
}
