import { access, constants } from 'node:fs/promises';
import { loginLine } from '../../model/identity.ts';
import { defined } from '../../model/text/defined.ts';
import { didYouMean } from '../../model/text/did-you-mean.ts';
import type { Environment } from '../../model/text/environment.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { clock, formatDuration } from '../../model/text/times.ts';
import { loginOf, refreshed, tokenOf } from '../credentials/login-tokens.ts';
import { clashIn } from '../credentials/two-sources.ts';
import { type ConfigFiles, configFiles, type Profile } from '../settings/config-files.ts';
import { hiding, noteText } from '../settings/config-notes.ts';
import { endOf, serialOf } from '../settings/profile-chain.ts';
import { type Check, fails, ok, unknown, warns } from './check.ts';
import { unfitKeys } from './keys.ts';
import { runProcess } from './process.ts';

/** What a profile is looked at with. */
interface Around {
  readonly all: readonly Profile[];
  readonly sessions: Sessions;
  readonly offline: boolean;
  readonly env: Environment;
}
type Sessions = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>; // the config file's sections, by name

/** A profile's own settings, and what its credentials come from. */
export async function profileChecks(name: string, around: Around, base = false): Promise<readonly Check[]> {
  const { all, env } = around;
  const profile = all.find((one) => one.name === name);
  if (!profile) return [{ ...missing(name, all), ...hidden(name, await configFiles(env)) }];
  const clash = clashIn(profile, base);
  const found = await ofProfile(profile, around);
  return clash ? [warns('profile', clash.found, clash.remedy), ...found] : found;
}

/** By where its credentials come from, in the order in which the SDK looks. */
async function ofProfile(profile: Profile, around: Around): Promise<readonly Check[]> {
  const { sessions, offline, env } = around;
  const { name, settings } = profile;
  if (settings.role_arn && settings.source_profile !== undefined)
    return roleChecks(profile, settings.source_profile, around);
  if (settings.role_arn && !settings.credential_source && !settings.web_identity_token_file)
    return [
      fails(
        'profile',
        `${name} has a role_arn, and neither source_profile nor credential_source`,
        'Say with which profile the role is assumed: source_profile = NAME.',
      ),
    ];
  const login = loginOf(profile);
  if (login) {
    const wrong = login.by === 'sso' ? incomplete(profile, sessions) : undefined;
    return wrong
      ? [wrong]
      : [ok('profile', `${name} signs in with ${loginLine(login)}`), await tokenCheck(profile, env)];
  }
  if (settings.aws_access_key_id) return [keysCheck(profile, settings.aws_access_key_id)];
  if (settings.credential_process) {
    if (offline)
      return [unknown('profile', `${name} has a credential_process, which was not started (--offline)`)];
    return [await runProcess(profile, env)];
  }
  return [(await surroundingsCheck(profile, env)) ?? lastResort(profile)];
}

/** Of a role that is assumed with another profile: that one is checked too. */
async function roleChecks(profile: Profile, base: string, around: Around): Promise<readonly Check[]> {
  const { all } = around;
  const { name, settings } = profile;
  if (!all.some((one) => one.name === base))
    return [{ ...missing(base, all), found: `${name} has source_profile ${base}, which does not exist` }];
  const end = base === name && !settings.aws_access_key_id ? undefined : endOf(name, all);
  if (!end)
    return [fails('profile', `${name}: its source_profile leads back to itself`, 'Correct source_profile.')];
  const serial = serialOf(settings);
  return [
    ok('profile', `${name} assumes ${settings.role_arn} with profile ${base}`),
    ...(serial === undefined ? [] : [codeCheck(name, serial)]),
    ...(end === profile ? [] : await profileChecks(end.name, around, true)),
  ];
}

/** A run in a terminal asks for it; nothing else does. */
const codeCheck = (name: string, serial: string): Check =>
  warns(
    'MFA',
    `${name} needs a code of the device ${serial} (mfa_serial)`,
    'Start cw-runbook in a terminal: it asks for the code. Unattended runs cannot: they end with exit code 6.',
  );

function keysCheck({ name, settings }: Profile, id: string): Check {
  const { aws_secret_access_key: secret, aws_session_token: token } = settings;
  if (!secret)
    return fails('profile', `${name} has aws_access_key_id and no aws_secret_access_key`, 'Add it.');
  const unfit = unfitKeys(id, token, 'aws_session_token');
  return unfit
    ? fails('profile', `${name}: ${unfit.found}`, unfit.remedy)
    : ok('profile', `${name} has ${token ? 'keys of a session' : 'lasting keys'} in a file`);
}

function lastResort({ name, settings }: Profile): Check {
  if (settings.web_identity_token_file || settings.credential_source || settings.role_arn)
    return ok('profile', `${name} gets its credentials from this machine’s surroundings`);
  return fails(
    'profile',
    `${name} names no credentials`,
    `Set it up: ${asCommand(`aws configure sso --profile ${name}`)}, or ${asCommand(`aws login --profile ${name}`)}.`,
  );
}

/** What a profile takes from around it, where that is not there. */
async function surroundingsCheck({ name, settings }: Profile, env: Environment): Promise<Check | undefined> {
  const { web_identity_token_file: file, credential_source: source } = settings;
  if (file !== undefined && !(await isThere(file)))
    return fails(
      'profile',
      `${name} has web_identity_token_file ${file}, which cannot be read`,
      'It is written where the workload runs, such as in a Kubernetes pod. Correct the path, or use another profile.',
    );
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = env;
  if (source === 'Environment' && !(id && secret))
    return fails(
      'profile',
      `${name} has credential_source Environment, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set`,
      'Set them, or say source_profile = NAME instead.',
    );
  return undefined;
}
const isThere = (file: string): Promise<boolean> =>
  access(file, constants.R_OK).then(
    () => true,
    () => false,
  );

/** Where the AWS CLI knows the profile: what stands in the way here. */
function hidden(name: string, files: ConfigFiles): Partial<Check> {
  const note = hiding(name, files);
  return defined({
    found: note ? `there is no profile “${name}”: ${noteText(note)}` : undefined,
    remedy: note?.remedy,
  });
}

function missing(name: string, all: readonly Profile[]): Check {
  const names = all.map((one) => one.name);
  return fails(
    'profile',
    `there is no profile “${name}”`,
    names.length === 0
      ? `There are no profiles at all. Make one with ${asCommand('aws configure sso')}.`
      : `${didYouMean(name, names)}Profiles: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}.`,
  );
}

/** What an SSO profile lacks. */
function incomplete({ name, settings }: Profile, sessions: Sessions): Check | undefined {
  const { sso_session: session } = settings;
  const found = session === undefined ? settings : sessions[session];
  const again = `${asCommand(`aws configure sso --profile ${name}`)}`;
  if (!found) {
    const names = Object.keys(sessions);
    return fails(
      'profile',
      `${name} names the section “sso-session ${session}”, and the config file has none`,
      `${didYouMean(session ?? '', names)}${names.length > 0 ? `Sections: ${names.join(', ')}. Or: ` : ''}${again}`,
    );
  }
  const lacks = [
    ...['sso_account_id', 'sso_role_name'].filter((key) => !settings[key]),
    ...['sso_start_url', 'sso_region'].filter((key) => !found[key]),
  ];
  return lacks.length > 0 ? fails('profile', `${name} lacks ${lacks.join(', ')}`, again) : undefined;
}

async function tokenCheck(profile: Profile, env: Environment): Promise<Check> {
  const login = loginOf(profile);
  if (!login) throw new Error(`${profile.name} is no profile that signs in`);
  const command = loginLine(login);
  const token = await tokenOf(login, env);
  if (token.is === 'missing') return fails('sign-in', 'nobody has signed in on this machine', command);
  if (token.is === 'unreadable')
    return fails('sign-in', `the cached sign-in ${token.file} cannot be used: ${token.why}`, command);
  const left = token.until - Date.now();
  const until = `good until ${clock(token.until)} (${formatDuration(left)})`;
  if (left > 0 && left <= refreshed && !token.renewable)
    return fails(
      'sign-in',
      `${until}, and the AWS SDK does not use a sign-in in its last 5 minutes`,
      command,
    );
  if (left > 0) return ok('sign-in', until);
  const since = `expired since ${clock(token.until)} (${formatDuration(left)} ago)`;
  return token.renewable
    ? warns('sign-in', `${since}; it is renewed without you, as long as the session at AWS lasts`, command)
    : fails('sign-in', since, command);
}
