export const later: Readonly<Record<string, readonly string[]>>;
export function standIn(code: string, name: string, index: number): string;
