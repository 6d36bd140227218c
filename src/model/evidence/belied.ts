/** What is known of the records before one. */
export interface Before {
  readonly records: number;
  readonly head: string; // SHA-256 of the last line
  readonly closed: number; // the number of the record before, where that closed the journal; 0 where not
  readonly root: () => string; // of the header and all of them
}
type Value = Readonly<Record<string, unknown>>;

/**
 * What a record says of those before it that is not so, as the rest of a sentence; undefined where nothing is. Whoever makes
 * a new chain of a changed journal has to make this right, too.
 */
export function belied(value: Value, before: Before): string | undefined {
  const { continues } = value;
  const { records, closed, root } = before;
  if (closed > 0 && continues !== closed)
    return `it follows the closing record ${closed}, and does not name it`;
  if (closed === 0 && continues !== undefined)
    return 'it says that it follows a closing record, and does not';
  switch (value.type) {
    case 'closed':
      if (value.records !== records) return `it does not close the ${records} records that there are`;
      return value.root === root() ? undefined : wrongRoot;
    case 'anchored':
    case 'signed':
      if (value.record !== records || value.head !== before.head)
        return 'it does not name the record before it and its hash';
      return value.type === 'signed' && value.root !== root() ? wrongRoot : undefined;
    default:
      return undefined;
  }
}
const wrongRoot = 'its root is not that of the records before it';
