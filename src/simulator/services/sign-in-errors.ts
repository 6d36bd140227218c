// How the sign-in service refuses, by the errors of OAuth that it answers with. Source: IAM Identity Center OIDC API
// reference, and the service's model in botocore 1.43 (names and HTTP status).

const refusals = {
  authorization_pending: ['AuthorizationPendingException', 400],
  slow_down: ['SlowDownException', 400],
  access_denied: ['AccessDeniedException', 400],
  expired_token: ['ExpiredTokenException', 400],
  invalid_grant: ['InvalidGrantException', 400],
  invalid_client: ['InvalidClientException', 401],
  unauthorized_client: ['UnauthorizedClientException', 400],
  invalid_request: ['InvalidRequestException', 400],
  invalid_scope: ['InvalidScopeException', 400],
  unsupported_grant_type: ['UnsupportedGrantTypeException', 400],
  server_error: ['InternalServerException', 500],
} as const satisfies Readonly<Record<string, readonly [name: string, status: number]>>;

/** An error of OAuth, as it is ordered and answered. */
export type SignInError = keyof typeof refusals;
/** All of them. */
export const signInErrors = Object.keys(refusals) as readonly SignInError[];
/** Whether a text is one of them. */
export const isSignInError = (text: string): text is SignInError => Object.hasOwn(refusals, text);

/** What a fault makes of a request. `page`: where the person is sent to enter the code. */
export type SignInStrike = { readonly error: SignInError } | { readonly page: string };

/** What the service can be asked. */
export const signInOperations: readonly string[] = [
  'sso-oauth:RegisterClient',
  'sso-oauth:StartDeviceAuthorization',
  'sso-oauth:CreateToken',
];

/** How an error is answered: its name for `x-amzn-errortype`, the HTTP status, and the body. */
export function refusalOfSignIn(error: SignInError, says = '') {
  const [name, status] = refusals[error];
  return { status, error: name, body: { error, error_description: says } };
}
