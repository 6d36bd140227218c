import { expect, test } from 'vitest';
import { checkup } from '../../src/aws/checkup/checkup.ts';
import { signInEndpoints } from '../../src/aws/credentials/sign-in-endpoints.ts';
import { identifyCaller } from '../../src/aws/identities.ts';
import { endpointOf, placeOf } from '../../src/aws/settings/endpoint.ts';
import { LocalConfigError } from '../../src/aws/settings/local-config-error.ts';
import type { Source } from '../../src/model/identity.ts';
import { answering, json, thrown } from './hostile.ts';
import { awsFiles, keysOf } from './scratch.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const source: Source = { kind: 'profile', name: 'it' };
const hidden = /hunter2|ter2|\bann\b/;

const bad = (url: string): readonly string[] => {
  const host = url.replace('http://', '');
  return [
    `http://ann:hunter2@${host}`,
    `http://ann@${host}/`,
    `http://:hunter2@${host}`,
    `http://${host}/?tok=hunter2`,
    `http://${host}?hunter2`,
    `http://${host}/#hunter2`,
    `http://ann:hun%23ter2@${host}`,
    `http//ann:hunter2@${host}`,
    `http:/ann:hunter2@${host}`,
    `ann:hunter2@${host}`,
    `http://${host}\\@hunter2`,
    `https://ann:hun#ter2@${host}`,
    `https://ann:hunter2@sts.eu-west-1.amazonaws.com`,
  ];
};
const places = [
  ['AWS_ENDPOINT_URL', (url: string) => ['[profile it]\nregion = eu-west-1\n', { AWS_ENDPOINT_URL: url }]],
  ...['ACCOUNT', 'IAM', 'IDENTITYSTORE', 'ORGANIZATIONS', 'SSO_ADMIN', 'STS'].map((service) => [
    `AWS_ENDPOINT_URL_${service}`,
    (url: string) => ['[profile it]\nregion = eu-west-1\n', { [`AWS_ENDPOINT_URL_${service}`]: url }],
  ]),
  ['endpoint_url of profile it', (url: string) => [`[profile it]\nendpoint_url = ${url}\n`, {}]],
  [
    'endpoint_url of sts in the section “services ours”',
    (url: string) => [
      `[profile it]\nservices = ours\n\n[services ours]\nsts =\n  endpoint_url = ${url}\n`,
      {},
    ],
  ],
] as readonly (readonly [string, (url: string) => readonly [string, Record<string, string>]])[];

test.each(places)(
  '%s with more than an address is refused, named and not repeated',
  async (setting, put) => {
    const { url, got } = await answering((response) =>
      json(response, 400, { __type: 'AccessDeniedException' }),
    );
    for (const address of bad(url)) {
      const [config, variables] = put(address);
      awsFiles(config, keysOf('it', keys), variables);
      const errors = [
        await thrown(placeOf(source, process.env)),
        await thrown(endpointOf(process.env, ['it'])),
      ] as LocalConfigError[];
      expect(errors[0]).toBeInstanceOf(LocalConfigError);
      for (const { message, remedy, stack } of errors) {
        expect(message).toContain(setting);
        expect(remedy).toContain(`Set ${setting}`);
        expect(`${message} ${remedy} ${stack}`).not.toMatch(hidden);
      }
      expect(
        JSON.stringify(await identifyCaller(source, { env: process.env, program: 'p/1', endpoint: 'aws' })),
      ).not.toMatch(hidden);
      const { checks } = await checkup({ profile: 'it', offline: true, program: 'p/1' }, process.env);
      expect(checks).toContainEqual(expect.objectContaining({ about: 'endpoint', is: 'fails' }));
      expect(JSON.stringify(checks)).not.toMatch(hidden);
    }
    expect(got.filter(({ headers }) => headers.authorization)).toEqual([]);
  },
  60_000,
);

test.each(['SSO', 'SSO_OIDC'])('neither may the addresses for signing in hold more: %s', async (name) => {
  const config =
    '[profile it]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n\n[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://x.awsapps.com/start\n';
  awsFiles(config, '', { [`AWS_ENDPOINT_URL_${name}`]: 'https://ann:hunter2@portal.test/' });
  const error = (await thrown(signInEndpoints(source, process.env))) as LocalConfigError;
  expect(error.message).toContain(`AWS_ENDPOINT_URL_${name}`);
  expect(`${error.message}${error.remedy}`).not.toMatch(hidden);
});
