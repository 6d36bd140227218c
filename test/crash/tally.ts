/** What must never happen, whatever is done to the program. */
export interface Finding {
  readonly is: 'wrong' | 'duplicated' | 'unrecorded' | 'invalid';
  readonly says: string;
}

/**
 * What the bench counts. `effective`: kills that met a process that had begun its work. `wrong`: end states that differ
 * from an undisturbed run's; `duplicated`: second effects, or second requests of one intent; `unrecorded`: requests
 * without an intent; `invalid`: journals that do not read, or not as they must.
 */
export interface Tally {
  readonly kills: number;
  readonly effective: number;
  readonly wrong: number;
  readonly duplicated: number;
  readonly unrecorded: number;
  readonly invalid: number;
}
export const nothingYet: Tally = {
  kills: 0,
  effective: 0,
  wrong: 0,
  duplicated: 0,
  unrecorded: 0,
  invalid: 0,
};

export const found = (findings: readonly Finding[], kills = 0, effective = 0): Tally => {
  const count = (is: Finding['is']): number => findings.filter((one) => one.is === is).length;
  return {
    kills,
    effective,
    wrong: count('wrong'),
    duplicated: count('duplicated'),
    unrecorded: count('unrecorded'),
    invalid: count('invalid'),
  };
};

export const sum = (all: readonly Tally[]): Tally =>
  all.reduce(
    (a, b) => ({
      kills: a.kills + b.kills,
      effective: a.effective + b.effective,
      wrong: a.wrong + b.wrong,
      duplicated: a.duplicated + b.duplicated,
      unrecorded: a.unrecorded + b.unrecorded,
      invalid: a.invalid + b.invalid,
    }),
    nothingYet,
  );

/** Nothing that must not happen, and kills that mean something. */
export const isGood = ({ kills, effective, wrong, duplicated, unrecorded, invalid }: Tally): boolean =>
  wrong + duplicated + unrecorded + invalid === 0 && effective >= 0.8 * kills;
