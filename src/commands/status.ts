import { phases, steps } from '../../steps/index.ts';
import { readJournal } from '../journal/journal.ts';
import { parked } from '../model/handoff.ts';
import { holderSays } from '../model/holders.ts';
import { standing } from '../model/plan.ts';
import { advance, nothing, pending, planOf, type Run } from '../model/run.ts';
import { shown } from '../model/shown.ts';
import { leftToTakeBack } from '../model/undoing.ts';
import { phasesOf } from '../model/wanted.ts';
import { restOf } from '../report/rest.ts';
import { chooseRun } from './choose-run.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { isFinished } from './runs.ts';

/** Where the run goes on, after a hand-off. */
function handoffLines({ handoff }: Run): readonly string[] {
  if (!handoff) return [];
  const { id, by, as, at, note, is } = handoff;
  const since = {
    given: 'read-only here since then',
    'taken-over': 'taken over here',
    reclaimed: 'taken back here',
  }[is];
  return [
    `Handed off by ${holderSays({ by: [by], as })}, ${new Date(at).toISOString()} (hand-off ${id}): ${since}`,
    ...(note === undefined ? [] : [`Note: ${note}`]),
  ];
}

export interface StatusOptions {
  readonly home: string;
  readonly run?: string;
  readonly commands?: boolean; // what remains, as a script for the AWS CLI
}
/** What the journal knows of a run: every step as it was last seen. Nothing is asked of AWS. */
export async function status({ commands = false, ...options }: StatusOptions): Promise<ExitCode> {
  const { folder, header } = await chooseRun(options);
  const { events } = await readJournal(folder);
  const run = events.reduce(advance, nothing);
  if (commands) {
    process.stdout.write(`${restOf(run, steps).join('\n')}\n`);
    return exitCodes.done;
  }
  const lines = [
    `Run ${header.run}, begun ${header.started} at ${header.simulated ? `a simulated organization (${header.scenario ?? 'demo'})` : header.endpoint}`,
    `Organization ${run.binding.organization ?? 'not known yet'}, IAM Identity Center ${run.binding.instance ?? 'not known yet'}`,
    ...(run.halted === undefined ? [] : [`Halted: ${run.halted}`]),
    ...handoffLines(run),
    '',
  ];
  for (const phase of phasesOf(phases, run)) {
    lines.push(phase.title);
    for (const step of phase.steps) {
      const plan = planOf(run, step.id);
      const open = pending(run, step.id).length > 0;
      const word = open ? 'under way' : plan ? standing(plan) : 'not yet seen';
      const when = run.looks[step.id] ? new Date(run.looks[step.id]?.at ?? 0).toISOString() : '';
      lines.push(`  ${word.padEnd(14)} ${step.title}${when && `  (seen ${when})`}`);
    }
  }
  const back = leftToTakeBack(steps, run);
  const demo = header.simulated ? ' demo' : '';
  if (back.length > 0 && run.undo)
    lines.push(
      '',
      `Being taken back. Left of it, in this order: ${back.map(({ title }) => title).join(', ')}`,
    );
  lines.push(
    '',
    ...(isFinished(events) ? [] : ['What remains, as commands of the AWS CLI: cw-runbook status --commands']),
    isFinished(events)
      ? 'Finished.'
      : parked(run)
        ? `Read-only here. Whoever has the file goes on: cw-runbook resume FILE. To take it back: cw-runbook${demo}`
        : back.length > 0 && run.undo
          ? `Go on with: cw-runbook undo. To set it up again instead: cw-runbook${demo}`
          : `Go on with: cw-runbook${demo}`,
    `Journal: ${folder}/journal.jsonl`,
  );
  process.stdout.write(`${lines.map(shown).join('\n')}\n`);
  return exitCodes.done;
}
