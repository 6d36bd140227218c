/**
 * The same function of texts, which remembers what it made of the last hundred: for what follows from its texts alone,
 * and is asked again at every look at the same things.
 */
export function memoize<Texts extends readonly string[], Made>(
  make: (...texts: Texts) => Made,
): (...texts: Texts) => Made {
  const made = new Map<string, { readonly is: Made }>();
  return (...texts) => {
    const key = [...texts.map(({ length }) => length), ...texts].join(' '); // no two lists of texts are alike in it
    const known = made.get(key) ?? { is: make(...texts) };
    if (made.size >= 100) made.clear();
    made.set(key, known);
    return known.is;
  };
}
