/** How the lists of something that is folded change. What it gives is to be taken for the list from there on. */
export interface Lists {
  append<T>(list: readonly T[], more: readonly T[]): readonly T[];
  /** Changes those that have an id. `idOf`: of each, and always the same one. */
  change<T>(list: readonly T[], idOf: (one: T) => string, id: string, to: (one: T) => T): readonly T[];
}

/** Each change makes another list: whoever has the one before sees no difference. */
export const copied: Lists = {
  append: (list, more) => [...list, ...more],
  change: (list, idOf, id, to) => list.map((one) => (idOf(one) === id ? to(one) : one)),
};

/**
 * For one fold, of which nobody sees what comes in between: a list is copied when it changes for the first time, and is
 * changed where it stands from then on. A fold takes time in proportion to its events, and not to their square.
 */
export function inPlace(): Lists {
  const owned = new WeakSet<readonly unknown[]>();
  const places = new WeakMap<readonly unknown[], Places>();
  const own = <T>(list: readonly T[]): T[] => {
    if (owned.has(list)) return list as T[];
    const copy = [...list];
    owned.add(copy);
    return copy;
  };
  return {
    append: (list, more) => {
      const all = own(list);
      for (const one of more) all.push(one);
      return all;
    },
    change: (list, idOf, id, to) => {
      const all = own(list);
      const known = places.get(all) ?? { by: new Map(), so: 0 };
      places.set(all, known);
      for (; known.so < all.length; known.so++) {
        const name = idOf(all[known.so] as (typeof all)[number]);
        const there = known.by.get(name);
        if (there) there.push(known.so);
        else known.by.set(name, [known.so]);
      }
      for (const n of known.by.get(id) ?? []) all[n] = to(all[n] as (typeof all)[number]);
      return all;
    },
  };
}
/** Where in a list each id stands. `so`: how far that is known. */
interface Places {
  readonly by: Map<string, number[]>;
  so: number;
}
