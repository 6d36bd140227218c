import { didYouMean } from '../../model/text/did-you-mean.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { isScenario, type Scenario, scenarios } from '../../simulator/organization/scenario-names.ts';
import { CliError, exitCodes } from '../process/exit.ts';

/**
 * The command that goes on with a run, marked as one. Each scenario of the demo is an organization of its own. `named`: what
 * names the run, for one that is not simulated: ' --run 01M8'.
 */
export function commandFor({ simulated, scenario = 'fresh' }: Where, named = ''): string {
  if (!simulated) return asCommand(`cw-runbook${named}`);
  return asCommand(`cw-runbook demo${scenario === 'fresh' ? '' : ` --scenario ${scenarioNamed(scenario)}`}`);
}
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
