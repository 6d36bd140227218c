import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../model/call.ts';
import type { Source } from '../model/identity.ts';

/** The operator's own settings. Small and replaceable: losing them loses nothing that a journal or AWS does not know. */
interface Stored {
  readonly profiles: Readonly<Partial<Record<Actor, Source>>>;
  readonly runs: readonly { readonly id: string; readonly endpoint: string; readonly opened: string }[];
}
export interface Settings {
  /** Set where the file could not be read and was put aside. */
  readonly notice: string | undefined;
  sourceOf(actor: Actor): Source | undefined;
  remember(actor: Actor, source: Source): void;
  opened(run: { readonly id: string; readonly endpoint: string }): void;
  runs(): Stored['runs'];
}
const empty: Stored = { profiles: {}, runs: [] };
const kept = 50;

/** Opens `settings.json` in the state folder, mode 0600. A damaged file is put aside, and said so. */
export async function openSettings(home: string): Promise<Settings> {
  const { default: Conf } = await import('conf');
  const open = () =>
    new Conf<Stored>({
      cwd: home,
      configName: 'settings',
      defaults: empty,
      configFileMode: 0o600,
      projectName: 'cw-runbook',
    });
  let notice: string | undefined;
  let conf: InstanceType<typeof Conf<Stored>>;
  try {
    conf = open();
  } catch {
    const aside = `settings.corrupt-${new Date().toISOString().replace(/[:.]/g, '-')}.json`;
    await rename(join(home, 'settings.json'), join(home, aside));
    notice = `The settings could not be read and were put aside as ${aside}. Runs are not affected.`;
    conf = open();
  }
  return {
    notice,
    sourceOf: (actor) => conf.get('profiles')[actor],
    remember: (actor, source) => conf.set('profiles', { ...conf.get('profiles'), [actor]: source }),
    opened: ({ id, endpoint }) => {
      const others = conf.get('runs').filter((run) => run.id !== id);
      conf.set('runs', [...others, { id, endpoint, opened: new Date().toISOString() }].slice(-kept));
    },
    runs: () => conf.get('runs'),
  };
}
