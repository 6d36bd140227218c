import { aws } from './aws.ts';
import { commands } from './commands.ts';
import { engine } from './engine.ts';
import { exporting } from './export.ts';
import { journal } from './journal.ts';
import { model } from './model.ts';
import type { Mutant } from './mutants.ts';
import { screen } from './screen.ts';
import { simulator } from './simulator.ts';
import { steps } from './steps.ts';

export const mutants: readonly Mutant[] = [
  ...commands,
  ...engine,
  ...exporting,
  ...journal,
  ...model,
  ...aws,
  ...screen,
  ...steps,
  ...simulator,
];
