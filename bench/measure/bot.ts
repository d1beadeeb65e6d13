import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { BOT_CORE, pinned } from './cores.ts';
import { useOf } from './process-use.ts';
import type { ProcessUse } from './process-use.ts';

export interface BotStart {
  /** What Node is given: its options and the file. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

class BotEnded extends Error {
  override readonly name = 'BotEnded';
}

/** A bot in a process of its own, on a core of its own. Each of them writes its port as JSON when it takes turns. */
export class MeasuredBot {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #ended: Promise<unknown>;
  readonly #begin = performance.now();
  #errors = '';
  #port = 0;
  /** From the start of the process until it said that it takes turns, in milliseconds. */
  startTook = 0;

  private constructor({ args, env, cwd }: BotStart) {
    const [command, ...rest] = pinned([process.execPath, ...args], BOT_CORE);
    this.#child = spawn(command, rest, { env: { ...env }, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    this.#ended = once(this.#child, 'close');
  }

  static async start(start: BotStart): Promise<MeasuredBot> {
    const bot = new MeasuredBot(start);
    await bot.#listens();
    return bot;
  }

  async #listens(): Promise<void> {
    const { stdout } = this.#child;
    let output = '';
    const told = new Promise<number>((resolve) => {
      stdout.setEncoding('utf8').on('data', (text: string) => {
        if (this.#port === 0) output += text;
        const port = /"port":(\d+)/.exec(output)?.[1];
        if (port !== undefined) resolve(Number(port));
      });
    });
    const ended = this.#ended.then(() => {
      throw new BotEnded(`The bot ended before it took turns: ${output}${this.#errors}`);
    });
    this.#port = await Promise.race([told, ended]);
    this.startTook = performance.now() - this.#begin;
  }

  get port(): number {
    return this.#port;
  }

  get use(): ProcessUse {
    return useOf(this.#child.pid ?? 0);
  }

  /** What it complained of. */
  get complaints(): string {
    return this.#errors;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await this.#ended;
    clearTimeout(late);
  }
}
