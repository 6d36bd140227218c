import type { KeyResult } from '../input/binding.ts';
import type { Mode, Ui } from '../input/state.ts';

/** Rows of a list that are said at once. */
export const atOnce = 20;

/** What a line that was typed leads to: a key's press, another part of a list, or a sentence on what is wrong with it. */
export type Meaning =
  | { readonly is: 'press'; readonly press: KeyResult }
  | { readonly is: 'list'; readonly ui: Ui; readonly from: number }
  | { readonly is: 'no'; readonly says: string };

export type Picking = Extract<Mode, { is: 'pick' | 'answers' }>;
