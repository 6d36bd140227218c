import { delimiter, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { StartedAs } from '../../model/text/own-commands.ts';
import { shellWord } from '../../model/text/shell.ts';

/** What a process knows of how it was started. `script`: what Node was told to run, `process.argv[1]`. */
export interface Start {
  readonly script: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}
const name = 'cw-runbook';

/**
 * How the program is started again from the same place. What package managers tell was read from npm 11, pnpm 9 and
 * yarn 1: npx and npm exec set npm_lifecycle_event to npx, and every one of them sets npm_config_user_agent.
 */
export function startedAs({ script, cwd, env }: Start): StartedAs {
  const [, manager = ''] = /^(npm|pnpm|yarn)\//.exec(env.npm_config_user_agent ?? '') ?? [];
  const path = script.split(sep).join('/');
  // A shell that one of them started hands its variables on: they count only for what they start themselves.
  if (path.includes('/node_modules/')) {
    if (manager === 'npm' && env.npm_lifecycle_event === 'npx') return { start: `npx ${name}` };
    if (manager === 'yarn' && env.npm_lifecycle_event === name) return { start: `yarn run ${name}` };
    if (manager === 'pnpm' && /\/dlx\//.test(path)) return { start: `pnpm dlx ${name}` };
    if (manager === 'pnpm' && env.npm_command === 'exec') return { start: `pnpm exec ${name}` };
  }
  const typedIn = env.npm_lifecycle_event === undefined ? cwd : (env.INIT_CWD ?? cwd);
  const start = directly(script, path, typedIn, env);
  if (env.npm_package_name !== name || env.npm_lifecycle_event !== 'demo' || manager === '') return { start };
  // npm takes flags for the script only behind --; pnpm and yarn hand all of them on.
  const demo = `${manager} run demo`;
  return { start, demo: { start: demo, flags: manager === 'npm' ? `${demo} --` : demo } };
}

/** Without a package manager: by its name where the shell finds it by that, else by its file. */
function directly(script: string, path: string, cwd: string, env: Start['env']): string {
  if (path.endsWith(`/${name}`)) {
    const found = (env.PATH ?? env.Path ?? '')
      .split(delimiter)
      .some((one) => one !== '' && resolve(one) === dirname(script));
    return found ? name : shellWord(fileIn(script, cwd, './'));
  }
  // What npm puts on the PATH on Windows starts Node with the file itself.
  if (path.includes(`/node_modules/${name}/`)) return name;
  return `node ${shellWord(fileIn(script, cwd, ''))}`;
}
/** A file as it is named from a folder: relative where it lies in it. */
function fileIn(script: string, cwd: string, here: string): string {
  const from = relative(cwd, script);
  return from === '' || from.startsWith('..') || isAbsolute(from) ? script : `${here}${from}`;
}
