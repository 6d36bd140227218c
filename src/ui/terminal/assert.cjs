/** All that signal-exit wants of Node's: to say that what it was given is no function. */
exports.equal = (actual, expected, message) => {
  if (actual !== expected) throw new TypeError(message);
};
