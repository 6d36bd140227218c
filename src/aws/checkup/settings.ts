import type { Source } from '../../model/identity.ts';
import { didYouMean } from '../../model/text/did-you-mean.ts';
import type { Environment } from '../../model/text/environment.ts';
import { regions } from '../../model/text/regions.ts';
import { LocalConfigError } from '../settings/local-config-error.ts';
import { regionElsewhere } from '../settings/partition.ts';
import { sdkSettings } from '../settings/sdk-settings.ts';
import { type Check, fails, ok, warns } from './check.ts';

/** The Region, and whatever else the environment and the config files set for calls to AWS. */
export async function settingsChecks(source: Source, env: Environment): Promise<readonly Check[]> {
  try {
    const { region, fips, dualstack } = await sdkSettings(source, env);
    return [
      regionCheck(region?.value, region?.setting ?? ''),
      ...[fips, dualstack].flatMap(({ on, setting }) =>
        on ? [ok('endpoint', `${setting} is true: calls go to AWS’s endpoints of that kind`)] : [],
      ),
    ];
  } catch (error) {
    if (!(error instanceof LocalConfigError)) throw error;
    return [fails(error.about ?? 'setting', error.message, error.remedy)];
  }
}

function regionCheck(region: string | undefined, setting: string): Check {
  if (!region)
    return warns(
      'region',
      'no Region is set: every Region is searched for IAM Identity Center',
      'Set AWS_REGION, or region in the profile, to the Region of IAM Identity Center.',
    );
  // What is refused for its partition is not taken for a slip of the keys.
  return regions.includes(region) || regionElsewhere('', region)
    ? ok('region', `${region} (${setting})`)
    : warns(
        'region',
        `${region} (${setting}) is none of the ${regions.length} Regions that this program knows`,
        `${didYouMean(region, regions)}If AWS has added it since, it works all the same.`,
      );
}
