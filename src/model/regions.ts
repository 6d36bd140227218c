/**
 * Regions that every account has without opting in, for when AWS refuses to list them.
 * Source: AWS Account Management Reference Guide, "Enable or disable AWS Regions", as of 2026.
 */
export const enabledByDefault: readonly string[] = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'sa-east-1',
];
