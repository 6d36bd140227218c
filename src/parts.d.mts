export function withShortExports(code: string): string;
export function withLongInBrackets(code: string, long?: number): string;
