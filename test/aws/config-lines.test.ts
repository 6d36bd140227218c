import { expect, test } from 'vitest';
import { checkup } from '../../src/aws/checkup/checkup.ts';
import { identifyCaller, sources } from '../../src/aws/identities.ts';
import { profiles } from '../../src/aws/settings/config-files.ts';
import { lineFindings } from '../../src/aws/settings/config-lines.ts';
import { notesBesideProfiles } from '../../src/aws/settings/config-notes.ts';
import { awsFiles } from './scratch.ts';

const names = async () => (await profiles(process.env)).map(({ name }) => name);

/** Headers that the AWS CLI takes (tried with botocore 1.29 and 1.43), and the SDK does not. */
test.each([
  ['[profile acme(prod)]', 'acme(prod)', '[profile acme-prod]'],
  ['[profile müller]', 'müller', '[profile m-ller]'],
  ['[profile r&d]', 'r&d', '[profile r-d]'],
  ['[profile a,b]', 'a,b', '[profile a-b]'],
  ['[profile a#b]', 'a#b', '[profile a-b]'],
  ['[profile a;b]', 'a;b', '[profile a-b]'],
  ['[profile a*]', 'a*', '[profile a]'],
  ['[profile  two]', 'two', '[profile two]'],
  ['[profile\t two]', 'two', '[profile two]'],
  ['[profile two ]', 'two', '[profile two]'],
  ['[profile "c d"]', 'c d', '[profile c-d]'],
  ['[profile it]#x', 'it', '[profile it]'],
])('%s: what each program makes of it, and how to write it', async (header, name, better) => {
  awsFiles(`[default]\nregion = eu-west-1\n\n${header}\nregion = us-east-1\n`);
  expect(await names()).toEqual(['default']);
  const [note] = await notesBesideProfiles(process.env);
  expect(note).toContain('line 4 of');
  expect(note).toContain('the AWS CLI'.slice(1));
  expect(note).toContain(better);
  const { checks } = await checkup({ profile: name, offline: true, program: 'p/1' }, process.env);
  expect(checks).toContainEqual(
    expect.objectContaining({
      about: 'profile',
      is: 'fails',
      found: expect.stringMatching(/^there is no profile “.*”: line 4 of/),
      remedy: expect.stringContaining(better),
    }),
  );
  expect(await identifyCaller({ kind: 'profile', name }, { env: process.env, program: 'p/1' })).toMatchObject(
    {
      problem: expect.stringContaining('line 4 of'),
      remedy: expect.stringContaining(better),
    },
  );
});

test('in the credentials file [profile x] is no profile, and is not offered as “profile.x”', async () => {
  awsFiles(
    '',
    '[profile x]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = s3cr3t\n\n[y.z]\nregion = a\n',
  );
  expect(await sources(process.env)).toEqual([{ kind: 'profile', name: 'y.z' }]);
  const [note] = await notesBesideProfiles(process.env);
  expect(note).toMatch(/line 1 of .*\[profile x\].*ignores it.*Write \[x\]/);
  awsFiles('', '[foo bar]\nregion = a\n\n[profile.x]\nregion = b\n');
  expect(await sources(process.env)).toEqual([{ kind: 'profile', name: 'profile.x' }]);
  expect((await notesBesideProfiles(process.env))[0]).toMatch(/“foo bar”.*Write \[foo-bar\]/);
});

test.each<[string, string, number, RegExp, RegExp]>([
  [
    'capital letters',
    '[profile a]\nAWS_ACCESS_KEY_ID = s3cr3t',
    2,
    /AWS_ACCESS_KEY_ID is in capital letters/,
    /Write aws_access_key_id = VALUE/,
  ],
  [
    'a capital letter',
    '[profile a]\nRegion = s3cr3t',
    2,
    /reads it as region; this program ignores it/,
    /region = VALUE/,
  ],
  ['a colon', '[profile a]\nregion: s3cr3t', 2, /followed by “:”.*ignores the line/, /Write region = VALUE/],
  [
    'a colon and a sign',
    '[profile a]\nrole_arn: a=s3cr3t',
    2,
    /followed by “:”.*another setting/,
    /role_arn = VALUE/,
  ],
  ['a continuation', '[profile a]\noutput = json\n  s3cr3t', 3, /rest of output/, /on one line/],
  [
    'an indented setting',
    '[profile a]\noutput = json\n  region = s3cr3t',
    3,
    /part of output.*a line of its own/,
    /without the blanks/,
  ],
  [
    'an indented one after an empty line',
    '[profile a]\noutput = json\n\n\tregion = s3cr3t',
    4,
    /part of output/,
    /without the blanks/,
  ],
  [
    'an indented header',
    '[profile a]\noutput = json\n  [profile b]',
    3,
    /part of output/,
    /without the blanks/,
  ],
  [
    'a value on the next line',
    '[profile a]\nregion =\n   us-east-1',
    3,
    /continues region, which is empty/,
    /region = VALUE/,
  ],
  [
    'one indented alike below an empty one',
    '[profile a]\n  cli_pager =\n  region = s3cr3t',
    3,
    /cli_pager above it is empty/,
    /without the blanks/,
  ],
  [
    'a remark behind a value',
    '[profile a]\naws_secret_access_key = s3 #cr3t',
    2,
    /reads the whole line/,
    /line of its own/,
  ],
  [
    'a setting twice',
    '[profile a]\nregion = a\nregion = b',
    3,
    /twice in its section, in lines 2 and 3/,
    /Remove one/,
  ],
  ['a line that is none', '[profile a]\ns3cr3t', 2, /no “=”.*ignores the line/, /KEY = VALUE/],
  ['a setting before all sections', 's3cr3t = a\n[profile a]', 1, /before the first section/, /in a section/],
  ['a header without an end', '[profile b]\n[profile a', 2, /the section’s name has no end/, /KEY = VALUE/],
  ['defaults for all', '[DEFAULT]\nregion = a', 1, /every section of the file/, /\[default\]/],
  ['a profile without its word', '[a]\nregion = a', 1, /no section that counts/, /Write \[profile a\]/],
  ['a profile in capitals', '[Profile a]\nregion = a', 1, /no section that counts/, /Write \[profile a\]/],
  [
    'a section twice',
    '[profile a]\nregion = a\n[profile a]\noutput = b',
    3,
    /twice, in lines 1 and 3/,
    /Make one/,
  ],
  ['line ends of old', '[profile a]\rregion = a\r[profile b]\rregion = b', 1, /carriage return alone/, /LF/],
  [
    'sso sessions too',
    '[sso-session m&m]\nsso_region = a',
    1,
    /knows the sso-session m&m/,
    /\[sso-session m-m\]/,
  ],
  ['services too', '[services a(b)]\nsts =', 1, /knows the services a\(b\)/, /\[services a-b\]/],
])('%s: named with its line, and nothing of what it holds', (_, text, line, found, remedy) => {
  const all = lineFindings('config', text);
  expect(all[0]).toMatchObject({
    line,
    found: expect.stringMatching(found),
    remedy: expect.stringMatching(remedy),
  });
  expect(JSON.stringify(all)).not.toMatch(/s3cr3t|cr3t/);
});

test('what both programs take alike is not mentioned', () => {
  const config = [
    '\ufeff# a remark',
    '[default]',
    'region = eu-west-1',
    '; another',
    '[profile a-b_c.d/e@f+g:h%i]',
    '  region = eu-west-1',
    '  output = json',
    '[profile "quoted"]  # main',
    'sso_start_url = https://x.awsapps.com/start#/',
    's3 =',
    '  max_concurrent_requests = 20',
    '  multipart_threshold = 64MB',
    'region=us-east-1',
    '[sso-session one]',
    'sso_region = eu-west-1',
    '[services local]',
    'sts =',
    '  endpoint_url = http://127.0.0.1:1',
    '[plugins]',
    'x = y',
    '',
  ];
  for (const end of ['\n', '\r\n']) expect(lineFindings('config', config.join(end))).toEqual([]);
  expect(
    lineFindings('credentials', '[default]\nregion = a\n[a(b)]\nregion = b\n[müller]\nregion = c\n'),
  ).toEqual([]);
});

test('one odd line in any profile keeps nobody from being looked at', async () => {
  awsFiles(
    '[profile odd]\nregion: eu-west-1\njunk\n\n[profile it]\nregion = eu-west-1\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = s\n',
  );
  const { checks } = await checkup({ profile: 'it', offline: true, program: 'p/1' }, process.env);
  expect(checks.filter(({ is }) => is === 'fails')).toEqual([]);
  expect(checks).toContainEqual(expect.objectContaining({ about: 'profile', is: 'ok' }));
  expect(checks.filter(({ about, is }) => about === 'config' && is === 'warns')).toHaveLength(2);
});

test('a file as another program writes it, 5,001 profiles and 1.3 MB, is read like any other', async () => {
  const many = Array.from(
    { length: 5_001 },
    (_, n) =>
      `[profile account-${n}.AdministratorAccess]\nsso_session = company\nsso_account_id = ${String(n).padStart(12, '0')}\nsso_role_name = AdministratorAccess\nregion = eu-west-1\noutput = json\nX_made_by = granted granted granted granted granted granted granted granted granted\ncli_pager =\ncredential_process_x = granted credential-process --profile account-${n}\n`,
  ).join('\n');
  expect(many.length).toBeGreaterThan(1_300_000);
  awsFiles(
    `${many}\n[sso-session company]\nsso_region = eu-west-1\nsso_start_url = https://x.awsapps.com/start\n`,
  );
  const { checks } = await checkup(
    {
      profile: 'account-4321.AdministratorAccess',
      offline: true,
      program: 'p/1',
    },
    process.env,
  );
  expect(checks).toContainEqual(expect.objectContaining({ about: 'profile', is: 'ok' }));
  expect(checks.filter(({ about, is }) => about === 'config' && is === 'fails')).toEqual([]);
  expect(checks.filter(({ about }) => about === 'config').length).toBeLessThan(30);
  expect(await sources(process.env)).toHaveLength(5_001);
  expect(await notesBesideProfiles(process.env)).toHaveLength(4);
});
