import type { Environment } from '../../model/text/environment.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { type ConfigFile, type ConfigFiles, configFiles } from './config-files.ts';
import { type LineFinding, lineFindings } from './config-lines.ts';

/** A line of one of the two files that not every program takes alike. */
export interface ConfigNote extends LineFinding {
  readonly file: ConfigFile;
}
const known = new WeakMap<ConfigFiles, readonly ConfigNote[]>();

/** All such lines of both files, in their order. */
export function configNotes(files: ConfigFiles): readonly ConfigNote[] {
  const before = known.get(files);
  if (before) return before;
  const found = [files.config, files.credentials].flatMap((file) =>
    lineFindings(file.about, file.text ?? '').map((finding) => ({ ...finding, file })),
  );
  known.set(files, found);
  return found;
}
export const noteText = ({ file, line, found }: ConfigNote): string =>
  escapeControlChars(`line ${line} of ${file.path}: ${found}`);

/** What keeps a profile of this name from being found, where something in the files does. */
export const hiding = (name: string, files: ConfigFiles): ConfigNote | undefined =>
  configNotes(files).find((note) => note.hides && note.profile === name);

const most = 3; // beside a list to choose from

/** For whoever chooses from a list of profiles: what the AWS CLI knows, and is not in it, or not as it is there. */
export async function notesBesideProfiles(env: Environment): Promise<readonly string[]> {
  const dropped = configNotes(await configFiles(env)).filter(
    ({ is }) => is === 'dropped' || is === 'breaks-sdk',
  );
  const rest = dropped.length - most;
  return [
    ...dropped.slice(0, most).map((note) => `${noteText(note)}. ${escapeControlChars(note.remedy)}`),
    ...(rest > 0
      ? [`${rest} more such ${rest === 1 ? 'line' : 'lines'}: ${asCommand('cw-runbook doctor')}`]
      : []),
  ];
}
