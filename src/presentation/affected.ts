import { valueIn } from '../model/call.ts';
import { factsOf } from '../model/operations.ts';
import type { Change } from '../model/plan.ts';
import { describeBatch } from '../model/policy/change-words.ts';
import { formatCount } from '../model/text/format-count.ts';

/** How many people and accounts changes affect, in a few words. Undefined where their own sentences say it. */
export function affectedBy(changes: readonly Change[]): string | undefined {
  const [first] = changes;
  if (!first) return undefined;
  const batch = describeBatch(changes.map(({ call }) => call));
  if (batch !== undefined) return batch;
  const { worded, effect } = factsOf(first.call.operation);
  if (worded.as === 'assignment')
    return `${valueIn(first.call, worded.kind) === 'GROUP' ? '1 group' : '1 person'} in 1 account`;
  const accounts = new Set(changes.flatMap(({ reaches = [] }) => reaches));
  const people = changes.reduce((sum, { holders = 0 }) => sum + holders, 0);
  if (accounts.size > 0) {
    const names = [...new Set(changes.flatMap(({ held = [] }) => held))].slice(0, named);
    const more = people - names.length;
    const who = `${names.join(', ')}${more > 0 ? `, and ${formatCount(more)} more` : ''}`;
    const all = `${people === 0 ? 'nobody' : count(people, 'assignment')} in ${count(accounts.size, 'account')}`;
    return names.length === 0 ? all : `${all}: ${who}`;
  }
  // What is taken away says itself who had it.
  if (effect === 'removes') return undefined;
  return effect === 'creates' || worded.as === 'policy' ? 'nobody yet' : undefined;
}
/** So many are named. */
const named = 3;
const count = (n: number, one: string): string => `${formatCount(n)} ${one}${n === 1 ? '' : 's'}`;
