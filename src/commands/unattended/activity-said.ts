import type { Ports } from '../../engine/ports.ts';
import type { WaitedFor } from '../../ui/session/session.ts';
import { silenceSaid } from './silence.ts';
import { waitingSaid } from './waiting-said.ts';

/** Says what lasts: AWS that does not answer, or does not show a change yet, and a search. */
export function activitySaid(say: (line: string) => void): Ports['show'] {
  const all = [silenceSaid(say), waitingSaid(say), progressSaid(say)];
  return (activity) => {
    for (const said of all) said(activity);
  };
}

/** Says every few seconds how far a search is. */
function progressSaid(say: (line: string) => void): Ports['show'] {
  let last = Date.now();
  return (activity) => {
    if (activity.is !== 'looking') return;
    if (activity.progress === undefined) last = Math.max(last, activity.since);
    else if (Date.now() - last >= 5_000) {
      last = Date.now();
      say(`looking      ${activity.step}: ${activity.progress}`);
    }
  };
}

/** Says that a credential_process is waited for, and what it says, each thing once. */
export function processSaid(longest: number, say: (line: string) => void) {
  const told = new Set<string>();
  return (process: WaitedFor | undefined): void => {
    if (!process) return;
    const { profile, since, said } = process;
    const key = `${since} ${said}`;
    if (told.has(key)) return;
    told.add(key);
    const seconds = Math.round((Date.now() - since) / 1000);
    say(
      `waiting      the credential_process of profile ${profile} has been running for ${seconds} s; it may be waiting for somebody, whom nobody can answer here. It is stopped after ${longest / 1000} s (--timeout)${said === '' ? '' : `. It says: ${said}`}`,
    );
  };
}
