import { didYouMean } from '../../model/text/did-you-mean.ts';
import { isScenario, type Scenario, scenarios } from '../../simulator/organization/scenario-names.ts';
import { CliError, exitCodes } from '../process/exit.ts';

/** Throws `CliError` where there is no such scenario. */
export function scenarioNamed(name: string): Scenario {
  if (isScenario(name)) return name;
  throw new CliError(
    exitCodes.usage,
    `There is no scenario “${name}”.`,
    `${didYouMean(name, scenarios)}Scenarios: ${scenarios.join(', ')}.`,
  );
}
