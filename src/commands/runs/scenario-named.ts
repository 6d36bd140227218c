import { didYouMean } from '../../model/text/did-you-mean.ts';
import { isScenario, type Scenario, scenarios } from '../../simulator/organization/scenario-names.ts';
import { CliError, exitCodes } from '../process/exit.ts';

/** The command that goes on with a run, unless it is named. Each scenario of the demo is an organization of its own. */
export const commandFor = ({ simulated, scenario = 'fresh' }: Where): string =>
  !simulated
    ? 'cw-runbook'
    : scenario === 'fresh'
      ? 'cw-runbook demo'
      : `cw-runbook demo --scenario ${scenarioNamed(scenario)}`;
interface Where {
  readonly simulated: boolean;
  readonly scenario?: string | undefined;
}

/** Throws `CliError` where there is no such scenario. */
export function scenarioNamed(name: string): Scenario {
  if (isScenario(name)) return name;
  throw new CliError(
    exitCodes.usage,
    `There is no scenario “${name}”.`,
    `${didYouMean(name, scenarios)}Scenarios: ${scenarios.join(', ')}.`,
  );
}
