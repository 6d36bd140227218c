import { realpath, statfs } from 'node:fs/promises';

/** File systems that are not, or not only, a disk of this machine: what they say is on disk may not be. Linux's numbers. */
const elsewhere: ReadonlyMap<number, string> = new Map([
  [0x6969, 'a network disk (NFS)'],
  [0x517b, 'a network disk (SMB)'],
  [0xff534d42, 'a network disk (SMB)'],
  [0xfe534d42, 'a network disk (SMB)'],
  [0x5346414f, 'a network disk (AFS)'],
  [0x65735546, 'a disk behind another program (FUSE)'],
  [0x01021997, 'a disk of the host (9P, as under WSL)'],
]);
const synchronized = /(OneDrive|Dropbox|Google ?Drive|iCloud|Mobile Documents|Nextcloud|pCloud)/i;

/**
 * Why a power loss may take more from a folder than the last line of a journal, in a sentence; undefined for a disk of
 * this machine, and where the system does not tell. `typeOf`: the file system's number, as `statfs` has it on Linux;
 * another than the system's only in tests.
 */
export async function doubtAbout(folder: string, typeOf = systemsType): Promise<string | undefined> {
  const path = await realpath(folder).catch(() => folder);
  const [, service] = synchronized.exec(path) ?? [];
  const type = await typeOf(path);
  const where =
    service === undefined
      ? type === undefined
        ? undefined
        : elsewhere.get(type >>> 0)
      : `a folder that ${service} synchronizes`;
  return where && `The journal is on ${where}: a power loss may take more than its last line.`;
}

async function systemsType(path: string): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  return statfs(path).then(
    ({ type }) => type,
    () => undefined,
  );
}
