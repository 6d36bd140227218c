import { expect, test } from 'vitest';
import {
  consoleLink,
  identityCenterLink,
  organizationAccountsLink,
  permissionSetLink,
} from '../../src/model/console.ts';

const place = { account: '111122223333', region: 'eu-west-1' };
const arn = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-fedcba9876543210';

test('in the account and the Region', () => {
  const home = 'https://111122223333.eu-west-1.console.aws.amazon.com/singlesignon/home?region=eu-west-1';
  expect(identityCenterLink(place)).toBe(home);
  expect(permissionSetLink(place, arn)).toBe(
    `${home}#/instances/0123456789abcdef/permission-sets/details/ps-fedcba9876543210`,
  );
  expect(organizationAccountsLink(place)).toBe(
    'https://111122223333.us-east-1.console.aws.amazon.com/organizations/v2/home/accounts',
  );
  // A service whose console is in two Regions only.
  expect(consoleLink(place, 'some/home', ['us-east-1', 'eu-central-1'])).toBe(
    'https://111122223333.us-east-1.console.aws.amazon.com/some/home?region=us-east-1',
  );
  expect(consoleLink({ ...place, region: 'eu-central-1' }, 'some/home', ['us-east-1', 'eu-central-1'])).toBe(
    'https://111122223333.eu-central-1.console.aws.amazon.com/some/home?region=eu-central-1',
  );
});

test('what is not known yet is left out', () => {
  expect(identityCenterLink({})).toBe('https://console.aws.amazon.com/singlesignon');
  expect(identityCenterLink({ region: 'eu-west-1' })).toBe(
    'https://eu-west-1.console.aws.amazon.com/singlesignon/home?region=eu-west-1',
  );
  expect(permissionSetLink(place, { $after: 'set', path: '' })).toBe(identityCenterLink(place));
  expect(organizationAccountsLink({})).toBe('https://console.aws.amazon.com/organizations/v2/home/accounts');
});

test.each([
  'evil.example/',
  '1111 2222 3333',
  '11112222333',
  'a@b',
  '111122223333.evil.example',
  '',
  undefined,
  7,
])('nothing but an account id and a Region gets into a host: %j', (bad) => {
  for (const link of [
    identityCenterLink({ account: bad, region: bad }),
    identityCenterLink({ account: bad, region: 'eu-west-1' }),
    permissionSetLink({ account: bad, region: bad }, `${arn}/${String(bad)}`),
    permissionSetLink(place, bad),
    organizationAccountsLink({ account: bad }),
    consoleLink({ account: bad, region: bad }, 'some/home', ['us-east-1']),
  ])
    expect(link).toMatch(
      /^https:\/\/((111122223333\.)?[a-z]+-[a-z]+-\d\.)?console\.aws\.amazon\.com\/[a-z0-9/]+(\?region=[a-z0-9-]+)?$/,
    );
});
