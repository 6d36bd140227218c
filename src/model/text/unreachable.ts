/**
 * Ends a `switch` over a union whose cases are all named: a kind that is added later and has none does not compile.
 * Throws an Error where a value came from outside and was not checked; of it only the kind is told.
 */
export function unreachable(value: never): never {
  const kind = typeof value === 'object' && value !== null ? Object.values(value)[0] : value;
  throw new Error(`A kind that nothing handles: ${String(kind).slice(0, 40)}`);
}
