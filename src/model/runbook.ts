import type { Actor } from './call.ts';
import { management } from './identity.ts';
import type { Run } from './run.ts';
import type { Phase, Step } from './step.ts';

/** What a runbook is called, and who acts in it: known before its steps are loaded. */
export interface RunbookHead {
  /** Journals refer to it: it stays for ever. Lowercase letters, digits and hyphens. */
  readonly id: string;
  /** What it leads through, as in the middle of a sentence: 'setting up …'. */
  readonly title: string;
  /** One sentence for the help. */
  readonly description: string;
  /**
   * Whose credentials it asks for, in the order in which they are told: `management`, and the name of the member account
   * that acts, in lowercase letters and hyphens. Journals and answers files hold them: they stay for ever.
   */
  readonly actors: readonly Actor[];
  /** Journals that name no runbook are of this one: they were written before there could be another. */
  readonly unnamed?: true;
}
/** A runbook whose steps are loaded when a command needs them. */
export interface Book {
  readonly head: RunbookHead;
  load(): Promise<Runbook>;
}
/** A key of the answers file that had another name, and what its values are called today. */
interface RenamedAnswer {
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
}
/** A heading in the audit log, and what is said under it. */
export interface Note {
  readonly title: string;
  readonly says: readonly string[];
}
/**
 * What the program leads through. A value: the commands are given one, and know no other.
 * `steps/index.ts` is this program's.
 */
export interface Runbook extends RunbookHead {
  /** The parts, and in each the steps in the order in which they are gone through. */
  readonly phases: readonly Phase[];
  /** All steps, in that order. */
  readonly steps: readonly Step[];
  /** The step that ends a run once its result was read. */
  readonly final: Step;
  /** Of the answers file: keys of earlier versions. */
  readonly renamedAnswers: Readonly<Record<string, RenamedAnswer>>;
  /** What the audit log says besides what happened. */
  notes(run: Run): readonly Note[];
}

/**
 * Makes a runbook of its parts. Its last step rests on all others, those besides that it does not need itself: what is
 * found otherwise meanwhile is seen there. Throws where that is none of the steps, or two steps have one id.
 */
export function runbook(parts: Omit<Runbook, 'steps'>): Runbook {
  const steps = parts.phases.flatMap((phase) => phase.steps);
  const ids = steps.map(({ id }) => id);
  const twice = ids.find((id, n) => ids.indexOf(id) !== n);
  if (twice !== undefined) throw new Error(`two steps of ${parts.id} are called ${twice}`);
  const acting = new Set(steps.map(({ actor }) => actor));
  const unnamed = [...acting].find((actor) => !parts.actors.includes(actor));
  if (unnamed !== undefined) throw new Error(`${unnamed} acts in ${parts.id}, and is none of its actors`);
  // IAM Identity Center has one delegated administrator: besides the management account one other acts.
  if (acting.size > 1 && !(acting.size === 2 && acting.has(management)))
    throw new Error(`${parts.id} is for the management account and one other, and not for ${[...acting]}`);
  if (!ids.includes(parts.final.id)) throw new Error(`${parts.final.id} is no step of ${parts.id}`);
  const needed = reachedFrom(parts.final);
  const besides = steps.filter(({ id }) => !needed.has(id));
  const dependsOn = {
    ...parts.final.dependsOn,
    ...Object.fromEntries(besides.map((one) => [`also ${one.id}`, one])),
  };
  const final: Step = besides.length === 0 ? parts.final : { ...parts.final, dependsOn };
  const phases = parts.phases.map((phase) => ({
    ...phase,
    steps: phase.steps.map((one) => (one.id === final.id ? final : one)),
  }));
  return { ...parts, final, phases, steps: phases.flatMap((phase) => phase.steps) };
}

/** The step, and all that it needs, themselves or through others: ids. */
function reachedFrom(step: Step, reached = new Set<string>()): ReadonlySet<string> {
  if (reached.has(step.id)) return reached;
  reached.add(step.id);
  for (const needed of Object.values(step.dependsOn)) reachedFrom(needed, reached);
  return reached;
}

/** Whether a journal that names this runbook, or none, is of it. */
export const isOf = ({ id, unnamed }: RunbookHead, named: string | undefined): boolean =>
  named === undefined ? unnamed === true : named === id;
