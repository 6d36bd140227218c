import { describe, expect, test } from 'vitest';
import type { Ask } from '../../src/engine/ask.ts';
import { keepAnswers, keeping } from '../../src/engine/reading/kept-answers.ts';
import { type Aws, OutcomeUnknown, RequestRejected } from '../../src/model/reader.ts';
import { DEV, otherPolicy, PROD } from './four-accounts.ts';
import { operations } from './in-process.ts';
import { setup, usualAnswers } from './process.ts';

// Which answers stand for a question that is put again, and which never do. How many requests that makes of a run, and
// that they are no more, test/commands/calls.test.ts holds.

/** A way into AWS that counts what it is asked, the credentials that it is asked with, and a clock. */
function counted() {
  const asked: string[] = [];
  const clock = { now: 1_000_000 };
  const credentials: { held: object | undefined } = { held: {} };
  const refusing: { error: Error | undefined } = { error: undefined };
  const aws = (region: string): Aws =>
    ({
      region,
      inUse: () => credentials.held,
      in: (other: string) => ({ ...aws(other), inUse: undefined }),
      read: async (operation: string, input: object) => {
        asked.push(`${region} ${operation} ${JSON.stringify(input)}`);
        if (refusing.error) throw refusing.error;
        return { asked: asked.length };
      },
      pages: async function* (operation: string, input: object) {
        for (const page of (input as { InstanceArn?: string }).InstanceArn === 'short' ? [1] : [1, 2]) {
          asked.push(`${region} ${operation} ${JSON.stringify(input)} ${page}`);
          yield page === 1 && (input as { InstanceArn?: string }).InstanceArn !== 'short'
            ? { page, NextToken: 'two' }
            : { page };
        }
      },
    }) as unknown as Aws;
  const kept = keepAnswers();
  const look = (who = 'management') => keeping(aws('eu-west-1'), who, kept, () => clock.now);
  /** Where nobody can tell which credentials are in use. */
  const blind = (): Aws => {
    const { inUse: _, ...way } = aws('eu-west-1');
    return keeping(way, 'management', kept, () => clock.now);
  };
  return { asked, clock, credentials, refusing, kept, look, blind };
}
/** The same, whose answers come when they are let. */
function slow(asked: string[]) {
  const waiting: { readonly resolve: (answer: object) => void; readonly reject: (why: Error) => void }[] = [];
  const held = {};
  const aws = {
    inUse: () => held,
    read: (operation: string) =>
      new Promise((resolve, reject) => {
        asked.push(operation);
        waiting.push({ resolve, reject });
      }),
  } as unknown as Aws;
  const answer = () => waiting.at(-1)?.resolve({});
  return { aws, answer, lost: () => waiting.at(-1)?.reject(new OutcomeUnknown('lost')) };
}
const read = (aws: Aws, InstanceArn = 'one') => aws.read('sso:DescribeInstance', { InstanceArn });
async function all(aws: Aws, InstanceArn = 'one'): Promise<readonly object[]> {
  const pages: object[] = [];
  for await (const page of aws.pages('sso:ListPermissionSets', { InstanceArn })) pages.push(page);
  return pages;
}

describe('an answer stands for the same question', () => {
  test('for thirty seconds; then, and where the clock was set back, it is put again', async () => {
    const { asked, clock, look } = counted();
    const [first, pages] = [await read(look()), await all(look())];
    clock.now += 29_999;
    expect([await read(look()), await all(look())]).toEqual([first, pages]);
    expect(asked).toHaveLength(3);
    clock.now += 1;
    await read(look());
    await all(look());
    expect(asked).toHaveLength(6);
    clock.now -= 10;
    await read(look());
    await all(look());
    expect(asked).toHaveLength(9);
  });
  test('and for no other: of somebody else, about something else, in another Region', async () => {
    const { asked, look } = counted();
    await read(look());
    await read(look('delegated-administrator'));
    await read(look(), 'two');
    await read(look().in('us-east-1') as Aws);
    await read(look().in('us-east-1') as Aws); // the credentials are those of the way that it came from
    expect(asked).toHaveLength(4);
  });
  test('that is asked at the same time is asked once; a listing that was not read to its end is asked again', async () => {
    const { asked, look } = counted();
    const eyes = look();
    await Promise.all([read(eyes), read(eyes)]);
    expect(asked).toHaveLength(1);
    for await (const _ of eyes.pages('sso:ListPermissionSets', { InstanceArn: 'one' })) break;
    await all(eyes);
    expect(asked).toHaveLength(4);
  });
  test('a listing of one page is asked once, also where several want it at the same time', async () => {
    const { asked, look } = counted();
    const both = await Promise.all([all(look(), 'short'), all(look(), 'short')]);
    expect(both).toEqual([[{ page: 1 }], [{ page: 1 }]]);
    expect(await all(look(), 'short')).toEqual([{ page: 1 }]);
    expect(asked).toHaveLength(1);
    // One that is longer is read by each to its end: nobody waits for what another does with it.
    await Promise.all([all(look()), all(look())]);
    expect(asked).toHaveLength(5);
    await all(look());
    expect(asked).toHaveLength(5);
  });
  test('that somebody else waits for longer, or not as long, is shared; who may wait asks anew where it does not come', async () => {
    const asked: string[] = [];
    const { aws, answer, lost } = slow(asked);
    const eyes = (): Aws => keeping(aws, 'somebody', keptOf, () => 0);
    const keptOf = keepAnswers();
    const both = [read(eyes()), eyes().read('sso:DescribeInstance', { InstanceArn: 'one' }, { within: 50 })];
    await expect(both[1]).rejects.toThrow('no answer within 0.05 seconds');
    answer();
    await both[0];
    expect(asked).toHaveLength(1);
    const short = eyes().read('sso:DescribeInstance', { InstanceArn: 'two' }, { within: 50 });
    const long = read(eyes(), 'two');
    lost();
    await expect(short).rejects.toThrow('lost');
    await Promise.resolve();
    answer();
    await long;
    expect(asked).toHaveLength(3);
  });
  test('only with the credentials with which it was had, and where it is known which those are', async () => {
    const { asked, credentials, look } = counted();
    await read(look());
    credentials.held = {};
    await read(look());
    await all(look());
    credentials.held = undefined; // they are about to be renewed
    await read(look());
    await all(look());
    await read(look());
    expect(asked).toHaveLength(2 + 2 + 1 + 2 + 1);
  });
  test('not where the credentials were exchanged while it was awaited', async () => {
    const { asked, credentials, look } = counted();
    const answer = read(look());
    credentials.held = {};
    await answer;
    await read(look());
    expect(asked).toHaveLength(2);
  });
  test('not once all was forgotten, though it was under way then', async () => {
    const { asked, kept, look } = counted();
    const under = look().pages('sso:ListPermissionSets', { InstanceArn: 'one' })[Symbol.asyncIterator]();
    await under.next();
    const answer = read(look());
    kept.forget();
    await answer;
    while (!(await under.next()).done);
    await read(look());
    await all(look());
    expect(asked).toHaveLength(2 + 1 + 1 + 2);
  });
  test('a refusal for good is an answer, one that passes is none', async () => {
    const { asked, refusing, look } = counted();
    refusing.error = new RequestRejected('ResourceNotFoundException', 'there is none');
    await expect(read(look())).rejects.toThrow('there is none');
    await expect(read(look())).rejects.toThrow('there is none');
    expect(asked).toHaveLength(1);
    refusing.error = new RequestRejected('ThrottlingException', 'too often');
    for (const _ of [1, 2]) await expect(read(look(), 'two')).rejects.toThrow('too often');
    refusing.error = new Error('socket hang up');
    for (const _ of [1, 2]) await expect(read(look(), 'three')).rejects.toThrow('socket hang up');
    expect(asked).toHaveLength(5);
  });
});

describe('who acts is known', () => {
  const who = (aws: Aws) => aws.read('sts:GetCallerIdentity', {});
  test('while the same credentials are in use, five minutes at most; forgetting what AWS shows changes nothing in that', async () => {
    const { asked, clock, credentials, kept, look } = counted();
    await who(look());
    kept.forget();
    clock.now += 299_999;
    await who(look());
    expect(asked).toHaveLength(1);
    clock.now += 1;
    await who(look());
    credentials.held = {};
    await who(look());
    kept.forgetCallers();
    await who(look());
    expect(asked).toHaveLength(4);
  });
  test('within one look alone, where nobody can tell which credentials those are', async () => {
    const { asked, blind } = counted();
    const once = blind();
    await who(once);
    await who(once);
    await who(blind());
    await read(blind());
    await read(blind());
    expect(asked).toHaveLength(4);
  });
  test('not by a refusal', async () => {
    const { asked, refusing, look } = counted();
    refusing.error = new RequestRejected('AccessDenied', 'nobody');
    for (const _ of [1, 2]) await expect(who(look())).rejects.toThrow('nobody');
    expect(asked).toHaveLength(2);
  });
});

/** A run in which something is counted and done at each question. `unattended`: they are answered by a file. */
function asking(on: (ask: Ask, w: ReturnType<typeof setup>['w']) => void, unattended = false) {
  const made = setup({}, { on: (ask) => void on(ask, made.w) });
  Object.assign(made.p.ports, { unattended });
  return made;
}
const listed = 'organizations:ListAccounts';
const countOf = (all: readonly string[], operation: string): number =>
  all.filter((one) => one === operation).length;

describe('what AWS showed before counts no more', () => {
  test('once a person has replied: they may have taken an hour', async () => {
    const { w, p } = asking((ask) => {
      // While it is asked which account is to be registered, a colleague registers another one.
      if (ask.is === 'question' && ask.goal.question === 'account') w.delegate(PROD);
    });
    expect(await p.all()).toBe('register-delegated-administrator: blocked');
    expect(p.asks).not.toContain('register-delegated-administrator: confirm');
  });
  test('once a change was confirmed, also where nobody sits there: it is looked at between confirmation and call', async () => {
    const { w, p } = asking((ask) => {
      if (ask.is === 'confirm' && ask.step.id === 'register-delegated-administrator') w.delegate(PROD);
    }, true);
    expect(await p.all()).toBe('register-delegated-administrator: blocked');
    expect(w.sent).toEqual([]);
  });
  test('once something was sent: what it has done is read, and not what was read before', async () => {
    const { w, p } = asking(() => {}, true);
    expect(await p.all()).toBe('finished');
    expect(w.sent).toHaveLength(4);
    // Else it would be waited until AWS shows it.
    expect(p.activities).not.toContain('waiting-to-show');
  });
  test('once it was waited for AWS', async () => {
    const { w, p, clock } = asking(() => {}, true);
    const before = clock.now;
    w.options.lag = 3_000; // the delegation is shown only after a while: it is looked for again and again
    expect(await p.all()).toBe('finished');
    expect(clock.now).toBeGreaterThan(before + 3_000);
    expect(clock.now).toBeLessThan(before + 4 * 15_000); // as soon as AWS shows it, not when what was kept is old
  });
  test('where somebody wants a new look, and who acts is asked, too', async () => {
    const { w, p } = setup(
      {},
      {
        answers: { ...usualAnswers, 'assign-administrator/target': '' },
        on: (ask) => {
          if (ask.is !== 'question' || ask.goal.question !== 'target') return undefined;
          asked.push([countOf(w.reads, 'sts:GetCallerIdentity'), countOf(w.reads, listed)]);
          return asked.length < 3 ? { do: 'again' } : { do: 'leave' };
        },
      },
    );
    const asked: (readonly [number, number])[] = [];
    await p.all();
    const [one, two, three] = asked;
    expect(two?.[0]).toBeGreaterThan(one?.[0] ?? 0);
    expect(three?.[0]).toBeGreaterThan(two?.[0] ?? 0);
  });
});

test('where nobody is waited for and nothing is sent, everything is asked once, the last look included', async () => {
  const { p, start } = setup();
  expect(await p.all()).toBe('finished');
  const q = start();
  Object.assign(q.ports, { unattended: true });
  const { connect } = q.ports;
  const asked: string[] = [];
  q.ports.connect = (actor, ...given) => {
    const way = connect(actor, ...given);
    const told = (operation: string, input: unknown) =>
      asked.push(`${actor} ${operation} ${JSON.stringify(input)}`);
    return {
      ...way,
      in: (region) => q.ports.connect(actor, given[0], region),
      read: async (operation, input, limit) => {
        told(operation, input);
        return way.read(operation, input, limit);
      },
      pages: (operation, input, limit) => {
        told(operation, input);
        return way.pages(operation, input, limit);
      },
    };
  };
  expect(await q.all()).toBe('finished');
  expect(asked.length).toBeGreaterThan(15);
  expect(asked.filter((one, n) => asked.indexOf(one) !== n)).toEqual([]);
});

test('the last look is at what AWS shows after the last change, not at what it showed before', async () => {
  const { w, p } = asking(() => {}, true);
  let sent = false;
  w.onSend((when, { operation }) => {
    if (when !== 'after' || operation !== 'sso:CreateAccountAssignment') return;
    sent = true;
    const [set] = w.sets;
    if (set) w.put(set, otherPolicy); // a colleague, while the assignment was made
  });
  expect(await p.all()).toBe('permission-set: question existing');
  expect(sent).toBe(true);
});

describe('of changes that are confirmed together', () => {
  const batch = { ...usualAnswers, 'assign-administrator/target': JSON.stringify([DEV, PROD]) };
  const assigning = 'sso:CreateAccountAssignment';
  const identities = (all: readonly string[]) => countOf(all, 'sts:GetCallerIdentity');

  test('who acts is asked before the first; the others are signed with the same', async () => {
    const { w, p } = setup({}, { answers: batch });
    const before: number[] = [];
    w.onSend((when, { operation }) => {
      if (when === 'before' && operation === assigning) before.push(identities(w.reads));
    });
    expect(await p.all()).toBe('finished');
    expect(before).toHaveLength(2);
    expect(before[1]).toBe(before[0]);
  });
  test('other credentials are another check: somebody else sends nothing', async () => {
    const { w, p, disk } = setup({}, { answers: batch });
    w.onSend((when, { operation }) => {
      if (when !== 'after' || operation !== assigning) return;
      w.onSend(() => {});
      w.profiles.set('delegate', { account: PROD, arn: `arn:aws:sts::${PROD}:assumed-role/admin/op` });
    });
    expect(await p.all()).toContain('credentials');
    expect(operations(w.sent).filter((one) => one === assigning)).toHaveLength(1);
    expect(disk.filter(({ type }) => type === 'intended')).toHaveLength(4);
  });
});

test('between a confirmation and its first call AWS is asked who acts, however lately it said so', async () => {
  const { w, p } = asking((ask) => {
    if (ask.is === 'confirm') since = w.reads.length;
  }, true);
  let since = 0;
  const asked: boolean[] = [];
  w.onSend((when) => {
    if (when === 'before') asked.push(w.reads.slice(since).includes('sts:GetCallerIdentity'));
  });
  expect(await p.all()).toBe('finished');
  expect(asked).toEqual([true, true, true, true]);
});
