interface File {
  readonly fileName: string;
  readonly imports: readonly string[];
  readonly moduleIds: readonly string[];
  readonly code: string;
}
export function withoutSignposts(
  files: readonly (File & { readonly isDynamicEntry: boolean })[],
): readonly File[];
