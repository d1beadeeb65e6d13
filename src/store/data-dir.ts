import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statfsSync, statSync } from 'node:fs';

/** What keeps the directory from being a good place; the store works all the same. */
export type DirFault = 'open-to-others' | 'network-share';

/** `f_type` of NFS, CIFS and SMB2. */
const NETWORK_SHARES: ReadonlySet<number> = new Set([0x6969, 0xff534d42, 0xfe534d42]);
const OTHERS = 0o077;

export function prepareDataDir(dir: string): readonly DirFault[] {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const faults: DirFault[] = [];
  // A directory that was there before is the operator's: it is told, not changed.
  if (process.platform !== 'win32' && (statSync(dir).mode & OTHERS) !== 0) faults.push('open-to-others');
  if (NETWORK_SHARES.has(statfsSync(dir).type)) faults.push('network-share');
  return faults;
}

/** Makes the file if need be, for its owner's eyes only. SQLite gives the files beside it the same mode. */
export function prepareFile(path: string): void {
  // Never opens a file that is there: closing it would drop the locks that this process holds on it.
  if (!existsSync(path)) closeSync(openSync(path, 'ax', 0o600));
  for (const name of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(name)) chmodSync(name, 0o600);
}
