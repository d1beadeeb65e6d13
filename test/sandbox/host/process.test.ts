import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { PolicyFile } from '../../support/policy-file.ts';
import { Player } from './player.ts';

const MAIN = resolve(import.meta.dirname, '../../../src/sandbox/main.ts');

/** `npm run sandbox` as a user has it, with temporary files in a folder of its own. */
class Running {
  readonly child: ChildProcess;
  readonly temporary = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
  readonly lines: string[] = [];
  errors = '';
  readonly #ended: Promise<unknown>;

  constructor(args: readonly string[], conduct: Readonly<Record<string, string>> = {}) {
    const env = { ...process.env, TMPDIR: this.temporary, DISPLAY: '', MicrosoftAppId: 'of somebody else', ...conduct };
    const child = spawn(process.execPath, [MAIN, '--no-open', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    this.#ended = once(child, 'close');
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    createInterface({ input: child.stdout }).on('line', (line) => this.lines.push(line));
  }

  async url(): Promise<string> {
    while (this.lines.length < 2 && this.child.exitCode === null) {
      await Promise.race([once(this.child.stdout ?? this.child, 'data'), this.#ended]);
    }
    return /http:\/\/127\.0\.0\.1:\d+/.exec(this.lines[0] ?? '')?.[0] ?? assert.fail(this.errors);
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.ended();
  }

  async ended(): Promise<number | null> {
    await this.#ended;
    return this.child.exitCode;
  }

  close(): void {
    this.child.kill('SIGKILL');
    rmSync(this.temporary, { recursive: true, force: true });
  }
}

describe('npm run sandbox', () => {
  let opened: Running[] = [];
  const openWith = (conduct: Readonly<Record<string, string>>, ...args: readonly string[]): Running => {
    const one = new Running(args, conduct);
    opened = [...opened, one];
    return one;
  };
  const open = (...args: readonly string[]): Running => openWith({}, ...args);
  afterEach(() => {
    for (const one of opened) one.close();
    opened = [];
  });

  it('lets the doctor look at its bot, who finds nothing wrong', async () => {
    const running = open('--doctor');
    assert.equal(await running.ended(), 0, running.lines.join('\n'));
    const report = running.lines.join('\n');
    for (const check of ['token for Teams', 'sign-in', 'permission Machine.Scan, Machine.Read', 'Defender', 'database'])
      assert.ok(report.includes(`ok     ${check}:`), `${check}\n${report}`);
    assert.match(report, /Nothing wrong was found/);
    assert.doesNotMatch(report, /WRONG/);
  });

  it('plays a whole scan, and ends without leaving anything behind', async function () {
    this.timeout(180_000);
    const running = open('--port', '0');
    const url = await running.url();
    const seconds = Number(/ready in ([\d.]+) s/.exec(running.lines[0] ?? '')?.[1]);
    process.stdout.write(`    (the sandbox was ready in ${seconds} s)\n`);
    assert.ok(seconds < 3 * SLACK, `${seconds} s`);
    const bob = await Player.open(url, 'bob');
    await bob.post('time-lapse', { factor: 14_400 });
    const thread = await bob.says('scan full srv-files-01 because alert 3212');
    await bob.signsInAt(thread);
    await bob.presses(await bob.shows(thread, 'Waiting for confirmation'), 'Run scan');
    await bob.shows(thread, 'Scan finished: Succeeded');
    const ports = portsIn(await bob.wire(), url);
    assert.ok(ports.length >= 3);
    assert.equal(await running.end('SIGTERM'), 0);
    await bob.close();
    assert.equal(running.errors, '');
    assert.equal(running.lines.length, 2);
    assert.deepEqual(readdirSync(running.temporary), []);
    for (const port of ports) assert.equal(await isOpen(port), false, `${port}`);
  });

  it('ends by Ctrl-C, and keeps what it was told to keep', async function () {
    this.timeout(180_000);
    const kept = mkdtempSync(join(tmpdir(), 'sandbox-kept-'));
    const running = open('--port', '0', '--data', kept);
    await running.url();
    assert.equal(await running.end('SIGINT'), 0);
    assert.deepEqual(readdirSync(running.temporary), []);
    assert.ok(readdirSync(kept).length >= 2);
    assert.match(readFileSync(join(kept, 'bot.log'), 'utf8'), /Scan Bot stops/);
    rmSync(kept, { recursive: true });
  });

  it('ends with its bot, and says so', async function () {
    if (process.platform !== 'linux') this.skip();
    this.timeout(180_000);
    const running = open('--port', '0');
    await running.url();
    process.kill(childOf(running.child.pid ?? 0), 'SIGKILL');
    assert.equal(await running.ended(), 1);
    assert.match(running.errors, /The bot has ended with code 1/);
    assert.deepEqual(readdirSync(running.temporary), []);
  });

  it('hands on the rules of whoever started it, from the folder that they stand in', async () => {
    const file = new PolicyFile('{');
    const running = openWith({ POLICY_FILE: relative(process.cwd(), file.path) }, '--port', '0');
    assert.equal(await running.ended(), 78);
    assert.match(running.errors, /POLICY_FILE \$ is not JSON/);
    file.remove();
  });

  it('says when the port is taken, and what its options are', async function () {
    this.timeout(180_000);
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const running = open('--port', String(port));
    assert.equal(await running.ended(), 69);
    assert.match(running.errors, /is taken/);
    assert.deepEqual(readdirSync(running.temporary), []);
    other.close();
    const wrong = open('--wrong');
    assert.equal(await wrong.ended(), 64);
    assert.match(wrong.errors, /--no-open/);
  });
});

/** A machine that runs other tests at the same time is slower than a user's. */
const SLACK = 3;

function portsIn(wire: readonly unknown[], url: string): readonly number[] {
  const named = [url, JSON.stringify(wire)].flatMap((text) => [...text.matchAll(/(?:127\.0\.0\.1|localhost):(\d+)/g)]);
  return [...new Set(named.map((match) => Number(match[1])))];
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

/** Linux says whose child a process is. */
function childOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return Number(children[0]);
}
