import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';

/** Where Debian and its kin, Red Hat's, Homebrew's and others keep the programs of the server. */
const FOLDERS = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt', '/usr'];

/** Above the well-known, below those that the system hands out for outgoing connections. */
const PORTS = { lowest: 15_000, highest: 32_000 };
const STARTS_WITHIN_MS = 60_000;

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The folder with initdb and postgres, of the newest version that is installed. */
function findPrograms(): string | undefined {
  const versions = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder)
      .toSorted((one, other) => other.localeCompare(one, 'en', { numeric: true }))
      .map((name) => join(folder, name, 'bin')),
  );
  const path = (process.env['PATH'] ?? '').split(delimiter);
  return [...versions, ...path].find((folder) =>
    ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))),
  );
}

/** PostgreSQL refuses to run as root: then it runs as its own account, or as nobody. */
function accountFor(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const found = ['postgres', 'nobody'].map((name) => lines.find((line) => line.startsWith(`${name}:`)));
  const [, , uid, gid] = found.find((line) => line !== undefined)?.split(':') ?? [];
  assert.ok(uid !== undefined && gid !== undefined, 'neither postgres nor nobody is in /etc/passwd');
  return { uid: Number(uid), gid: Number(gid) };
}

const PROGRAMS = findPrograms();

/** Whether a server can be started here. */
export function hasPostgres(): boolean {
  return PROGRAMS !== undefined;
}

/** A real server on loopback that lives as long as a test wants it to. Its data are gone with it. */
export class Postgres {
  readonly port: number;
  readonly #home: string;
  readonly #account: Account | undefined;
  #server: ChildProcess | undefined;
  #databases = 0;

  private constructor(port: number, home: string, account: Account | undefined) {
    this.port = port;
    this.#home = home;
    this.#account = account;
  }

  static async start(): Promise<Postgres> {
    const account = accountFor();
    const home = mkdtempSync(join(tmpdir(), 'postgres-'));
    if (account !== undefined) chownSync(home, account.uid, account.gid);
    const server = new Postgres(await freePort(), home, account);
    process.once('exit', () => {
      server.#removeNow();
    });
    server.#run('initdb', ['-D', server.#data, '-U', 'bot', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
    await server.up();
    return server;
  }

  get #data(): string {
    return join(this.#home, 'data');
  }

  get pid(): number {
    assert.ok(this.#server?.pid !== undefined, 'the server does not run');
    return this.#server.pid;
  }

  url(database: string): string {
    return `postgres://bot@127.0.0.1:${this.port}/${database}`;
  }

  /** An empty database of its own, or a copy of another one that nobody uses. */
  async createDatabase(template?: string): Promise<string> {
    this.#databases += 1;
    const name = `bot${this.#databases}`;
    await this.ask('postgres', `create database ${name}${template === undefined ? '' : ` template ${template}`}`);
    return name;
  }

  async dropDatabase(name: string): Promise<void> {
    await this.ask('postgres', `drop database ${name} with (force)`);
  }

  /** One statement on a connection of its own. */
  async ask(
    database: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(text, [...values]);
      return rows;
    } finally {
      await client.end();
    }
  }

  /** Starts the server, again if need be; resolves when it takes connections. */
  async up(): Promise<void> {
    const settings = { listen_addresses: '127.0.0.1', port: this.port, unix_socket_directories: this.#home };
    const quick = { fsync: 'off', full_page_writes: 'off', max_connections: 200, autovacuum: 'off' };
    const options = Object.entries({ ...settings, ...quick }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const program = join(PROGRAMS ?? '', 'postgres');
    const as = this.#account ?? {};
    const server = spawn(program, ['-D', this.#data, ...options], {
      ...as,
      cwd: this.#home,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    server.stderr.on('data', (part: Buffer) => (said = (said + part.toString()).slice(-4000)));
    this.#server = server;
    for (const deadline = Date.now() + STARTS_WITHIN_MS; ;) {
      if (
        await this.ask('postgres', 'select 1').then(
          () => true,
          () => false,
        )
      )
        return;
      assert.ok(Date.now() < deadline && server.exitCode === null, `PostgreSQL does not start: ${said}`);
      await moment();
    }
  }

  /** Ends every connection and shuts down in order. */
  stop(): Promise<void> {
    return this.#end('SIGINT');
  }

  /** As if the machine's memory had run out: no farewell to anybody. */
  async kill(): Promise<void> {
    const helpers = this.#helpers();
    await this.#end('SIGKILL');
    // They share a piece of memory with the server: while one of them lives, a new server refuses to start.
    while (helpers.some(isAlive)) await moment();
  }

  async remove(): Promise<void> {
    if (this.#server !== undefined) await this.#end('SIGQUIT');
    rmSync(this.#home, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    assert.ok(server !== undefined, 'the server does not run');
    this.#server = undefined;
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill(signal);
    await gone;
  }

  #helpers(): readonly string[] {
    const list = `/proc/${this.pid}/task/${this.pid}/children`;
    return existsSync(list) ? readFileSync(list, 'utf8').trim().split(' ') : [];
  }

  #run(program: string, args: readonly string[]): void {
    const as = this.#account ?? {};
    const { status, stderr } = spawnSync(join(PROGRAMS ?? '', program), args, {
      ...as,
      cwd: this.#home,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  }

  #removeNow(): void {
    if (!existsSync(this.#home)) return;
    const stop = ['stop', '-D', this.#data, '-m', 'immediate', '-t', '5'];
    spawnSync(join(PROGRAMS ?? '', 'pg_ctl'), stop, { ...(this.#account ?? {}), cwd: this.#home, stdio: 'ignore' });
    rmSync(this.#home, { recursive: true, force: true });
  }
}

export function freePort(): Promise<number> {
  const wish = PORTS.lowest + (randomBytes(4).readUInt32BE() % (PORTS.highest - PORTS.lowest));
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => {
      resolve(freePort());
    });
    probe.listen(wish, '127.0.0.1', () => {
      probe.close(() => {
        resolve(wish);
      });
    });
  });
}

function moment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

let shared: Promise<Postgres> | undefined;

/** The server that all suites of this run share; whoever kills servers starts one of their own. */
export function sharedPostgres(): Promise<Postgres> {
  shared ??= Postgres.start();
  return shared;
}

/** `describe` where there is a server; elsewhere the suite is skipped, and says why. */
export function describeWithPostgres(name: string, tests: (this: Mocha.Suite) => void): void {
  if (PROGRAMS !== undefined) describe(name, tests);
  else describe.skip(`${name} (skipped: initdb and postgres are not installed here)`, tests);
}

/** What has ended and waits to be buried by somebody else holds nothing any more. */
function isAlive(id: string): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${id}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Looks again and again, a little later each time. */
export async function until(is: () => Promise<boolean>, what: string, withinMs = 60_000): Promise<void> {
  for (const deadline = Date.now() + withinMs; !(await is());) {
    assert.ok(Date.now() < deadline, `waited in vain for ${what}`);
    await moment();
  }
}
