/** Files that still have banned phrases, and how many at most: a number only falls. */
export const notYet: Readonly<Record<string, number>> = {};
