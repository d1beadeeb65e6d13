import assert from 'node:assert/strict';
import { fork, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knownStartFault } from '../../src/app/start-fault.ts';
import { systemClock } from '../../src/app/clock.ts';
import type { RequestId } from '../../src/scan/ids.ts';
import { prepareDataDir } from '../../src/store/embedded/data-dir.ts';
import { isOnNetworkShare, StoreOnNetworkShare } from '../../src/store/embedded/network-share.ts';
import type { Place } from '../../src/store/embedded/network-share.ts';
import { openStore } from '../../src/store/open-store.ts';
import { quiet } from './suite.ts';
import type { Answered, Told } from './tenant.ts';

const KILOBYTE = 1024;

function succeeds(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** A process with the store open. */
class Tenant {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async open(dataDir: string): Promise<Tenant> {
    const child = fork(join(import.meta.dirname, 'tenant.ts'), [dataDir], { execArgv: [] });
    await once(child, 'message');
    return new Tenant(child);
  }

  get pid(): string {
    return String(this.#child.pid);
  }

  async does(told: Told): Promise<Answered> {
    const answer = once(this.#child, 'message');
    this.#child.send(told);
    const [answered] = (await answer) as [Answered];
    return answered;
  }

  /** Commits until that fails; answers what was acknowledged. */
  async fill(): Promise<readonly string[]> {
    for (const acknowledged: string[] = []; ;) {
      const answered = await this.does('commit');
      if (!answered.ok) {
        assert.match(answered.code, /^SQLITE_(FULL|IOERR)/);
        return acknowledged;
      }
      acknowledged.push(answered.value);
      assert.ok(acknowledged.length < 5000, 'the disk is never full');
    }
  }

  /** A check needs less room than a commit: it may find the last of it, and then no more. */
  async saysSo(): Promise<void> {
    for (let checks = 0; (await this.does('check')).ok; checks += 1)
      assert.ok(checks < 50, 'a check finds nothing wrong');
  }

  async leave(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

describe('a disk under the embedded store', function () {
  this.timeout(180_000);
  let home: string;
  let mounted: string | undefined;
  let tenant: Tenant | undefined;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'disk-'));
  });

  afterEach(async () => {
    await tenant?.leave();
    tenant = undefined;
    if (mounted !== undefined) spawnSync('umount', ['-l', mounted]);
    mounted = undefined;
    rmSync(home, { recursive: true, force: true });
  });

  /** A small disk of its own; only root can have one. */
  function mount(size: string): string | undefined {
    const point = join(home, 'disk');
    mkdirSync(point);
    if (!succeeds('mount', '-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'tmpfs', point)) return undefined;
    mounted = point;
    return point;
  }

  /** Nothing can be written, then it can again. */
  async function fillsAndRecovers(dataDir: string, makeRoom: () => void): Promise<void> {
    assert.ok(tenant);
    const acknowledged = await tenant.fill();
    await tenant.saysSo();
    // What is there can still be read.
    assert.deepEqual(await tenant.does('count'), { ok: true, value: String(acknowledged.length) });
    makeRoom();
    assert.deepEqual(await tenant.does('check'), { ok: true, value: '' });
    const later = await tenant.does('commit');
    assert.ok(later.ok);
    await tenant.leave();
    tenant = undefined;
    const store = await openStore({ dataDir, clock: systemClock, log: quiet });
    try {
      for (const id of [...acknowledged, later.value]) assert.equal((await store.request(id as RequestId))?.id, id);
    } finally {
      await store.close();
    }
  }

  it('may be full for a while: it says so, loses nothing it acknowledged, and goes on by itself', async function () {
    const disk = mount('8m');
    if (disk === undefined) return void this.skip();
    tenant = await Tenant.open(disk);
    const ballast = join(disk, 'ballast');
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 200 * KILOBYTE)));
    await fillsAndRecovers(disk, () => {
      rmSync(ballast);
    });
  });

  it('that is almost full is none to take turns on, before a commit fails', async function () {
    const disk = mount('8m');
    if (disk === undefined) return void this.skip();
    tenant = await Tenant.open(disk);
    assert.deepEqual(await tenant.does('check'), { ok: true, value: '' });
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(5000 * KILOBYTE));
    assert.equal((await tenant.does('check')).ok, false);
    assert.equal((await tenant.does('commit')).ok, true);
  });

  it('may give it no more room in a file for a while, with the same outcome', async function () {
    if (!succeeds('prlimit', '--fsize=unlimited', 'true')) return void this.skip();
    tenant = await Tenant.open(home);
    const { pid } = tenant;
    assert.ok(succeeds('prlimit', '--pid', pid, `--fsize=${300 * KILOBYTE}:unlimited`));
    await fillsAndRecovers(home, () => {
      assert.ok(succeeds('prlimit', '--pid', pid, '--fsize=unlimited:unlimited'));
    });
  });

  it('stops the start in words for the operator where nothing can be written', async function () {
    const disk = mount('1m');
    if (disk !== undefined) assert.ok(succeeds('mount', '-o', 'remount,ro', disk));
    // Whoever is not root cannot mount anything, but is kept out by a mode.
    else if (process.getuid?.() === 0) return void this.skip();
    else chmodSync(home, 0o500);
    const fault: unknown = await openStore({
      dataDir: join(disk ?? home, 'data'),
      clock: systemClock,
      log: quiet,
    }).catch((error: unknown) => error);
    chmodSync(home, 0o700);
    assert.match(knownStartFault(fault) ?? String(fault), /^DATA_DIR \(.*\) cannot be used \(E/);
  });
});

describe('a directory for the embedded store', () => {
  const LOCAL = 0xef53;
  const FUSE = 0x65735546;
  const place = (parts: Partial<Place>): Place => ({ type: LOCAL, mounts: [], path: '/var/lib/scan-bot', ...parts });
  const line = (point: string, type: string): string => `36 35 98:0 / ${point} rw,noatime shared:1 - ${type} source rw`;

  it('is refused on a network share', () => {
    for (const type of [0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x00c36400]) {
      assert.ok(isOnNetworkShare(place({ type })), type.toString(16));
    }
    assert.ok(isOnNetworkShare(place({ path: String.raw`\\server\share\data` })));
  });

  it('is refused where a program passes a remote place off as a directory', () => {
    const mounts = [line('/', 'ext4'), line('/var', 'fuse.sshfs'), line('/var/lib/other', 'ext4'), ''];
    assert.ok(isOnNetworkShare(place({ type: FUSE, mounts })));
    assert.ok(
      isOnNetworkShare(
        place({ type: FUSE, mounts: [line(String.raw`/my\040data`, 'fuse.blobfuse2')], path: '/my data' }),
      ),
    );
  });

  it('is refused before anything is put there', () => {
    const home = mkdtempSync(join(tmpdir(), 'share-'));
    const share = (): Place => place({ type: 0x6969 });
    try {
      assert.throws(() => prepareDataDir(home, share), { name: 'StoreOnNetworkShare' });
      assert.deepEqual(prepareDataDir(home), { openToOthers: false });
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it('is taken on local disks, also where these are mounted by a program', () => {
    assert.ok(!isOnNetworkShare(place({})));
    const mounts = [
      line('/', 'fuse.sshfs'),
      line('/var/lib', 'fuse.fuse-overlayfs'),
      line('/var/lib/scan', 'fuse.sshfs'),
    ];
    assert.ok(!isOnNetworkShare(place({ type: FUSE, mounts })));
    assert.ok(!isOnNetworkShare(place({ type: FUSE })));
  });

  it('is no file, and nothing below one', async () => {
    const home = mkdtempSync(join(tmpdir(), 'no-directory-'));
    const file = join(home, 'file');
    writeFileSync(file, 'x');
    const openAt = (dataDir: string): Promise<unknown> =>
      openStore({ dataDir, clock: systemClock, log: quiet }).catch((error: unknown) => error);
    try {
      for (const dataDir of [file, join(file, 'data')]) {
        const told = knownStartFault(await openAt(dataDir)) ?? '';
        assert.ok(told.startsWith(`DATA_DIR (${dataDir}) cannot be used (ENOTDIR). Give it a directory`), told);
      }
      writeFileSync(join(home, 'bot.db'), 'this is no database, and never was one'.repeat(100));
      assert.match(knownStartFault(await openAt(home)) ?? '', /^DATA_DIR .*SQLITE_NOTADB.*restore/);
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it('that is refused is named, with what to do', () => {
    const fault = new StoreOnNetworkShare('/mnt/share');
    assert.match(knownStartFault(fault) ?? '', /^DATA_DIR \(\/mnt\/share\) is on a network share.*DATABASE_URL/);
  });
});
