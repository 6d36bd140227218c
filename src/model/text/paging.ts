/** The members that ask for the page after this one: a NextToken, or IAM's Marker. Undefined at the last page. */
export function nextOf({ NextToken, IsTruncated, Marker }: Page): object | undefined {
  if (NextToken) return { NextToken };
  return IsTruncated && Marker ? { Marker } : undefined;
}
/** What an answer says about the page after it: by NextToken, or as IAM does. */
export interface Page {
  readonly NextToken?: string | undefined;
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}
