/** Addresses in the AWS console, as text: where a person sees or does the same. Nothing here opens them. */

/** Whose console, and where. What is not known yet, or is no account id or Region, is left out of the address. */
export interface ConsolePlace {
  readonly account?: unknown;
  readonly region?: unknown;
}
const accountIn = ({ account }: ConsolePlace): string | undefined =>
  typeof account === 'string' && /^\d{12}$/.test(account) ? account : undefined;
const regionIn = ({ region }: ConsolePlace): string | undefined =>
  typeof region === 'string' && /^[a-z]{2}(-[a-z]+){1,2}-\d{1,2}$/.test(region) ? region : undefined;

/**
 * With an account in front, the console opens the browser's session of that account, or asks to sign in to it. Known from
 * others' code, which says that it was tried; not from AWS's guides. Without one it opens whatever session there is.
 */
const hostOf = (place: ConsolePlace, region: string): string => {
  const account = accountIn(place);
  return `https://${account === undefined ? '' : `${account}.`}${region}.console.aws.amazon.com`;
};

/** A page of a service whose console is in these Regions: of the place's own Region where it is one of them, else of the first. */
export function consoleLink(
  place: ConsolePlace,
  path: string,
  regions: readonly [string, ...string[]],
): string {
  const own = regionIn(place);
  const region = own !== undefined && regions.includes(own) ? own : regions[0];
  return `${hostOf(place, region)}/${path}?region=${region}`;
}
/**
 * IAM Identity Center's first page. The path and its Region are AWS's own (user guide); without a Region, the address
 * that it prints.
 */
export function identityCenterLink(place: ConsolePlace): string {
  const region = regionIn(place);
  return region === undefined
    ? 'https://console.aws.amazon.com/singlesignon'
    : `${hostOf(place, region)}/singlesignon/home?region=${region}`;
}
/**
 * A permission set there. `arn`: the set's; of any other text, and without a Region, it is the console's first page.
 * The fragment is known from others' code, which says that it was tried; where it is not known any more, the console
 * shows its first page.
 */
export function permissionSetLink(place: ConsolePlace, arn: unknown): string {
  const home = identityCenterLink(place);
  const [, instance, set] =
    /^arn:aws:sso:::permissionSet\/(?:sso)?ins-([a-zA-Z0-9-.]{16})\/(ps-[a-zA-Z0-9]{16})$/.exec(
      typeof arn === 'string' ? arn : '',
    ) ?? [];
  return instance === undefined || regionIn(place) === undefined
    ? home
    : `${home}#/instances/${instance}/permission-sets/details/${set}`;
}
/**
 * The organization's accounts. Organizations is not regional: its console is in us-east-1. The last part of the address
 * is inferred.
 */
export const organizationAccountsLink = (place: ConsolePlace): string =>
  `${accountIn(place) === undefined ? 'https://console.aws.amazon.com' : hostOf(place, 'us-east-1')}/organizations/v2/home/accounts`;
