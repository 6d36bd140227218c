import type { Profile } from '../settings/config-files.ts';

// What was had by signing in from the screen. It is kept in the memory of this process, and nowhere else: tokens, the
// client's secret and the refresh token are in no file.

/** A sign-in to an access portal. */
export interface DeviceToken {
  readonly accessToken: string;
  readonly until: number; // ms since 1970
  readonly region: string;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  readonly refreshToken?: string;
}
const held = new Map<string, DeviceToken>();

/** Profiles of one sso-session, or of one start URL, share a sign-in, as with the AWS CLI. */
const keyOf = ({ settings }: Profile): string =>
  settings.sso_session === undefined
    ? `start URL ${settings.sso_start_url ?? ''}`
    : `session ${settings.sso_session}`;

export const holdToken = (profile: Profile, token: DeviceToken): void => {
  held.set(keyOf(profile), token);
};
export const dropToken = (profile: Profile): void => {
  held.delete(keyOf(profile));
};
/** The sign-in of a profile, if it lasts or can be refreshed. */
export function deviceTokenOf(profile: Profile): DeviceToken | undefined {
  const token = held.get(keyOf(profile));
  return token && (token.until > Date.now() || token.refreshToken !== undefined) ? token : undefined;
}
