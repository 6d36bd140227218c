/** The services that give credentials, as AWS_ENDPOINT_URL_… names them. */
export type SignInService = 'sts' | 'sso' | 'sso_oidc' | 'signin';
/** All services that this program has to do with, named likewise. */
export type EndpointName =
  | 'account'
  | 'cloudtrail'
  | 'iam'
  | 'identitystore'
  | 'organizations'
  | 'sso_admin'
  | SignInService;

/** A host of AWS's own, for one service in one Region. */
export interface AwsHost {
  readonly region: string; // where its calls are signed for
  readonly fips: boolean;
  readonly dualstack: boolean;
}
/** Where calls go instead of where the SDK would send them. `aws`: it is a host of AWS's own all the same. */
export interface Address {
  readonly url: string;
  readonly aws?: AwsHost;
}
