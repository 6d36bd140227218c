import type { Goal } from '../model/plan.ts';
import { defined } from '../model/text/defined.ts';

/** What stands before an item of a list, in ASCII letters and signs; the screen may have nicer ones. */
export type Sign = 'bullet' | 'comes' | 'goes' | 'replaces' | 'done' | 'fails' | 'later' | 'careful' | number;

/**
 * A piece of what is presented, as data: what it is, never how it is laid out. The screen wraps and colors it, lines of
 * text and the unattended mode print it.
 */
export type Block =
  | {
      readonly is: 'text';
      readonly text: string;
      readonly tone?: 'strong' | 'dim' | 'accent';
      readonly spare?: true; // decides nothing: a low window does without
    }
  /** To be read before anything is decided. `under`: what belongs to it, a sentence each. */
  | { readonly is: 'warning'; readonly text: string; readonly under?: readonly string[] }
  /** To be known; it decides nothing. */
  | { readonly is: 'note'; readonly text: string }
  /** What a change leads to. */
  | { readonly is: 'consequence'; readonly text: string }
  | {
      readonly is: 'item';
      readonly sign: Sign;
      readonly text: string;
      readonly under?: readonly string[];
      readonly dim?: true; // what is under it is of less weight
    }
  /** A name and its value; those that follow each other stand in two columns. */
  | {
      readonly is: 'fact';
      readonly label: string;
      readonly text: string;
      readonly strong?: true;
      readonly brief?: string; // the same, where it does not fit into a row
      readonly spare?: true; // decides nothing: a low window does without
    }
  /** What a change does, in a sentence. `number`: which one it is: '2 of 4'. */
  | {
      readonly is: 'change';
      readonly text: string;
      readonly dangerous: boolean;
      readonly number?: string;
    }
  /** Short texts, as many in a row as fit. `care`: to be looked at twice. `rows`: there is no room for more. */
  | {
      readonly is: 'cells';
      readonly cells: readonly { readonly name: string; readonly text: string; readonly care: boolean }[];
      readonly rows?: number;
      readonly spare?: true;
    }
  /** Checks that passed, under a label. `all`: each in words. */
  | { readonly is: 'passed'; readonly label: string; readonly all: readonly string[]; readonly spare?: true }
  /**
   * `command`, `as`: what does it by hand, and as whom that runs. `explained`: why it could not be checked. `before`: a run
   * uses it that has not made it.
   */
  | {
      readonly is: 'goal';
      readonly goal: Goal;
      readonly before?: true;
      readonly command?: string;
      readonly as?: readonly string[];
      readonly explained?: readonly string[];
    }
  /** A command for a shell; `options`: each of its options in a row of its own. */
  | { readonly is: 'command'; readonly text: string; readonly options?: true }
  | { readonly is: 'comment'; readonly text: string }
  /** `whole`: it has to be compared, and nothing of it is left out for want of room. */
  | { readonly is: 'link'; readonly url: string; readonly title?: string; readonly whole?: true }
  /** A member of a call's input. `policy`: the text is one, and is shown as it reads best. */
  | { readonly is: 'member'; readonly name: string; readonly text: string; readonly policy?: string }
  | { readonly is: 'gap'; readonly spare?: true };

export const gap: Block = { is: 'gap' };
export const text = (says: string, tone?: 'strong' | 'dim' | 'accent'): Block => ({
  is: 'text',
  text: says,
  ...defined({ tone }),
});
export const strong = (says: string): Block => text(says, 'strong');
export const dim = (says: string): Block => text(says, 'dim');
export const warning = (says: string, ...under: readonly string[]): Block => ({
  is: 'warning',
  text: says,
  ...defined({ under: under.length > 0 ? under : undefined }),
});
export const note = (says: string): Block => ({ is: 'note', text: says });
export const item = (says: string, ...under: readonly string[]): Block => signed('bullet', says, ...under);
export const signed = (sign: Sign, says: string, ...under: readonly string[]): Block => ({
  is: 'item',
  sign,
  text: says,
  ...defined({ under: under.length > 0 ? under : undefined }),
});
export const fact = (label: string, says: string, strongly?: true): Block => ({
  is: 'fact',
  label,
  text: says,
  ...defined({ strong: strongly }),
});
