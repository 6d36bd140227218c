/** A word as a POSIX shell takes it: as it is where nothing in it means anything to the shell, else in quotes. */
export const shellWord = (text: string): string =>
  /^[\w./:@%=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
