/** The lines of an HTML export that a verifier looks for: the data that is in it, and the last one. */
export const pageStart = '<!doctype html>';
/** The line after which the data of this id stand. */
export const dataStart = (id: 'about' | 'journal'): string => `<script type="application/json" id="${id}">`;
/** The line after them. */
export const dataEnd = '</script>';
/** `sha256`: of all bytes before the line. */
export const pageSeal = (sha256: string): string =>
  `<!-- SHA-256 of all lines before this one: ${sha256} -->`;
