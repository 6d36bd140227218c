/** The members that have a value: with `exactOptionalPropertyTypes` an optional member is left out, and never `undefined`. */
export const defined = <const T extends object>(
  members: T,
): { readonly [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };
