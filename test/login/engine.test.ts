import { expect, test } from 'vitest';
import type { Ask } from '../../src/engine/ask.ts';
import type { CredentialLifetime, Login } from '../../src/model/identity.ts';
import { CredentialsError } from '../../src/model/reader.ts';
import { operations } from '../engine/in-process.ts';
import { setup } from '../engine/process.ts';

const login: Login = { by: 'sso', profile: 'mgmt' };
type Credentials = Extract<Ask, { is: 'credentials' }>;

test('a log-in in place: what was accepted before is taken up without asking again', async () => {
  const asked: Credentials[] = [];
  let logins = 0;
  let looks = 0;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'credentials' && ask.problem) {
          asked.push(ask);
          return { do: 'log-in', login };
        }
        if (ask.is === 'confirm' && looks++ === 0) all.w.expired.add('mgmt');
        return undefined;
      },
    },
  );
  all.p.ports.logIn = async (given) => {
    logins++;
    expect(given).toEqual(login);
    if (logins === 1) return { is: 'not-installed' };
    if (logins === 2) return { is: 'failed', why: 'it ended with code 255: The browser was closed' };
    all.w.expired.delete('mgmt');
    return { is: 'ended' };
  };
  expect(await all.p.all()).toBe('finished');
  expect(asked.map(({ problem }) => problem?.problem)).toEqual([
    'The session has expired.',
    'The AWS CLI is not installed here, or is not on the PATH: aws sso login --profile mgmt cannot be started from here.',
    'aws sso login --profile mgmt did not sign in: it ended with code 255: The browser was closed.',
  ]);
  expect(asked.every(({ failed }) => failed?.kind === 'profile' && failed.name === 'mgmt')).toBe(true);
  expect(all.p.asks.filter((name) => name.endsWith(': accept'))).toHaveLength(2); // one for each actor
  expect(operations(all.w.sent)).toHaveLength(4);
});

test('who logs in as somebody else is asked about: nothing was accepted for them', async () => {
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'credentials' && ask.problem) {
          all.w.expired.delete('mgmt');
          const known = all.w.profiles.get('mgmt');
          if (known) all.w.profiles.set('mgmt', { ...known, arn: `${known.arn}-other` });
          return { do: 'log-in', login };
        }
        if (ask.is === 'confirm') all.w.expired.add('mgmt');
        if (ask.is !== 'accept' || !ask.caller.arn.endsWith('-other')) return undefined;
        expect(all.w.sent).toEqual([]);
        return { do: 'leave' };
      },
    },
  );
  all.p.ports.logIn = async () => ({ is: 'ended' });
  expect(await all.p.all()).toBe('register-delegated-administrator: accept');
});

test('a step that cannot finish in the time left says so before it asks, and once', async () => {
  const problems: string[] = [];
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is !== 'credentials' || !ask.problem) return undefined;
        problems.push(ask.problem.problem);
        expect(ask.problem.login).toEqual({ by: 'sso', profile: 'delegate' });
        return { do: 'use', source: { kind: 'profile', name: 'delegate' } };
      },
    },
  );
  const until = all.p.ports.now() + 10_000_000;
  all.p.ports.lasting = (actor): CredentialLifetime => {
    if (actor === 'management') return { is: 'until', until };
    return { is: 'until', until: 60_000 + 1_000, login: { by: 'sso', profile: 'delegate' } };
  };
  all.p.ports.now = () => 1_000;
  const end = await all.p.all();
  expect(problems).toEqual([
    'This step needs about 2 min, and your credentials (profile delegate) last 60 s. Nothing was sent.',
  ]);
  expect(end).toBe('finished');
});

test('a credential_process that failed is run in the terminal, and what it gives is taken up without asking again', async () => {
  const problems: string[] = [];
  let runs = 0;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'credentials' && ask.problem) {
          problems.push(ask.problem.problem);
          return { do: 'run-in-terminal', profile: 'mgmt' };
        }
        if (ask.is === 'confirm' && runs === 0) all.w.expired.add('mgmt');
        return undefined;
      },
    },
  );
  all.p.ports.runInTerminal = async (profile) => {
    expect(profile).toBe('mgmt');
    if (runs++ === 0) return { problem: 'It was ended by SIGINT.', remedy: 'Again.', process: profile };
    all.w.expired.delete('mgmt');
    return undefined;
  };
  expect(await all.p.all()).toBe('finished');
  expect(problems).toEqual(['The session has expired.', 'It was ended by SIGINT.']);
  expect(all.p.asks.filter((name) => name.endsWith(': accept'))).toHaveLength(2); // one for each actor
});

test('what a credential_process said when it failed is shown, and is in no event', async () => {
  const shown: string[] = [];
  let failed = false;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'credentials' && ask.problem) {
          shown.push(ask.problem.problem);
          return { do: 'leave' };
        }
        return undefined;
      },
    },
  );
  const { connect } = all.p.ports;
  all.p.ports.connect = (...args) => {
    const aws = connect(...args);
    return {
      ...aws,
      send: async () => {
        failed = true;
        throw new CredentialsError(
          'management',
          'profile p: its credential_process failed',
          'Mend it.',
          undefined,
          {
            said: 'the vault is sealed',
            process: 'p',
          },
        );
      },
    };
  };
  await all.p.all();
  expect(failed).toBe(true);
  expect(shown).toEqual(['profile p: its credential_process failed: the vault is sealed']);
  const kept = JSON.stringify(all.p.ports.run().attempts);
  expect(kept).toContain('its credential_process failed');
  expect(kept).not.toContain('sealed');
});
