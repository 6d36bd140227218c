/**
 * Lines for people, in a window of so many columns: what is longer than a row is broken between words, and goes on below
 * where its text began. A command, an address or a path is never broken: it is there to be copied, and the terminal
 * goes on in the next row as if it were one. A line that fits, or is a command, stays as it is.
 */
export const inRows = (text: string, columns: number): string =>
  text
    .split('\n')
    .flatMap((line) => rowsOf(line, columns))
    .join('\n');

/** Below that, what is broken reads no better. */
const narrowest = 20;

function rowsOf(line: string, columns: number): readonly string[] {
  if (columns < narrowest || line.length <= columns || isCommand(line)) return [line];
  const lead = leadOf(line, columns);
  const rows: string[] = [];
  let row = lead;
  let empty = true;
  for (const [, blank = '', word = ''] of kept(line.slice(lead.length)).matchAll(/( *)([^ ]+)/g)) {
    if (!empty && row.length + blank.length + word.length > columns) {
      rows.push(row);
      row = word.padStart(lead.length + word.length);
    } else row += (empty ? '' : blank) + word;
    empty = false;
  }
  return [...rows, row].map((one) => one.replaceAll(glue, ' '));
}

/** '  - ', '12 done      ': what stands before a line's text, as long as it leaves most of the row to the text. */
function leadOf(line: string, columns: number): string {
  const [lead = ''] = /^ *(?:(?:[-+~!?*•›✓✗»]|\d+\.) +|\S(?:\S| (?! ))* {2,})?/.exec(line) ?? [];
  return lead.length <= columns / 2 ? lead : '';
}

/**
 * A line that is nothing but a command for a shell, or a comment among such. A sentence that begins with one ends as
 * sentences do.
 */
const isCommand = (line: string): boolean =>
  line.startsWith('# ') ||
  (/^ *(?:\$ )?(?:aws|cw-runbook|node|npx|npm|[A-Z_]+=)(?: |$|\S*\$\()/.test(line) && !/[.:!?]$/.test(line));

/** This program, however it was started, with its command and its flags. */
const commands =
  /(?:node \S*cw-runbook\S*|npx \S+|npm run demo|(?<![\w/.-])cw-runbook)(?: (?:(?:audit|runs) )?[a-z]+(?![\w.]*\/))?(?: --[a-z-]+(?:[ =](?!--)[^\s,;]+)?)*/g;
/** What is kept together has this for its blanks, while rows are made. */
const glue = '\u0000';
const kept = (text: string): string => text.replace(commands, (command) => command.replaceAll(' ', glue));
