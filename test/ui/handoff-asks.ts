import type { Event } from '../../src/model/event.ts';
import { change, met } from '../../src/model/plan.ts';
import { applyEvent, type Run } from '../../src/model/run.ts';
import { askedSections, doneSections } from '../../src/report/handoff.ts';
import type { Ask } from '../../src/ui/session/ask.ts';
import type { Parts } from './parts.ts';

const [management, delegate] = ['111122223333', '444455556666'];
const id = '01JHAND0FF00000000000ABC12';
const call = {
  operation: 'organizations:RegisterDelegatedAdministrator',
  input: { AccountId: delegate, ServicePrincipal: 'sso.amazonaws.com' },
} as const;
const set = change('set', 'Make the permission set CodeWhisperer_administrator', 'sso:CreatePermissionSet', {
  InstanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
  Name: 'CodeWhisperer_administrator',
});
const eventsOf = ({ registered, made }: Parts): readonly Event[] => {
  const attempt = `${registered}/registered#1`;
  return [
    {
      type: 'intended',
      at: 1_764_000_000_000,
      attempt,
      step: registered,
      change: 'registered',
      says: 'Register Shared Services (444455556666) for IAM Identity Center',
      call,
      key: 'k',
      actor: 'management',
      account: management,
      arn: `arn:aws:iam::${management}:user/ann`,
      region: 'us-east-1',
      situation: { answers: {}, given: {}, hints: {}, run: '01RUN' },
    },
    { type: 'ended', at: 1_764_000_001_000, attempt, outcome: { ended: 'verified', by: 'reply-and-look' } },
    { type: 'bound', at: 2, binding: { accounts: { 'delegated-administrator': delegate } } },
    { type: 'looked', at: 3, step: made, basis: '', plan: { goals: [set] } },
    {
      type: 'handed-off',
      at: 1_764_000_002_000,
      handoff: id,
      by: 'ann@laptop',
      program: 'cw-runbook/0.1.0',
      note: 'Registered. Ticket OPS-17 says who may have it.',
    },
  ];
};

/** A run that was handed off, before and after somebody took it over. */
export function handoffAsks(
  usual: Run,
  parts: Parts,
): Readonly<Record<string, { readonly ask: Ask; readonly run: Run }>> {
  const run = eventsOf(parts).reduce(applyEvent, usual);
  const { steps } = parts.runbook;
  const [step] = steps;
  const permissionSet = steps.find((one) => one.id === parts.made);
  if (!step || !permissionSet || !run.handoff) throw new Error('no step, or no hand-off');
  const { handoff } = run;
  const sections = [...askedSections(steps, run), ...doneSections(steps, run)];
  const done = { goals: [met('set', 'There is a set', 'CodeWhisperer_administrator')] };
  const over: readonly Event[] = [
    {
      type: 'took-over',
      at: 4,
      handoff: id,
      by: 'ben@desk',
      program: 'cw-runbook/0.1.0',
      from: 'ann@laptop',
    },
    {
      type: 'changed-since',
      at: 5,
      step: parts.made,
      handoff: id,
      since: 3,
      drifts: [
        {
          goal: 'set',
          says: 'There is a set',
          before: 'still to be done (nothing there)',
          found: 'there',
        },
      ],
      planned: ['set'],
    },
  ];
  return {
    'handed-off': { run, ask: { is: 'handed-off', step, handoff, sections } },
    incoming: { run, ask: { is: 'incoming', step, handoff, remarks: [], sections } },
    'incoming-again': {
      run,
      ask: {
        is: 'incoming',
        step,
        handoff,
        remarks: ['An older copy of this run is here. It is brought up to date from the file.'],
        sections,
      },
    },
    'incoming-here': {
      run,
      ask: {
        is: 'incoming',
        here: true,
        step,
        handoff,
        remarks: [
          'This hand-off was taken over here already, by ben@desk, 2026-07-06T05:04:03.000Z. The run here is further along than the file, and continues as it is.',
        ],
        sections: [],
      },
    },
    'done-since': { run: over.reduce(applyEvent, run), ask: { is: 'done', step: permissionSet, plan: done } },
  };
}
