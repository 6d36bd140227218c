import { type Call, type Json, valueIn } from '../call.ts';
import { factsOf } from '../operations.ts';
import { unreachable } from '../text/unreachable.ts';
import { describeDifference } from './policy-words.ts';

/**
 * What a change does to a set's policy, in sentences: what it allows then, and no longer. None for other changes, and
 * none where both texts mean the same. `before`: the text of the policy that is replaced; absent or '' where there is
 * none.
 */
export function describeChange(call: Call, before: Json | undefined): readonly string[] {
  const { worded } = factsOf(call.operation);
  switch (worded.as) {
    case 'policy': {
      const left = worded.leaves === null ? '' : valueIn(call, worded.leaves);
      return typeof left === 'string'
        ? describeDifference(typeof before === 'string' ? before : '', left)
        : [];
    }
    case 'assignment':
    case 'members':
      return [];
    default:
      return unreachable(worded);
  }
}

/**
 * What many assignments come to, in one line: '12 assignments: 3 people × 4 accounts'. Undefined where there is one
 * change, or not all are of that kind. `set`: what they are of.
 */
export function describeBatch(calls: readonly Call[], set?: string): string | undefined {
  const all = calls.flatMap((call) => {
    const { worded } = factsOf(call.operation);
    if (worded.as !== 'assignment') return [];
    const [who, kind, where] = [worded.who, worded.kind, worded.where].map((name) => valueIn(call, name));
    return [{ who, kind, where }];
  });
  if (calls.length < 2 || all.length < calls.length) return undefined;
  const distinct = (of: readonly unknown[]): number => new Set(of.map((one) => JSON.stringify(one))).size;
  const groups = distinct(all.flatMap(({ who, kind }) => (kind === 'GROUP' ? [who] : [])));
  const people = distinct(all.map(({ who }) => who)) - groups;
  const accounts = distinct(all.map(({ where }) => where));
  const who = [
    ...(people > 0 ? [howMany(people, 'person', 'people')] : []),
    ...(groups > 0 ? [howMany(groups, 'group')] : []),
  ].join(' and ');
  // Where some are there already it is no product.
  const times = all.length === (people + groups) * accounts ? '×' : 'in';
  return `${all.length} assignments${set === undefined ? '' : ` of ${set}`}: ${who} ${times} ${howMany(accounts, 'account')}`;
}
const howMany = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
