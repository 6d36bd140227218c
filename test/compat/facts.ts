import { ListDelegatedAdministratorsCommand } from '@aws-sdk/client-organizations';
import {
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListPermissionSetsCommand,
} from '@aws-sdk/client-sso-admin';
import type { Simulator } from '../../src/simulator/server.ts';
import { view } from '../simulator/simulated.ts';

/** Times, ids, ARNs, account numbers and addresses: what a text says that no other wording changes. */
const factual = [
  /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g,
  /\b[0-9A-HJKMNP-TV-Z]{26}\b/g,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
  /\bo-[a-z0-9]{10}\b/g,
  /\barn:aws:[\w:/.-]*\w/g,
  /\b\d{12}\b/g,
  /\bhttps?:\/\/[\w:/.-]*\w/g,
  /\baws [a-z-]+ [a-z-]+/g,
];
export const factsIn = (text: string): readonly string[] =>
  [...new Set(factual.flatMap((form) => text.match(form) ?? []))].sort();

/** What an audit log must not lose, as the events in JSON lines have it. */
export function factsOf(jsonl: string): readonly string[] {
  const events = jsonl
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const found = events.flatMap((event): readonly string[] => {
    switch (event.type) {
      case 'intended':
        return [event.at, event.arn, event.account, event.call.operation];
      case 'accepted':
        return [event.at, event.requestId];
      case 'ended':
        return [event.at, event.outcome.ended, ...[event.outcome.requestId ?? []].flat()];
      case 'identified':
        return [event.at, event.arn];
      case 'answered':
        return event.answer === null ? [] : [event.at, ...event.answer.split('\n')];
      case 'waived':
        return [event.at, event.why];
      case 'handed-off':
      case 'took-over':
      case 'reclaimed':
        return [event.at, event.handoff, event.by];
      default:
        return [];
    }
  });
  return [...new Set(found)].sort();
}
/** Markdown as it is read. */
export const unquoted = (markdown: string): string =>
  markdown
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\\([^\w\s])/g, '$1')
    .replace(/\\_/g, '_');

/** What a run can have changed in an organization, as AWS tells it. */
export async function standing(simulator: Simulator): Promise<object> {
  const at = view(simulator);
  const { organizations, sso } = at.as();
  const { arn: InstanceArn } = await at.instance();
  const { DelegatedAdministrators = [] } = await organizations.send(
    new ListDelegatedAdministratorsCommand({}),
  );
  const { PermissionSets = [] } = await sso.send(new ListPermissionSetsCommand({ InstanceArn }));
  const sets = PermissionSets.map(async (PermissionSetArn) => {
    const one = { InstanceArn, PermissionSetArn };
    const { PermissionSet } = await sso.send(new DescribePermissionSetCommand(one));
    const { InlinePolicy } = await sso.send(new GetInlinePolicyForPermissionSetCommand(one));
    const { AccountIds = [] } = await sso.send(new ListAccountsForProvisionedPermissionSetCommand(one));
    const assigned = AccountIds.map(async (AccountId) => {
      const { AccountAssignments = [] } = await sso.send(
        new ListAccountAssignmentsCommand({ ...one, AccountId }),
      );
      return AccountAssignments.map(({ PrincipalId }) => `${PrincipalId} in ${AccountId}`);
    });
    return { ...PermissionSet, InlinePolicy, assigned: (await Promise.all(assigned)).flat().sort() };
  });
  return { delegated: DelegatedAdministrators.map(({ Id }) => Id), sets: await Promise.all(sets) };
}
