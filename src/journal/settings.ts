import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../model/call.ts';
import type { Source } from '../model/identity.ts';
import { plainEndpoint } from '../model/text/endpoint-text.ts';

/** A run that was taken up on this machine. The folder `runs/` is the truth; this is the memory of it. */
export interface Taken {
  readonly id: string;
  readonly endpoint: string;
  readonly simulated: boolean;
  readonly scenario?: string;
  readonly opened: string; // ISO 8601
}
/**
 * The operator's own settings. Small and replaceable: losing them loses nothing that a journal or AWS does not know, so
 * no problem with them ends a run.
 */
export interface Settings {
  /** What went wrong with the file, in a sentence: it was put aside, or cannot be written. */
  notice(): string | undefined;
  /** The credentials last accepted for an actor. */
  profileOf(actor: Actor): Source | undefined;
  setProfile(actor: Actor, source: Source): void;
  /** The runs taken up, the last one last. */
  runs(): readonly Taken[];
  remember(run: Omit<Taken, 'opened'>): void;
}
const kept = 50;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGABRT', 'SIGBREAK', 'SIGTSTP'] as const;
/**
 * conf brings a package (when-exit) that ends the process on every signal as soon as it is loaded. Ending is ours: a
 * call in flight is written down first, and the terminal is given back.
 */
async function withoutSignalHandlers<T>(load: () => Promise<T>): Promise<T> {
  const ours = new Map(signals.map((signal) => [signal, process.listeners(signal)]));
  const loaded = await load();
  for (const signal of signals)
    for (const listener of process.listeners(signal))
      if (!ours.get(signal)?.includes(listener)) process.off(signal, listener);
  return loaded;
}

/**
 * Opens `settings.json` in the state folder, mode 0600. A damaged file is put aside, and `notice` says so. No problem
 * with the file ends anything: settings that cannot be kept are forgotten with the process.
 */
export async function openSettings(home: string): Promise<Settings> {
  const { default: Conf } = await withoutSignalHandlers(() => import('conf')); // 30 ms, which no other part needs
  const open = () =>
    new Conf<Record<string, unknown>>({
      cwd: home,
      configName: 'settings',
      configFileMode: 0o600,
      projectName: 'cw-runbook',
      accessPropertiesByDotNotation: false,
    });
  let notice: string | undefined;
  let conf: ReturnType<typeof open> | undefined;
  await sweep(home);
  try {
    conf = open();
  } catch {
    try {
      const aside = `settings.corrupt-${new Date().toISOString().replace(/[:.]/g, '-')}.json`;
      await rename(join(home, 'settings.json'), join(home, aside));
      notice = `The settings could not be read and were set aside as ${aside}. Runs are not affected.`;
      conf = open();
    } catch (error) {
      notice = `The settings in ${home} cannot be used (${told(error)}). Runs are not affected.`;
    }
  }
  // What somebody has written by hand is taken where it has the right shape, and passed over elsewhere.
  const get = (key: string): unknown => {
    try {
      return conf?.get(key);
    } catch {
      return undefined;
    }
  };
  const set = (key: string, value: unknown): void => {
    try {
      conf?.set(key, value);
    } catch (error) {
      notice = `The settings in ${home} cannot be written (${told(error)}). Runs are not affected.`;
    }
  };
  const profiles = (): Readonly<Record<string, unknown>> => recordOf(get('profiles'));
  const runs = (): readonly Taken[] => {
    const all = get('runs');
    return Array.isArray(all)
      ? all.filter(isTaken).map((one) => ({ ...one, endpoint: plainEndpoint(one.endpoint) }))
      : [];
  };

  return {
    notice: () => notice,
    profileOf: (actor) => sourceOf(profiles()[actor]),
    setProfile: (actor, source) => {
      const all = profiles();
      // Each change is asked for anew by the same profile, and each writing waits for the disk.
      if (!isDeepStrictEqual(all[actor], source)) set('profiles', { ...all, [actor]: source });
    },
    runs,
    remember: (run) => {
      const others = runs().filter(({ id }) => id !== run.id);
      set('runs', [...others, { ...run, opened: new Date().toISOString() }].slice(-kept));
    },
  };
}

/** conf leaves its temporary files behind when it is killed. An hour later nobody is writing them any more. */
async function sweep(home: string): Promise<void> {
  const names = await readdir(home).catch(() => []);
  for (const name of names.filter((one) => one.startsWith('settings.json.tmp-'))) {
    const found = await stat(join(home, name)).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > 3_600_000) await rm(join(home, name), { force: true });
  }
}

const told = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

function sourceOf(value: unknown): Source | undefined {
  const { kind, name } = recordOf(value);
  if (kind === 'environment') return { kind };
  return kind === 'profile' && typeof name === 'string' ? { kind, name } : undefined;
}
/** Whether it is what the settings write down of a run. */
export const isTaken = (value: unknown): value is Taken => {
  const { id, endpoint, simulated, scenario, opened } = recordOf(value);
  const texts = [id, endpoint, opened, scenario ?? ''];
  return texts.every((one) => typeof one === 'string') && typeof simulated === 'boolean';
};
