import { expect, test } from 'vitest';
import type { Attempt } from '../../src/model/attempt.ts';
import { present } from '../../src/presentation/present.ts';
import { commandsOf } from '../../src/ui/input/cli-commands.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { asks, run } from '../ui/asks.ts';

const { ask } = asks.failed ?? expect.fail();
if (ask.is !== 'failed') throw new Error('it is another question');

const offered = (code: string, why: string) => {
  const attempts = ask.attempts.map(
    (one): Attempt => ({ ...one, outcome: { ended: 'refused', code, why } as never }),
  );
  const asked = { ...ask, attempts };
  const { body, keys } = present(asked, { run, steps: fixture.steps, endpoint: 'demo' });
  return {
    commands: [
      ...body.flatMap((block) => (block.is === 'command' ? [block.text] : [])),
      ...commandsOf(asked, ask.step, run),
    ],
    remains: JSON.stringify(body).includes('status --commands'),
    keys: keys.map(({ key }) => key),
  };
};

test('what a quota refuses to everybody is offered to nobody by hand', () => {
  const { commands, remains } = offered(
    'ServiceQuotaExceededException',
    'You have exceeded the limit of 3500 permission sets.',
  );
  expect(commands).toEqual([]);
  expect(remains).toBe(false);
});

test('other credentials are no way around a quota', () => {
  expect(offered('ServiceQuotaExceededException', 'the limit').keys).not.toContain('i');
});

test('what a policy of the organization denies is for the management account, which stands above it', () => {
  const { commands, remains } = offered(
    'AccessDeniedException',
    'User is not authorized to perform: x:Y with an explicit deny in a service control policy',
  );
  expect(commands.join()).toContain('aws sso-admin create-permission-set');
  expect(remains).toBe(true);
});

test('what these credentials may not do is for whoever may', () => {
  const { commands, remains, keys } = offered(
    'AccessDeniedException',
    'User is not authorized to perform: x:Y because no identity-based policy allows the x:Y action',
  );
  expect(commands.join()).toContain('aws sso-admin create-permission-set');
  expect(remains).toBe(true);
  expect(keys).toContain('i');
});
