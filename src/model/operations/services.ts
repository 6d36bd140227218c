import type { Resource } from './reads.ts';
import type { Service } from './sdk.ts';

/** What differs between the services themselves. */
interface ServiceFacts {
  readonly cli: string; // as the AWS CLI names it
  readonly others: Resource; // what an action is about that no call of the catalogue needs
  /** Where IAM sees its calls come in: in the Region of the run, or in the one of the global services. */
  readonly requested: 'run' | 'global';
  /** The condition keys of its own that hold what is known beforehand. */
  readonly conditions: Readonly<Record<string, 'region' | 'sso.amazonaws.com'>>;
}
/** What is to be known of each service. */
export const services: { readonly [S in Service]: ServiceFacts } = {
  account: { cli: 'account', others: 'own-account', requested: 'global', conditions: {} },
  cloudtrail: { cli: 'cloudtrail', others: 'any', requested: 'run', conditions: {} },
  iam: { cli: 'iam', others: 'own-role', requested: 'global', conditions: {} },
  identitystore: {
    cli: 'identitystore',
    others: 'store',
    requested: 'run',
    conditions: { 'identitystore:PrimaryRegion': 'region' },
  },
  organizations: {
    cli: 'organizations',
    others: 'any',
    requested: 'global',
    conditions: { 'organizations:ServicePrincipal': 'sso.amazonaws.com' },
  },
  sso: {
    cli: 'sso-admin',
    others: 'instance',
    requested: 'run',
    conditions: { 'sso:PrimaryRegion': 'region' },
  },
  sts: { cli: 'sts', others: 'any', requested: 'global', conditions: {} },
};
