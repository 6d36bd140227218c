/** Patterns with `*` and `?`, as IAM has them. They are others' texts: each takes time by the lengths of both, whatever stands in them. */

/** Every text of the pattern `b` is one of the pattern `a`. Read as a text, `b`'s star is matched by a star alone. */
export function fits(a: string, b: string): boolean {
  if (a === b || a === '*') return true;
  let [inA, inB] = [0, 0];
  /** Behind the last star of `a`, and from where in `b` what follows it was tried. */
  let [star, from] = [-1, 0];
  while (inB < b.length) {
    const [one, other] = [a[inA], b[inB]];
    if (one === '*') {
      inA++;
      [star, from] = [inA, inB];
    } else if (one === other || (one === '?' && other !== '*')) {
      inA++;
      inB++;
    } else if (star !== -1) {
      from++;
      [inA, inB] = [star, from];
    } else return false;
  }
  return /^\**$/.test(a.slice(inA));
}

/** Whether some text is one of both patterns. */
export function meet(a: string, b: string): boolean {
  /** Of the beginnings of `b`, by their length: whether some text is one of each and of what was read of `a`. */
  let met = Array.from({ length: b.length + 1 }, (_, n) => /^\**$/.test(b.slice(0, n)));
  for (const one of a.split('')) {
    const next = [one === '*' && met[0] === true];
    for (let n = 1; n <= b.length; n++) {
      const other = b[n - 1];
      next.push(
        one === '*' || other === '*'
          ? met[n] === true || next[n - 1] === true
          : met[n - 1] === true && (one === '?' || other === '?' || one === other),
      );
    }
    met = next;
  }
  return met[b.length] === true;
}
