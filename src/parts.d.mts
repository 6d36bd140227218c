export function withShortExports(code: string): string;
