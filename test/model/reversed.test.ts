import { expect, test } from 'vitest';
import type { ReadyCall } from '../../src/model/call.ts';
import { reversed } from '../../src/model/phase.ts';

const make = 'sso:CreateAccountAssignment';
const remove = 'sso:DeleteAccountAssignment';
type Operation = typeof make | typeof remove | 'sso:ProvisionPermissionSet';
/** An attempt that was seen done. `who`: whom it is about. */
const done = (operation: Operation, who: string, step = 's', state = 'verified') => {
  const input = {
    ...{ InstanceArn: 'i', PermissionSetArn: 'p', TargetId: '1', TargetType: 'AWS_ACCOUNT' },
    ...{ PrincipalType: 'USER', PrincipalId: who },
  };
  const call = { operation, input } as unknown as ReadyCall;
  const situation = { answers: {}, given: {}, hints: {}, run: 'r' };
  return { intent: { step, call, situation }, state };
};
type Tried = ReturnType<typeof done>;
const numbers = (all: readonly Tried[]): readonly number[] => {
  const gone = reversed(all);
  return all.flatMap((one, n) => (gone.has(one) ? [n] : []));
};

test('what was made for one and removed for another is gone, with what removed it', () => {
  expect(numbers([done(make, 'a'), done(make, 'b'), done(remove, 'a')])).toEqual([0, 2]);
  expect(numbers([done(make, 'a'), done(remove, 'a'), done(make, 'a')])).toEqual([0, 1]);
  expect(numbers([done(make, 'a'), done(make, 'a'), done(remove, 'a'), done(remove, 'a')])).toEqual([
    0, 1, 2, 3,
  ]);
});
test('nothing is gone that was removed before, in another step, or was not seen', () => {
  expect(numbers([done(remove, 'a'), done(make, 'a')])).toEqual([]);
  expect(numbers([done(make, 'a'), done(remove, 'a', 't')])).toEqual([]);
  expect(numbers([done(make, 'a'), done(remove, 'a', 's', 'lapsed')])).toEqual([]);
  expect(numbers([done('sso:ProvisionPermissionSet', 'a'), done(remove, 'a')])).toEqual([]);
});
test('twice as many changes to and fro are looked at twice as often', () => {
  const looks = (times: number): number => {
    let n = 0;
    const all = Array.from({ length: times }, (_, k) => [done(make, `${k % 2}`), done(remove, `${k % 2}`)]);
    const watched = all.flat().map(({ intent, state }) => ({
      state,
      get intent() {
        n++;
        return intent;
      },
    }));
    expect(reversed(watched).size).toBe(times * 2);
    return n;
  };
  expect(looks(200) / looks(100)).toBeLessThan(2.1);
});
