import type { Actor } from './call.ts';
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
  /** Whose credentials it asks for, in the order in which they are told. */
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

/** Makes a runbook of its parts. Throws where its last step is none of its steps, or two steps have one id. */
export function runbook(parts: Omit<Runbook, 'steps'>): Runbook {
  const steps = parts.phases.flatMap((phase) => phase.steps);
  const ids = steps.map(({ id }) => id);
  const twice = ids.find((id, n) => ids.indexOf(id) !== n);
  if (twice !== undefined) throw new Error(`two steps of ${parts.id} are called ${twice}`);
  if (!ids.includes(parts.final.id)) throw new Error(`${parts.final.id} is no step of ${parts.id}`);
  return { ...parts, steps };
}

/** Whether a journal that names this runbook, or none, is of it. */
export const isOf = ({ id, unnamed }: RunbookHead, named: string | undefined): boolean =>
  named === undefined ? unnamed === true : named === id;
