/**
 * In the place of what conf checks schemas and compares versions with (`src/replaced.mjs`): the settings have neither a
 * schema nor migrations. Whoever adds one hears it at once.
 */
const missing = (): never => {
  throw new Error('conf is shipped without schemas and migrations: see src/replaced.mjs');
};
/** Throws when it is made: conf does so only for settings that have a schema. */
export class Ajv2020 {
  constructor() {
    missing();
  }
}
export default {
  clean: missing,
  eq: missing,
  gt: missing,
  lte: missing,
  satisfies: missing,
  default: missing,
};
