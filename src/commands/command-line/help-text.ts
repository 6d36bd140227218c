/** A command's help as the build has prepared it. */
export interface HelpPage {
  /** How wide the column of the flags is. */
  readonly terms: number;
  /** With every description in one line, however long. */
  readonly text: string;
  /** What follows it, as it is: examples, exit codes. */
  readonly after: string;
}
export type HelpPages = Readonly<Record<string, HelpPage>>;

/** The command whose help is asked for, by its name among the pages. Undefined where it is anything else that is asked. */
export function helpAsked(argv: readonly string[], pages: HelpPages): string | undefined {
  const last = argv.at(-1);
  const [first, ...path] = argv;
  const named = last === '--help' || last === '-h' ? argv.slice(0, -1).join(' ') : undefined;
  if (first === 'help' && named === undefined)
    return [path.join(' ') || 'cw-runbook'].find((name) => Object.hasOwn(pages, name));
  if (named === '') return 'cw-runbook';
  return named !== undefined && named !== 'cw-runbook' && Object.hasOwn(pages, named) ? named : undefined;
}

/** The help for a window of so many columns: what commander would make of the same command. */
export function helpText({ terms, text, after }: HelpPage, columns: number): string {
  const indent = terms + 4; // before a description: two blanks on each side of the flags
  const [usage, ...lines] = text.split('\n');
  const wrapped = lines.map((line) => {
    if (!line.startsWith('  ')) return fitted(line, columns).join('\n');
    return `${line.slice(0, indent)}${fitted(line.slice(indent), columns - indent).join(`\n${' '.repeat(indent)}`)}`;
  });
  return `${[usage, ...wrapped].join('\n')}${after}`;
}
/** A line, broken between words. In less than 40 columns commander breaks nothing. */
function fitted(line: string, width: number): readonly string[] {
  if (width < 40) return [line];
  const rows = [''];
  for (const word of line.match(/\s*\S+/g) ?? []) {
    const row = rows.at(-1) ?? '';
    if (row === '' || row.length + word.length <= width) rows.push(`${rows.pop()}${word}`);
    else rows.push(word.trimStart());
  }
  return rows;
}
