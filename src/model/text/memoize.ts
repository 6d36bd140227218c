// What is remembered here follows from what it was made of alone: made anew, it would be the same. Where many are drawn
// or compared at every key, that is too slow. Nothing else is kept beside what is passed (test/architecture.test.ts).

/** The same function of texts, which remembers what it made of the last hundred, or of `most`. */
export function memoize<Texts extends readonly string[], Made>(
  make: (...texts: Texts) => Made,
  most = 100,
): (...texts: Texts) => Made {
  const made = new Map<string, { readonly is: Made }>();
  return (...texts) => {
    const [only = ''] = texts;
    // No two lists of texts are alike in it.
    const key = texts.length === 1 ? only : [...texts.map(({ length }) => length), ...texts].join(' ');
    const known = made.get(key);
    if (known) return known.is;
    const is = make(...texts);
    if (made.size >= most) made.clear();
    made.set(key, { is });
    return is;
  };
}

/** The same function of an object that never changes, which remembers what it made for as long as the object is there. */
export function memoizeEach<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const made = new WeakMap<Of, Made>(); // of 100,000 rows: no object more for each
  return (of) => {
    const known = made.get(of);
    if (known !== undefined || made.has(of)) return known as Made;
    const is = make(of);
    made.set(of, is);
    return is;
  };
}

/** The same function, which remembers what it made last: for what is asked again and again of the same things. */
export function memoizeLast<Of extends readonly unknown[], Made>(
  make: (...of: Of) => Made,
): (...of: Of) => Made {
  let last: { readonly of: Of; readonly is: Made } | undefined;
  return (...of) => {
    if (!last?.of.every((one, n) => one === of[n])) last = { of, is: make(...of) };
    return last.is;
  };
}

/** Made when it is first asked for. */
export function once<Made>(make: () => Made): () => Made {
  let made: { readonly is: Made } | undefined;
  return () => {
    made ??= { is: make() };
    return made.is;
  };
}
