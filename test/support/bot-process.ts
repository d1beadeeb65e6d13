import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';

const MAIN = resolve(import.meta.dirname, '../../src/main.ts');
const TAKES_TURNS = 'Scan Bot takes turns';

type Env = Readonly<Record<string, string>>;

/** How it ended: the code, or the signal's name. */
export type Ending = number | string;

/** The bot as an operator runs it: a process of its own, with an environment, output and an exit code. */
export class BotProcess {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #ended: Promise<Ending>;
  #output = '';
  #errors = '';

  private constructor(env: Env, dir: string, before: readonly string[]) {
    // Nothing of this process' own environment: what the bot reads is what the test says.
    const args = [...before.flatMap((file) => ['--import', file]), MAIN];
    this.#child = spawn(process.execPath, args, { env, cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    this.#ended = once(this.#child, 'close').then(([code, signal]) => (code ?? signal) as Ending);
  }

  /** `dir` is where it is started from: no `.env` should be there. `before`: modules that are loaded before its own. */
  static run(env: Env, dir: string, before: readonly string[] = []): BotProcess {
    return new BotProcess(env, dir, before);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves with the port when it takes turns. */
  async listening(): Promise<number> {
    const ended = this.#ended.then((ending) => assert.fail(`The bot ended with ${ending}: ${this.#errors}`));
    for (;;) {
      const line = this.#output.split('\n').find((text) => text.includes(TAKES_TURNS));
      if (line !== undefined) return (JSON.parse(line) as { port: number }).port;
      await Promise.race([once(this.#child.stdout, 'data'), ended]);
    }
  }

  get stdout(): string {
    return this.#output;
  }

  get stderr(): string {
    return this.#errors;
  }

  /** As a power cut would end it. */
  async killed(): Promise<void> {
    this.kill();
    await this.#ended;
  }

  /** The same, for whoever cannot wait. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** It stands still, and knows nothing of it when it goes on. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** Sends it a signal, and resolves when it has written this. */
  async signalled(signal: NodeJS.Signals, words: string): Promise<void> {
    const from = this.#output.length;
    this.#child.kill(signal);
    const ended = this.#ended.then((ending) => assert.fail(`The bot ended with ${ending}: ${this.#errors}`));
    while (!this.#output.slice(from).includes(words)) await Promise.race([once(this.#child.stdout, 'data'), ended]);
  }

  /** Asks it to stop. */
  stopped(): Promise<Ending> {
    this.#child.kill('SIGTERM');
    return this.#ended;
  }

  ended(): Promise<Ending> {
    return this.#ended;
  }
}
