/**
 * The Regions that every account has. All that were opened after 2019-03-20 have to be switched on, and know nobody's
 * credentials until then. https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
export const onByDefault: ReadonlySet<string> = new Set([
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);
