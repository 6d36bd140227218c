import type { Json, ReadyCall } from '../call.ts';
import { factsOf, type ReverserOf, type WriteOperation } from '../operations.ts';

/** A change that was made: the call, AWS's reply to it where it came, and what it put something in the place of. */
interface Was<Op extends WriteOperation> {
  readonly call: ReadyCall<Op>;
  readonly before?: Json;
  readonly output?: unknown;
}
/** The call that takes a change back, by the catalogue: the first for which all that it takes is known. */
export function reverseOf<Op extends WriteOperation>(
  { call, before, output }: Was<Op>,
  only: 'alone' | 'any' = 'any',
): ReadyCall<ReverserOf<Op>> | undefined {
  const here = call as ReadyCall;
  for (const { by, same, reply = {}, before: to, alone } of factsOf(here.operation).reversedBy) {
    const input: readonly (readonly [string, unknown])[] = [
      ...Object.entries(here.input).filter(([name]) => same.includes(name)),
      ...Object.entries(reply).map(([name, path = '']) => [name, at(output, path)] as const),
      ...(to === undefined ? [] : [[to, before === '' ? undefined : before] as const]),
    ];
    if ((only === 'any' || alone) && input.every(([, value]) => value !== undefined))
      return { operation: by, input: Object.fromEntries(input) } as unknown as ReadyCall<ReverserOf<Op>>;
  }
  return undefined;
}
const at = (output: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], output);
/** The same for what can always be taken back: all that its reversal takes is in the call itself. Throws where it is not. */
export function reversing<Op extends WriteOperation>(was: Was<Op>): ReadyCall<ReverserOf<Op>> {
  const back = reverseOf(was);
  if (!back) throw new Error(`${(was.call as ReadyCall).operation} has no reversal`);
  return back;
}
