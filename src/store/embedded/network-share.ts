import { readFileSync, realpathSync, statfsSync } from 'node:fs';

/** SQLite's locks and shared memory do not hold across machines: a store there is lost sooner or later. */
export class StoreOnNetworkShare extends Error {
  override readonly name = 'StoreOnNetworkShare';

  constructor(dataDir: string) {
    super(
      `DATA_DIR (${dataDir}) is on a network share, where the embedded store is not safe. ` +
        'Give it a directory on a local disk, or use PostgreSQL (DATABASE_URL).',
    );
  }
}

/** `f_type` of NFS, SMB, CIFS, SMB2, AFS, Ceph, Lustre and 9P. */
const NETWORK: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400, 0x0bd00bd0, 0x01021997,
]);
const FUSE = 0x65735546;
/** What passes a remote place off as a directory. */
const REMOTE_FUSE = /^fuse\.(sshfs|s3fs|glusterfs|blobfuse2?|gcsfuse|rclone|mount-s3|smbnetfs|curlftpfs)$/;

/** What the operating system tells about a directory. */
export interface Place {
  readonly type: number;
  /** The lines of /proc/self/mountinfo; none where there is no such file. */
  readonly mounts: readonly string[];
  readonly path: string;
}

export function placeOnDisk(dir: string): Place {
  return { type: statfsSync(dir).type, mounts: mounts(), path: realpathSync(dir) };
}

export function isOnNetworkShare({ type, mounts, path }: Place): boolean {
  if (/^(\\\\|\/\/)[^.?]/.test(path)) return true;
  if (NETWORK.has(type)) return true;
  return type === FUSE && REMOTE_FUSE.test(fileSystemOf(path, mounts));
}

/** The file system of the mount that is nearest to the path; of two on one spot the later covers the earlier. */
function fileSystemOf(path: string, mounts: readonly string[]): string {
  const above = mounts.map(mountOf).filter(({ point }) => point === '/' || `${path}/`.startsWith(`${point}/`));
  const nearest = above.reduce((one, other) => (other.point.length >= one.point.length ? other : one), ROOT);
  return nearest.type;
}

const ROOT = { point: '', type: '' };

/** `36 35 98:0 /root /point options … - type source options` */
function mountOf(line: string): typeof ROOT {
  const [before = '', after = ''] = line.split(' - ');
  const point = (before.split(' ')[4] ?? '').replaceAll(/\\(\d{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return { point, type: after.split(' ')[0] ?? '' };
}

function mounts(): readonly string[] {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  } catch {
    return [];
  }
}
