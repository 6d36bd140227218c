interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}
interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly brought: boolean;
  readonly text: string;
  readonly integrity?: string;
}
export function packagesOf(metafile: Metafile, root: URL): Promise<readonly Package[]>;
export function noticesOf(packages: readonly Package[]): string;
