import type { Middleware } from './operations.ts';

/** What a request is known by in CloudTrail, which keeps the user agent. */
type Marks = { readonly run: string; readonly act: string } | { readonly run: string; readonly head: string };

/**
 * Names the run in the user agent, and the attempt, or how far the journal is: `md/run#…`, `md/act#…` and `md/head#…`.
 * A hash is as long as no other word of it, and only letters and digits.
 */
export const mark = (marks: Marks): Middleware => {
  const words = Object.entries(marks).map(
    ([name, text]) => `md/${name}#${text.replace(/[^A-Za-z0-9._-]+/g, '-')}`,
  );
  return (next) => (args) => {
    const headers = args.request?.headers;
    if (headers) headers['user-agent'] = [headers['user-agent'] ?? '', ...words].join(' ').trim();
    return next(args);
  };
};
