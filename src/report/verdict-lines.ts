import type { Verdict } from '../model/evidence/chain.ts';
import type { Later } from '../model/evidence/schema.ts';
import { asCommand } from '../model/text/own-commands.ts';

/** What a chain of hashes does not prove, whoever verified it. */
const unproved: readonly string[] = [
  'A chain of hashes shows accidents and careless edits. Whoever has the file can still make a new chain of it, or cut it off after any record.',
  `To rule that out, compare it with something outside this file: the root in the change ticket (--root), a signature (--allowed-signers), or CloudTrail (${asCommand('cw-runbook audit reconcile')}).`,
];

/** What was expected of a journal by somebody who knows it from elsewhere. */
export interface Expected {
  readonly root?: string; // at least its first 16 digits
  readonly closed?: boolean;
}
const isClosed = ({ closings, records, torn }: Verdict): boolean =>
  closings.length > 0 && closings.at(-1)?.at === records && torn === 0;

/** What does not come up to it, in sentences. */
export const shortOf = (verdict: Verdict, { root, closed }: Expected): readonly string[] => [
  ...(root !== undefined && !verdict.closings.some((one) => one.root.startsWith(root.toLowerCase()))
    ? [
        `No closing record has the root ${root}: this is not the journal that was closed then, or its end was cut off since.`,
      ]
    : []),
  ...(closed && !isClosed(verdict)
    ? ['The run is not closed, and a closed one was asked for (--closed).']
    : []),
];

/** A verdict in plain sentences: what holds, how it ends, and what that does not prove. */
export function verdictLines(verdict: Verdict & { readonly kind?: string }, file: string): readonly string[] {
  const { good, fault, records, head, header, run, kind } = verdict;
  if (!good && fault)
    return [
      `Damaged: ${file}, line ${fault.line}${fault.record === undefined ? '' : ` (record ${fault.record})`}: ${fault.what}.`,
      kind === 'page' && fault.record === undefined
        ? 'Do not rely on what the page shows. Ask for the journal itself.'
        : records > 0
          ? `The ${records} records before it hold, one behind the other. What it says, and all behind it, proves nothing.`
          : 'No record of it can be relied on.',
      'Keep the file as it is, and compare it with a copy.',
      ...laterLines(verdict),
    ];
  return [
    `Good: ${file}: ${records} records${run === undefined ? '' : ` of run ${run}`}, each as it was written, and none missing between them.`,
    ...laterLines(verdict),
    ...(kind === 'page' ? [aroundPage] : []),
    ...(header ? [] : ['It has no header: what its first record follows, only the journal itself can show.']),
    ...endOf(verdict),
    `SHA-256 of the last record: ${head}`,
    '',
    ...unproved,
  ];
}

/** Said loudly: what a later schema asks of a file, these rules do not know. */
const laterLines = ({ later }: { readonly later?: Later }): readonly string[] =>
  later === undefined
    ? []
    : [
        `LATER SCHEMA: this ${later.of === 'journal' ? 'journal' : 'hand-off’s file'} is of schema ${later.schema}, and this verifier knows 1 to ${later.known}. Only the rules of schema ${later.known} were checked: what a later one adds was not judged. Verify it with the version that wrote it, too.`,
      ];
const aroundPage =
  'That is the journal in the page. What the page shows around it proves nothing: whoever sends a page can rewrite it.';

/** How it ends, loudly where that is not by a closing record. */
function endOf(verdict: Verdict): readonly string[] {
  const { closings, records, torn, root, anchors, signatures } = verdict;
  const last = closings.at(-1);
  return [
    ...closings
      .slice(0, -1)
      .map((one) => `Closed at record ${one.at}: ${one.records} records, root ${one.root}, and continued.`),
    last === undefined
      ? `NOT CLOSED: the run has not come to its end, or its end was cut off. Root so far: ${root}`
      : last.at === records
        ? `Closed at record ${last.at}: ${last.records} records, root ${last.root}`
        : `Closed at record ${last.at} (${last.records} records, root ${last.root}), continued to record ${records}, and NOT CLOSED again.`,
    ...(torn > 0
      ? [`Behind them stand ${torn} bytes of a line that was not finished: a crash, or a cut.`]
      : []),
    ...(anchors > 0
      ? [
          `AWS was told the hash of ${anchors} of them: ${asCommand('cw-runbook audit reconcile')} looks for that.`,
        ]
      : []),
    ...(signatures.length > 0
      ? [`${signatures.length} of them are signatures of what stands before them.`]
      : []),
  ];
}
