import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { Seat, type SeatOptions } from './seat.ts';

const MAIN = fileURLToPath(new URL('../../src/sandbox/main.ts', import.meta.url));

/** The real sandbox and a browser to look at it with. */
export class Stage {
  readonly url: string;
  readonly #child: ChildProcessByStdio<null, Readable, null>;
  readonly #browser: Browser;
  #seats: readonly Seat[] = [];

  private constructor(url: string, child: ChildProcessByStdio<null, Readable, null>, browser: Browser) {
    this.url = url;
    this.#child = child;
    this.#browser = browser;
  }

  /** `env`: how the bot behaves. */
  static async open(env: Readonly<Record<string, string>> = {}): Promise<Stage> {
    const child = spawn(process.execPath, [MAIN, '--no-open', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    try {
      const [url, browser] = await Promise.all([firstUrl(child.stdout), openBrowser()]);
      return new Stage(url, child, browser);
    } catch (fault) {
      child.kill('SIGTERM');
      throw fault;
    }
  }

  /** A window of somebody, apart from all other windows. */
  async seat(handle: string, options: SeatOptions = {}): Promise<Seat> {
    const seat = await Seat.take(this.#browser, this.url, { ...options, handle });
    this.#seats = [...this.#seats, seat];
    return seat;
  }

  /** Sets the world without the page: what a test does not try itself. */
  async call(path: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  }

  /** Closes every window; whatever a page complained about fails the test. */
  async clear(): Promise<void> {
    const seats = this.#seats;
    this.#seats = [];
    const complaints = seats.flatMap((seat) => seat.complaints);
    await Promise.all(seats.map((seat) => seat.leave()));
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  }

  async close(): Promise<void> {
    await this.#browser.close();
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}

async function firstUrl(stdout: Readable): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error('The sandbox ended before it was ready.');
}
