import { type Own, unmarked } from '../../model/text/own-commands.ts';

/** Help, with the program's own commands as they are typed here. */
export const helpSpelled = (text: string, own: Own): string => unmarked(own(text));
