import { FAILSAFE_SCHEMA, load } from 'js-yaml';

/** What a YAML text says. Every value in it is text. Throws where it is not YAML. */
export const yamlOf = (text: string): unknown => load(text, { schema: FAILSAFE_SCHEMA });
