import { commandLine, isAfter, type Json } from '../model/call.ts';
import type { Change } from '../model/plan.ts';
import { type Line, line, wrap } from './line.ts';

/** A change as it is shown before it is made: what, what follows, the call, the command, the way in the console. */
export function changeLines(
  change: Change,
  where: { readonly region?: string; readonly profile?: string },
  width: number,
): readonly Line[] {
  const { says, risk, consequences = [], call, console } = change;
  const dangerous = risk === 'dangerous';
  return [
    ...wrap(says, width, 'strong', dangerous ? 'DANGEROUS: ' : 'CHANGE: ', 2),
    ...consequences.flatMap((text) => wrap(text, width, 'plain', '  - ')),
    line(),
    line('The call', 'dim'),
    ...wrap(call.operation, width, 'plain', '  '),
    ...Object.entries(call.input).flatMap(([name, value]) => memberLines(name, value as Json, width)),
    line(),
    line('The same with the AWS CLI', 'dim'),
    ...wrap(commandLine(call, where), width, 'plain', '  '),
    ...(console === undefined
      ? []
      : [line(), line('The same in the console', 'dim'), ...wrap(console, width, 'plain', '  ')]),
    line(),
  ];
}

/** A member of the call's input. A policy is shown as it reads best, not as the one line that is sent. */
function memberLines(name: string, value: Json, width: number): readonly Line[] {
  if (isAfter(value))
    return wrap(`${name}: known after ${value.step ?? ''}/${value.$after}`, width, 'plain', '    ');
  if (typeof value === 'string' && /^\{.*\}$/s.test(value)) {
    try {
      const indented = JSON.stringify(JSON.parse(value), undefined, 1);
      return [
        ...wrap(`${name}:`, width, 'plain', '    '),
        ...indented
          .split('\n')
          .flatMap((row) => wrap(row.trim(), width, 'plain', ' '.repeat(6 + row.search(/\S/)))),
      ];
    } catch {
      // Not JSON after all: shown as it is.
    }
  }
  return wrap(
    `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    width,
    'plain',
    '    ',
  );
}
