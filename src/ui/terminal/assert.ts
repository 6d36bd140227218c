/** All that signal-exit wants of Node's: to say that what it was given is no function. */
export function equal(actual: unknown, expected: unknown, message: string): void {
  if (actual !== expected) throw new TypeError(message);
}
