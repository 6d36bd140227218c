import type { Choice } from '../model/question.ts';
import type { Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import type { Ask, Reply } from './ask.ts';
import type { Block } from './block.ts';

/** What a question is put in: the run as it is known, the steps, and where calls go. */
export interface Around {
  readonly run: Run;
  readonly steps: readonly Step[];
  readonly endpoint: string;
}
/** What stands behind a key on a screen, and after the rest in a record. */
export type DetailName = 'document' | 'means' | 'checks' | 'policy';
/** A part of it. `short`: what it is called where others are named too. */
export interface Detail {
  readonly of: DetailName;
  readonly title: string;
  readonly short?: string;
  readonly blocks: readonly Block[];
}

/** What can be chosen from: nothing, a few answers that are known, or what AWS or this machine lists. */
export type Choices =
  | { readonly is: 'none' }
  | { readonly is: 'fixed'; readonly all: readonly Choice[] }
  | { readonly is: 'listed'; readonly several: boolean; readonly rows: () => AsyncIterable<Choice> }
  | { readonly is: 'sources' };
export const none: Choices = { is: 'none' };

/** Why something is said by the operator in their own words. */
export type Reason =
  | { readonly do: 'waive'; readonly goal: string }
  | { readonly do: 'set-aside'; readonly attempt: string };
/** What a key leads to. */
type Leads =
  | { readonly to: 'reply'; readonly reply: Reply }
  /** One of these words has to be typed first. */
  | { readonly to: 'words'; readonly words: readonly string[] }
  | { readonly to: 'reason'; readonly about: Reason }
  /** A page that is opened in a browser. */
  | { readonly to: 'page'; readonly url: string }
  /** The list or the box of the question itself. */
  | { readonly to: 'answer' };
/** A key by name, and what it does in words. `''`: it does the same as one before. */
export type ReplyKey = { readonly key: string; readonly does: string } & Leads;

/** A question as data, for whoever puts it: a screen, lines of text, or a program that was told the answer beforehand. */
export interface Presentation {
  readonly title: string;
  /** What it is about, in one line. */
  readonly about: string;
  /** Who acts, where somebody's credentials are used. A screen says it in its header. */
  readonly who: readonly Block[];
  /** What decides, the gravest first. */
  readonly body: readonly Block[];
  readonly details: readonly Detail[];
  /** What is asked, in a sentence; or how it stands, where the keys say all. */
  readonly question: string;
  readonly choices: Choices;
  readonly keys: readonly ReplyKey[];
}
/** How one kind of question is presented, but for what every kind has. */
export type Presenter<K extends Ask['is']> = (
  ask: Extract<Ask, { readonly is: K }>,
  around: Around,
) => Pick<Presentation, 'body' | 'question' | 'keys'> &
  Partial<Pick<Presentation, 'title' | 'about' | 'details' | 'choices'>>;
