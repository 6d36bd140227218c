import type { Mutant } from './mutants.ts';

/** The text of a file with a fault in it. Throws where it cannot be told what is to be replaced. */
export function planted({ id, file, from, to }: Omit<Mutant, 'tests'>, text: string): string {
  const [before, after, ...more] = text.split(from);
  if (before === undefined || after === undefined) throw new Error(`${id}: ${file} no longer says: ${from}`);
  if (more.length > 0) throw new Error(`${id}: ${file} says ${more.length + 1} times: ${from}`);
  if (from === to) throw new Error(`${id} changes nothing`);
  return `${before}${to}${after}`;
}
