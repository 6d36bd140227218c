/** What the operator decides. Data: the screen and the answers file are made from it. */
export interface Question {
  readonly says: string;
  /**
   * `several`: one or more of the choices, answered by a list (`valuesOf`). `attestation`: answered 'attested' by the
   * operator, who has seen to it; no API can.
   */
  readonly as: 'text' | 'choice' | 'several' | 'attestation';
  /** A text must match it whole; `example` is what the error message shows. */
  readonly pattern?: string;
  /** The same in words, where an example does not say it: 'up to 32 letters and digits'. */
  readonly allowed?: string;
  readonly example?: string;
  /** What a value is called where people read it. */
  readonly called?: Readonly<Record<string, string>>;
  /** All that a choice may be answered, where that is known beforehand. */
  readonly values?: readonly string[];
  /**
   * What its choices are. Accounts are answered by their 12-digit ids. People are listed by name, and more than a few at
   * once take their number (`numberTyped`).
   */
  readonly of?: 'accounts' | 'people';
  /** Its answer is what somebody is called. */
  readonly personal?: true;
  /** May be answered 'skipped', which is recorded. */
  readonly skippable?: true;
  /** Nothing is highlighted at first: the operator has to move to a line. */
  readonly noDefault?: true;
  /** Nothing is highlighted at first, and that is all: the answer counts as that of any other question. */
  readonly unset?: true;
  /** The first line is highlighted, and others are dangerous. */
  readonly dangers?: true;
}
/** Whether an answer counts only after its choice was listed again: it may be dangerous, or not be there any more. */
export const isGuarded = ({ noDefault, dangers }: Question): boolean =>
  noDefault === true || dangers === true;
/** An answer as text, whatever the question: 'attested', 'skipped', the value of a choice, or `severalOf` several. */
export type Answer = string;
/** Several values as one answer: a JSON list of texts. */
export const severalOf = (values: readonly string[]): Answer => JSON.stringify(values);
/**
 * The values of such an answer, each once, in its order. What is no list of texts is one value: earlier runs asked for
 * one.
 */
export function valuesOf(answer: Answer): readonly string[] {
  if (!answer.startsWith('[')) return [answer];
  try {
    const list: unknown = JSON.parse(answer);
    if (Array.isArray(list) && list.every((one) => typeof one === 'string'))
      return [...new Set<string>(list)];
  } catch {
    // No list: a name may begin so.
  }
  return [answer];
}
/** So many people are named at once without more ado. */
export const mostAtOnce = 5;
/** What has to be typed for an answer that names many people at once: how many they are. */
export function numberTyped({ as, of }: Question, answer: Answer): string | undefined {
  if (as !== 'several' || of !== 'people') return undefined;
  const { length } = valuesOf(answer);
  return length > mostAtOnce ? String(length) : undefined;
}
/**
 * `facts`: what is known of it that decides, a phrase each. `group`: the heading that it stands under. `marked`: marked
 * at first, where several may be. `not`: why it cannot be chosen. `danger`: what has to be read, and typed, before it is
 * taken. `apart`: it is none of those that are listed, always to be seen, and not meant where all of them are.
 */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly facts?: readonly string[];
  readonly group?: string;
  readonly marked?: true;
  readonly detail?: string;
  readonly not?: string;
  readonly apart?: true;
  readonly danger?: Danger;
}
/** `says`: all that there is to read of it. `decisive`: of that what has to be seen before agreeing; absent, all of it. */
interface Danger {
  readonly says: readonly string[];
  readonly decisive?: readonly string[];
  readonly typed: readonly string[];
}
/** A step's questions, by the name that goals and answers files use. */
export type Questions = Readonly<Record<string, Question>>;
