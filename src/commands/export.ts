import { lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cli } from '../export/cli.ts';
import { cloudformation } from '../export/cloudformation.ts';
import type { ExportFile, Exporting } from '../export/export.ts';
import { ssm } from '../export/ssm.ts';
import { terraform } from '../export/terraform.ts';
import { setupOf } from '../model/progress/setup.ts';
import { undoProgress } from '../model/progress/undoing.ts';
import { foldRun } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { asCommand } from '../model/text/own-commands.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { print } from './process/output.ts';
import { chooseRun } from './runs/choose-run.ts';
import { ofAnother } from './runs/other-runbook.ts';
import { readRun } from './runs/unfinished-line.ts';

const formats = { terraform, cloudformation, ssm, cli } as const;
export interface ExportOptions {
  readonly runbook: Runbook;
  readonly home: string;
  readonly format: keyof typeof formats;
  readonly run?: string;
  readonly out?: string; // a file, or a folder
  readonly force?: boolean;
  readonly remaining?: boolean;
}

/**
 * Writes a run's set-up down for another engine. Nothing is asked of AWS, and nothing is changed. Throws `CliError`, where
 * there is nothing to write down too.
 */
export async function exportRun({ runbook, format, ...options }: ExportOptions): Promise<ExitCode> {
  const { out, remaining = false, force = false, ...which } = options;
  if (remaining && format !== 'cli')
    throw new CliError(
      exitCodes.usage,
      `--remaining is for cli: ${format} describes all of it, and whatever applies it sees what is there.`,
    );
  const { header, events, unfinished } = await readRun((await chooseRun({ runbook, ...which })).folder);
  const foreign = ofAnother(runbook, header.run, events);
  if (foreign) throw foreign;
  if (unfinished !== undefined) print(`${escapeControlChars(unfinished)}\n`, 'stderr');
  const run = { ...foldRun(events, runbook), id: header.run, simulated: header.simulated };
  if (undoProgress(runbook.steps, run))
    throw new CliError(
      exitCodes.prerequisite,
      `Run ${run.id} is being undone, or was undone: there is nothing in it to keep.`,
      `What is left of it: ${asCommand('cw-runbook status')}.`,
    );
  const setup = setupOf(runbook.steps, run);
  if (setup.calls.length === 0)
    throw new CliError(
      exitCodes.prerequisite,
      `Run ${run.id} has nothing to export: it does not know yet what it will set up.`,
      `Continue it first: ${asCommand(`cw-runbook --run ${run.id}`)}.`,
    );
  const exporting: Exporting = { setup, title: runbook.title, id: runbook.id };
  const files = formats[format](exporting, remaining);
  if (files.length === 0)
    throw new CliError(
      exitCodes.prerequisite,
      `Run ${run.id} has nothing yet that ${format} can contain.`,
      `Continue it first: ${asCommand(`cw-runbook --run ${run.id}`)}.`,
    );
  if (out === undefined) await printFirst(files);
  else for (const path of await write(files, out, force)) process.stdout.write(`${path}\n`);
  return exitCodes.done;
}

async function printFirst([first, ...others]: readonly ExportFile[]): Promise<void> {
  await new Promise<void>((resolve) => process.stdout.write(first?.text ?? '', () => resolve()));
  if (others.length > 0)
    print(
      `This is ${first?.name}. With it go ${others.map(({ name }) => name).join(', ')}: write them all with --out FOLDER.\n`,
      'stderr',
    );
}

/** Writes them (mode 0600), and nothing over what is there without `force`. Returns where they are. */
async function write(files: readonly ExportFile[], out: string, force: boolean): Promise<readonly string[]> {
  const there = await stat(out).catch(() => undefined);
  const inFolder = there?.isDirectory() ?? files.length > 1;
  if (!there && !(await stat(dirname(out)).catch(() => undefined))?.isDirectory())
    throw new CliError(exitCodes.usage, `There is no folder ${dirname(out)}. Nothing was written.`);
  if (there && !there.isDirectory() && files.length > 1)
    throw new CliError(
      exitCodes.usage,
      `${out} is a file, and this export has ${files.length} files. Nothing was written.`,
      'Name a folder: --out FOLDER.',
    );
  const paths = files.map((file) => ({ ...file, path: inFolder ? join(out, file.name) : out }));
  for (const { path } of paths)
    if (!force && (await lstat(path).catch(() => undefined)))
      throw new CliError(
        exitCodes.usage,
        `There is a file ${path} already, and it is not overwritten. Nothing was written.`,
        'Name another place with --out, or overwrite it with --force.',
      );
  try {
    if (inFolder) await mkdir(out, { recursive: true, mode: 0o700 });
    for (const { path, text } of paths) await writeWhole(path, text, force);
  } catch (error) {
    throw new CliError(
      exitCodes.usage,
      `It cannot be written: ${(error as Error).message}.`,
      'Name another place with --out.',
    );
  }
  return paths.map(({ path }) => path);
}

/** A file gets its name when it is whole; one that it replaces stays until then. */
async function writeWhole(path: string, text: string, force: boolean): Promise<void> {
  const part = force ? `${path}.part` : path;
  if (force) await rm(part, { force: true });
  const file = await open(part, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  if (force) await rename(part, path);
}
