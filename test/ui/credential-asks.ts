import type { SourceFacts } from '../../src/model/access/source-facts.ts';
import type { Step } from '../../src/model/step.ts';
import type { Asks } from './asks.ts';

const [management, delegate] = ['111122223333', '444455556666'];
const facts = (name: string, more: Omit<SourceFacts, 'source'>): SourceFacts => ({
  source: { kind: 'profile', name },
  ...more,
});
const admin = { kind: 'sso', role: 'AdministratorAccess', mfa: false } as const;
const hour = 3_600_000;
/** Profiles of every kind, as the files of somebody who has many say. */
const table: readonly SourceFacts[] = [
  facts('corp-management', { ...admin, account: management, state: { is: 'signed-in', left: 6 * hour } }),
  facts('corp-identity', { ...admin, account: delegate, state: { is: 'sign-in-first' } }),
  facts('corp-production-eu-west-1-team-17-100000000017', {
    ...admin,
    ...{ account: '100000000017', state: { is: 'sign-in-first' } },
  }),
  facts('corp-legacy', { kind: 'keys', mfa: false, state: { is: 'no-sign-in' } }),
  facts('corp-audit', {
    ...{ kind: 'role', role: 'Auditor', mfa: true },
    ...{ account: '777788889999', state: { is: 'code-first' } },
  }),
  facts('vault', { kind: 'process', mfa: false, state: { is: 'unknown' } }),
  { source: { kind: 'environment' }, kind: 'environment', mfa: false, state: { is: 'no-sign-in' } },
];
const profiles = [
  ...table,
  ...Array.from({ length: 54 }, (_, n) =>
    facts(`corp-team-${n}`, { ...admin, account: `${100_000_000_000 + n}`, state: { is: 'sign-in-first' } }),
  ),
];

/** What is asked about credentials where there are facts of them, a code is needed, or somebody signs in. */
export const credentialAsks = (step: Step): Asks => ({
  'credentials-table': {
    ask: {
      ...{ is: 'credentials', step, actor: 'management', account: management },
      sources: table.map(({ source }) => source),
      facts: table,
    },
  },
  'credentials-many': {
    ask: {
      ...{ is: 'credentials', step, actor: 'management', account: management },
      sources: profiles.map(({ source }) => source),
      facts: profiles,
    },
  },
  code: {
    ask: {
      ...{ is: 'code', step, source: { kind: 'profile', name: 'audit' } },
      request: {
        serial: `arn:aws:iam::${management}:mfa/ann`,
        role: `arn:aws:iam::${delegate}:role/Administrator`,
      },
      ...{ left: 3, waits: false, repeated: false },
    },
  },
  'code-refused': {
    ask: {
      ...{ is: 'code', step, source: { kind: 'profile', name: 'audit' } },
      request: {
        serial: `arn:aws:iam::${management}:mfa/ann`,
        role: `arn:aws:iam::${delegate}:role/Administrator`,
        refused: 'MultiFactorAuthentication failed with invalid MFA one time pass code.',
        sentAt: 0,
      },
      ...{ left: 1, waits: true, repeated: false },
    },
  },
  'sign-in': {
    ask: {
      ...{ is: 'sign-in', step, ended: new Promise(() => undefined) },
      device: {
        ...{ profile: 'management', startUrl: 'https://d-1234567890.awsapps.com/start', code: 'BCDF-GHJK' },
        page: 'https://device.sso.us-east-1.amazonaws.com/',
        opens: 'https://device.sso.us-east-1.amazonaws.com/?user_code=BCDF-GHJK',
        until: Date.UTC(2026, 10, 30, 9, 10),
      },
    },
  },
  'sign-in-elsewhere': {
    ask: {
      ...{ is: 'sign-in', step, ended: new Promise(() => undefined) },
      device: {
        ...{ profile: 'management', startUrl: 'https://d-1234567890.awsapps.com/start', code: 'BCDF-GHJK' },
        page: 'https://sign-in.example.com/',
        until: Date.UTC(2026, 10, 30, 9, 10),
      },
    },
  },
});
