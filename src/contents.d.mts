interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly brought: boolean;
  readonly text: string;
}
export function packagesOf(modules: readonly string[], root: URL): Promise<readonly Package[]>;
export function noticesOf(packages: readonly Package[], own?: string): string;
