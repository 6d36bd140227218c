export { SigninClient } from '@aws-sdk/nested-clients/signin';
export { GetRoleCredentialsCommand, SSOClient } from '@aws-sdk/nested-clients/sso';
export { SSOOIDCClient } from '@aws-sdk/nested-clients/sso-oidc';
