/** The tag that says how far a journal was: the SHA-256 of its last record before the change was first shown. */
export const headTag = 'cw-runbook:head';

interface Tag {
  readonly Key?: unknown;
  readonly Value?: unknown;
}
const tagsOf = (input: object): readonly Tag[] | undefined => {
  const { Tags } = input as { readonly Tags?: unknown };
  return Array.isArray(Tags) ? Tags : undefined;
};

/** The hash in the tag of a call that makes something. Undefined where it has none. */
export function headIn(input: object): string | undefined {
  const value = tagsOf(input)?.find(({ Key }) => Key === headTag)?.Value;
  return typeof value === 'string' ? value : undefined;
}

/** A call, or whatever has an input, without that tag. */
export const plainCall = <T extends { readonly input: object }>(call: T): T => ({
  ...call,
  input: withoutHead(call.input),
});

/** A call's input without that tag: it says when it was planned, and nothing of what. */
export function withoutHead<T extends object>(input: T): T {
  const tags = tagsOf(input);
  return tags?.some(({ Key }) => Key === headTag)
    ? { ...input, Tags: tags.filter(({ Key }) => Key !== headTag) }
    : input;
}
