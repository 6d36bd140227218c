import type { ConfigFile } from '../settings/config-files.ts';
import type { ConfigNote } from '../settings/config-notes.ts';
import { type Check, fails, warns } from './check.ts';

const most = 20; // of one file: a file that another program wrote may have the same in each section

/**
 * What the AWS CLI and the AWS SDK for JavaScript, which this program uses, read differently in a file, or pass over
 * without a word. Names of sections and keys are told, and nothing of what they hold.
 */
export function sectionChecks(
  { about, path, text = '' }: ConfigFile,
  notes: readonly ConfigNote[],
): readonly Check[] {
  const own = notes.filter(({ file }) => file.about === about);
  const rest = own.length - most;
  return [
    ...(text.startsWith('\ufeff')
      ? [
          warns(
            about,
            `${path} begins with a byte order mark, with which the AWS CLI cannot read it`,
            'Save it as UTF-8 without one.',
          ),
        ]
      : []),
    ...own
      .slice(0, most)
      .map(({ is, line, found, remedy }) =>
        (is === 'breaks-sdk' ? fails : warns)(about, `line ${line} of ${path}: ${found}`, remedy),
      ),
    ...(rest > 0
      ? [
          warns(
            about,
            `${rest} more lines of ${path} are read differently by the AWS CLI and this program`,
            'Fix the lines above, then check again.',
          ),
        ]
      : []),
  ];
}
