import type { Event } from '../../src/model/event.ts';
import { change, met, type Plan } from '../../src/model/plan.ts';
import type { Choice } from '../../src/model/question.ts';
import { applyEvent, type Run } from '../../src/model/run.ts';
import { assignAdministrator } from '../../steps/assign-administrator.ts';
import { assignInManagement } from '../../steps/assign-in-management.ts';
import { decisionNotes, managementChoices } from '../../steps/assignments/management-target.ts';
import { managementSet } from '../../steps/management-set.ts';
import { permissionSet } from '../../steps/permission-set.ts';
import type { Asks, Question } from './asks.ts';

const own = { id: '111122223333', name: 'Example Corp' };
const rows: Choice[] = [];
for await (const one of managementChoices(own, true)) rows.push(one);
const looked = (step: string, plan: Plan): Event => ({ type: 'looked', at: 0, step, basis: '', plan });
const instance = { arn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef', store: 'd-1', region: 'us-east-1' };
const set = { arn: 'arn:set', name: 'CodeWhisperer_administrator_mgmt', policy: 'documented' };
/** The management account was decided to be a target: the run has two more steps. */
const decided: readonly Event[] = [
  looked('organization', { goals: [], gives: { organization: 'o-1', management: own.id } }),
  looked('home-region', { goals: [], gives: instance }),
  looked('administrator-user', {
    goals: [],
    gives: { principals: [{ type: 'USER', id: 'u-1', name: 'ada' }] },
  }),
  looked(permissionSet.id, { goals: [], gives: set }),
  looked(assignAdministrator.id, {
    goals: [met('target', 'It is named', 'Dev')],
    gives: { accounts: [], own },
  }),
  looked(managementSet.id, { goals: [met('set', 'There is a set', 'arn:set')], gives: set }),
];
const assign = change(
  'USER:u-1@111122223333',
  'Assign ada to Example Corp (111122223333) with CodeWhisperer_administrator_mgmt',
  'sso:CreateAccountAssignment',
  {
    ...{ InstanceArn: instance.arn, TargetType: 'AWS_ACCOUNT', TargetId: own.id },
    ...{ PermissionSetArn: 'arn:set', PrincipalType: 'USER', PrincipalId: 'u-1' },
  },
  {
    risk: 'dangerous',
    typed: [own.name, own.id],
    consequences: ['The delegated administrator can neither take this assignment away nor change its set.'],
  },
);

/** The management account as a target: the question, and what the two more steps look like. */
export const managementAsks = (run: Run, question: Question): Asks => {
  const chosen = decided.reduce(applyEvent, run);
  const notes = decisionNotes(own);
  return {
    'management-target': {
      ask: question(['assign-administrator', 'management'], { goals: [], notes }, rows),
      rows,
    },
    'management-set-name': {
      ask: question(['management-set', 'name'], { goals: [] }, undefined, set.name),
      run: chosen,
    },
    'management-assignment': {
      ask: {
        is: 'confirm',
        step: assignInManagement,
        plan: { goals: [assign] },
        changes: [assign],
        shown: 'x',
      },
      run: chosen,
    },
  };
};
