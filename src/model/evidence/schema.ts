/** Of the journals that are written, and of those whose rules are known, the last. */
export const journalSchema = 4;

/** A file of a later schema than these rules know: they were followed, and what the schema adds to them was not judged. */
export interface Later {
  readonly of: 'journal' | 'hand-off';
  readonly schema: number;
  readonly known: number;
}
/** Undefined where the schema is known, or none. */
export const laterThan = (of: Later['of'], schema: unknown, known: number): Later | undefined =>
  isWhole(schema) && Number(schema) > known ? { of, schema: Number(schema), known } : undefined;

/** Whether it is a number from 1 on that counts something. */
export const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;
