import { createElement, type ReactNode } from 'react';

/** Ink's colors texts by chalk, and wraps them: ours come as they are to be written (`src/replaced.mjs`). */
export default ({ children }: { readonly children: ReactNode }): ReactNode =>
  createElement('ink-text', null, children);
