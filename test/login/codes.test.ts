import { expect, test } from 'vitest';
import type { Ask, Reply } from '../../src/engine/ask.ts';
import {
  type CodeRequest,
  type Login,
  signInText,
  type UnusableCredentials,
} from '../../src/model/identity.ts';
import { setup } from '../engine/process.ts';

// The engine alone: who is asked for a code, how often, and what is written down of it.

const request: CodeRequest = { serial: 'arn:aws:iam::111111111111:mfa/ann', role: 'arn:aws:iam::1:role/A' };
type Code = Extract<Ask, { is: 'code' }>;
/** A device that AWS takes codes of, and an operator who types these, one after the other. */
function device(good: string, typed: readonly (string | Reply)[]) {
  const asked: Code[] = [];
  const problems: string[] = [];
  const left = [...typed];
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'credentials' && ask.problem) {
          problems.push(ask.problem.problem);
          return { do: 'leave' };
        }
        if (ask.is !== 'code') return undefined;
        asked.push(ask);
        const next = left.shift() ?? { do: 'leave' };
        return typeof next === 'string' ? { do: 'code', code: next } : next;
      },
    },
  );
  const sent: string[] = [];
  let entered: string | undefined;
  let open = false;
  const { identifyCaller: meet } = all.p.ports;
  all.p.ports.enterCode = (_, code) => {
    if (sent.includes(code)) return false;
    entered = code;
    return true;
  };
  all.p.ports.identifyCaller = async (source) => {
    if (open || !(source.kind === 'profile' && source.name === 'mgmt')) return meet(source);
    const code = entered;
    entered = undefined;
    if (code !== undefined) sent.push(code);
    if (code === good) {
      open = true;
      return meet(source);
    }
    const refused = code === undefined ? {} : { refused: 'invalid', sentAt: all.p.ports.now() };
    return { problem: 'A code is needed.', remedy: 'Type it.', code: { ...request, ...refused } };
  };
  return { all, asked, problems, sent };
}

test('a code is asked for, and with it the run goes on; no event holds one', async () => {
  const { all, asked, sent } = device('246802', ['246802']);
  expect(await all.p.all()).toBe('finished');
  expect(asked).toMatchObject([{ request, left: 3, waits: false, repeated: false }]);
  expect(sent).toEqual(['246802']);
  expect(JSON.stringify(all.disk)).not.toContain('246802');
});

test('three are tried; after that it is said what to check, and others can be chosen', async () => {
  const { all, asked, problems, sent } = device('0', ['111111', '222222', '333333', '444444']);
  await all.p.all();
  expect(asked.map(({ left }) => left)).toEqual([3, 2, 1]);
  expect(asked.map(({ waits }) => waits)).toEqual([false, true, true]);
  expect(sent).toEqual(['111111', '222222', '333333']);
  expect(problems).toEqual([`profile mgmt: AWS did not accept 3 codes of the MFA device ${request.serial}.`]);
});

test('the one that was sent is not sent again, and costs no try', async () => {
  const { all, asked, sent } = device('222222', ['111111', '111111', '222222']);
  expect(await all.p.all()).toBe('finished');
  expect(asked.map(({ left, repeated }) => [left, repeated])).toEqual([
    [3, false],
    [2, false],
    [2, true],
  ]);
  expect(sent).toEqual(['111111', '222222']);
});

test('other credentials instead of a code: the list is there again, and says nothing of a failure', async () => {
  const { all, asked, problems } = device('246802', [{ do: 'decline' }, '246802']);
  expect(await all.p.all()).toBe('finished');
  expect(asked).toHaveLength(2);
  expect(problems).toEqual([]);
});

const login: Login = { by: 'sso', profile: 'mgmt' };
/** Somebody who has no AWS CLI, and signs in with a code that ends so. */
function signingIn(ended: UnusableCredentials | undefined, reply: Reply) {
  const problems: string[] = [];
  const offered: string[] = [];
  let stopped = 0;
  let begun = 0;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'confirm' && problems.length === 0) all.w.expired.add('mgmt');
        if (ask.is === 'sign-in') return reply;
        if (ask.is !== 'credentials' || !ask.problem) return undefined;
        problems.push(ask.problem.problem);
        offered.push(signInText(ask.problem.login ?? login));
        return problems.length > (ended?.login?.codeForbidden ? 2 : 1)
          ? { do: 'leave' }
          : { do: 'log-in', login: ask.problem.login ?? login };
      },
    },
  );
  all.p.ports.logIn = async () => ({ is: 'not-installed' });
  const signIn = async ({ profile }: Login) => ({
    shown: { profile, startUrl: 'https://d-1.awsapps.com/start', code: 'BCDF-GHJK', page: '', until: 0 },
    ended: (async () => {
      if (!ended) all.w.expired.delete('mgmt');
      return ended;
    })(),
    stop: () => {
      stopped += 1;
    },
  });
  all.p.ports.signInWithCode = (by) => {
    begun += 1;
    return signIn(by);
  };
  return { all, problems, offered, stopped: () => stopped, begun: () => begun };
}

test('no AWS CLI: signed in with a code, the run goes on with the same credentials', async () => {
  const { all, problems, stopped } = signingIn(undefined, { do: 'go-on' });
  expect(await all.p.all()).toBe('finished');
  expect(problems).toEqual(['The session has expired.']);
  expect(stopped()).toBe(0);
});

test('a sign-in that ended otherwise is said with what to do', async () => {
  const { all, problems } = signingIn(
    { problem: 'It was denied.', remedy: 'Again.', login },
    { do: 'go-on' },
  );
  await all.p.all();
  expect(problems).toEqual(['The session has expired.', 'It was denied.']);
});

test('where AWS forbids it, the AWS CLI is offered, and no second code', async () => {
  const forbidden: Login = { ...login, codeForbidden: true };
  const { all, problems, offered, begun } = signingIn(
    { problem: 'AWS does not allow it.', remedy: 'Install the AWS CLI.', login: forbidden },
    { do: 'go-on' },
  );
  await all.p.all();
  expect(problems.slice(1)).toEqual([
    'AWS does not allow it.',
    'The AWS CLI is not installed here, or is not on the PATH: aws sso login --profile mgmt cannot be started from here.',
  ]);
  expect(offered[1]).toBe('aws sso login --profile mgmt');
  expect(begun()).toBe(1);
});

test('who wants other credentials meanwhile, or leaves, is waited for no more', async () => {
  const other = signingIn({ problem: 'late', remedy: '' }, { do: 'decline' });
  await other.all.p.all();
  expect(other.stopped()).toBe(1);
  // Put back to the list, the operator took the same again.
  expect(other.problems).toEqual(['The session has expired.', 'The session has expired.']);
  const gone = signingIn({ problem: 'late', remedy: '' }, { do: 'leave' });
  expect(await gone.all.p.all()).toMatch(/left|sign-in/);
  expect(gone.stopped()).toBe(1);
});
