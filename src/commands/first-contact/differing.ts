import { differencesFromSimulator } from '../../model/exchange/compare.ts';
import { differencesFromModel } from '../../model/exchange/differences.ts';
import type { Difference, Exchange } from '../../model/exchange/exchange.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { models } from '../../simulator/protocol/model.ts';
import { type Asked, nameOf } from './look.ts';

/** One read held against AWS’s model and the simulator. */
export interface Held extends Asked {
  readonly differs: readonly Difference[];
  /** The policies of these credentials do not allow it: what AWS answers to who may read, was not seen. */
  readonly denied: boolean;
}

/** `simulated`: undefined where there is no simulated organization like it. */
export function heldAgainst(
  asked: readonly Asked[],
  simulated: readonly Asked[] | undefined,
): readonly Held[] {
  const same = new Map((simulated ?? []).map((one) => [nameOf(one), one.exchange]));
  return asked.map((one): Held => {
    const { exchange } = one;
    if (exchange === undefined) return { ...one, differs: [], denied: false };
    const denied = isDeniedByPolicy(exchange);
    const other = same.get(nameOf(one));
    return {
      ...{ ...one, denied },
      differs: [
        ...unexpectedIn(exchange, other),
        ...(other === undefined || denied ? [] : differencesFromSimulator(models, exchange, other)),
      ],
    };
  });
}
/** What the simulator does beside the model, too, is known of AWS: it was recorded before (test/recorded). */
function unexpectedIn(exchange: Exchange, other: Exchange | undefined): readonly Difference[] {
  const told = (one: Difference): string => JSON.stringify([one.at, one.is, one.found]);
  const known = other === undefined ? [] : differencesFromModel(models, other).map(told);
  return differencesFromModel(models, exchange).filter((one) => !known.includes(told(one)));
}
const isDeniedByPolicy = ({ error }: Exchange): boolean =>
  /^AccessDenied(Exception)?$/.test(error?.name ?? '') &&
  /identity-based policy|permissions boundary|session policy|control policy/.test(error?.message ?? '');

/** A line for each difference: the same one in several answers of an operation once. */
export function rowsOf(held: readonly Held[]): readonly string[] {
  const rows = new Map<string, readonly [string, string, string]>();
  for (const one of held)
    for (const difference of one.differs) {
      const says = describeDifference(difference);
      const key = JSON.stringify([one.operation, difference.at, says]);
      if (!rows.has(key)) rows.set(key, [nameOf(one), difference.at || 'the answer', says]);
    }
  const all = [...rows.values()];
  const width = (column: 0 | 1): number => Math.max(0, ...all.map((row) => row[column].length));
  return all.map(([name, at, says]) => `${name.padEnd(width(0))}  ${at.padEnd(width(1))}  ${says}`);
}

function describeDifference({ from, is, expected, found }: Difference): string {
  if (from === 'model')
    switch (is) {
      case 'new':
        return `AWS sends it (${found}); its service model has no such member`;
      case 'missing':
        return 'AWS does not send it; its service model says that it is always there';
      case 'type':
        return `AWS sends ${found}; its service model says ${expected}`;
      case 'value':
        return 'AWS sends a value that its service model does not list';
      case 'error':
        return `AWS refuses with ${found}; its service model does not list that error`;
      case 'unreadable':
        return `the answer is not ${expected} (${found})`;
      default:
        return unreachable(is);
    }
  switch (is) {
    case 'new':
      return `AWS sends it (${found}); the simulator does not`;
    case 'missing':
      return 'AWS does not send it; the simulator always does';
    case 'type':
    case 'value':
    case 'error':
    case 'unreadable':
      return `AWS: ${found}; the simulator: ${expected}`;
    default:
      return unreachable(is);
  }
}
