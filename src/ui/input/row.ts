import type { Choice } from '../../model/question.ts';
import type { Reply } from '../session/ask.ts';

/** What taking a row does where it is no answer to a question. */
export type Does =
  | Extract<Reply, { readonly do: 'use' | 'log-in' | 'run-in-terminal' | 'withdraw' }>
  /** Asks for a role to assume, and then with which of these. */
  | { readonly do: 'assume-role' };

/** What a row of credentials says, by column. */
export interface Cells {
  readonly name: string;
  readonly account: string;
  readonly kind: string;
  readonly state: string;
}
interface Answering extends Choice {
  readonly does?: never;
  readonly cells?: never;
}
interface Doing extends Omit<Choice, 'value' | 'danger'> {
  readonly does: Does;
  /** Where it is a row of a table. The label says all of it in one line. */
  readonly cells?: Cells;
  readonly value?: never;
  readonly danger?: never;
}
/** A row of a list: a choice, whose value is the answer; or something that is done. */
export type Row = Answering | Doing;

/** What a row is found by besides its name: the answer, which for accounts and people is their id. */
export const idOf = ({ value = '' }: Row): string => value;
