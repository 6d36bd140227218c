export const importers: readonly string[];
export function replacementOf(asked: string, importer?: string): string | undefined;
