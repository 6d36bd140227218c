export const pageModules: readonly string[];
export const pagePlugin: {
  readonly name: string;
  readonly load: (id: string) => Promise<string | undefined>;
};
