import type { Actor } from '../call.ts';
import { type Change, type Goal, met, unseen, type Wrong, warning, wrong } from '../plan.ts';
import { asCommand } from '../text/own-commands.ts';
import { describeLayer, layerName } from './access-denied-hints.ts';
import type { Preflight, Verdict } from './preflight.ts';

const says = 'These credentials have the permissions the run may need';
const blind =
  'Session policies, resource policies, resource control policies, and service control policies with conditions are not known to the simulation.';

/**
 * Whether a goal, by its id, is about the credentials that look ('caller': whose they are), and not about anything in AWS that they look at: other
 * eyes see it otherwise, and nothing has changed.
 */
export const isOfCredentials = (goal: string): boolean =>
  goal === 'caller' || goal === 'permissions' || goal.startsWith('may:');

/**
 * What the simulation says of everything that an actor may have to do, as one goal with the id 'permissions': met or a
 * warning, so it stops nothing.
 */
export function permissionsGoal(seen: Preflight, actor: Actor): Goal<never> {
  if ('unknown' in seen)
    return unseen(
      'permissions',
      says,
      `AWS does not let us simulate it: ${seen.unknown}. Whether something is missing will be seen when it is tried`,
    );
  const { verdicts, organizations } = seen;
  const denied = verdicts.filter((one) => one.is === 'denied');
  const open = verdicts.filter((one) => one.is === 'open');
  const missing = [...new Set(verdicts.flatMap((one) => (one.is === 'allowed' ? one.missing : [])))];
  const scp = organizations
    ? 'service control policies included'
    : 'service control policies were not reported';
  const counted = `IAM’s policy simulator allows ${verdicts.length - denied.length - open.length} of ${verdicts.length} actions, ${scp}`;
  const parts = [
    counted,
    ...(denied.length > 0
      ? [`not allowed: ${denied.map((one) => `${one.action} (${layerName(one.layer)})`).join(', ')}`]
      : []),
    ...(open.length > 0 ? [`not known: ${open.map((one) => `${one.action} (${one.why})`).join(', ')}`] : []),
    ...(missing.length > 0 ? [`conditions that it could not evaluate: ${missing.join(', ')}`] : []),
  ];
  const found = parts.join('; ');
  const layers = [...new Set(denied.map(({ layer }) => layer))];
  const remedy =
    layers.length === 0
      ? ''
      : `${layers.map((layer) => `${describeLayer(layer)}. `).join('')}The whole policy: ${asCommand(`cw-runbook permissions --actor ${actor}`)}. `;
  return parts.length === 1
    ? met('permissions', says, `${found}. ${blind}`)
    : warning(
        'permissions',
        says,
        `${found}. Where something that is not allowed turns out to be needed, the run stops before it changes anything for it. ${remedy}${blind}`,
      );
}

/**
 * What the changes of a plan need of IAM, each action once: their own, and those of the changes that have to follow.
 */
export const actionsFor = (changes: readonly Change[]): readonly string[] => [
  ...new Set(changes.flatMap(({ call, leadsTo = [] }) => [call.operation, ...leadsTo])),
];

/**
 * A goal that stops the step, 'may:' and the action, for each that is needed and denied. What is not known is tried.
 */
export function deniedGoals(seen: Preflight, actor: Actor): readonly Wrong[] {
  if ('unknown' in seen) return [];
  return seen.verdicts.flatMap((one: Verdict): readonly Wrong[] =>
    one.is !== 'denied'
      ? []
      : [
          wrong(
            `may:${one.action}`,
            `These credentials may do ${one.action}`,
            `IAM’s policy simulator says no for ${seen.principal}: ${layerName(one.layer)}`,
            `${describeLayer(one.layer)} (${one.action}). The whole policy: ${asCommand(`cw-runbook permissions --actor ${actor}`)}. Nothing was changed; check again when it is fixed.`,
          ),
        ],
  );
}
