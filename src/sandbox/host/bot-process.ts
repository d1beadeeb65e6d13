import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { SECOND } from '../../scan/time.ts';

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));
const KILL_AFTER = 10 * SECOND;
const KEPT_LINES = 20;
const FAILED = 1;

const turnsTaken = z.looseObject({ port: z.int().positive() });

export interface BotOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Where it runs; a `.env` file that lies there would be read. */
  readonly folder: string;
  readonly onLine: (line: string) => void;
}

/** The bot did not start. */
export class BotDied extends Error {
  override readonly name = 'BotDied';
  readonly code: number;
  readonly lastLines: readonly string[];

  constructor(code: number, lastLines: readonly string[]) {
    super(`The bot ended with code ${code}.`);
    this.code = code;
    this.lastLines = lastLines;
  }
}

/** `npm start` as a process of its own, with its own environment and nothing else. */
export class BotProcess {
  readonly port: Promise<number>;
  /** Resolves when it has ended, whoever wanted that. */
  readonly ended: Promise<BotDied>;
  readonly #child: ChildProcess;
  readonly #lastLines: string[] = [];

  constructor({ env, folder, onLine }: BotOptions) {
    const child = spawn(process.execPath, [MAIN], { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    const read = (stream: Readable, heard: (line: string) => void): void => {
      createInterface({ input: stream }).on('line', (line) => {
        this.#keep(line);
        onLine(line);
        heard(line);
      });
    };
    this.ended = new Promise((resolve) => {
      child.once('close', (code) => {
        process.off('exit', this.#kill);
        resolve(new BotDied(code ?? FAILED, this.#lastLines));
      });
      child.once('error', (fault) => {
        this.#keep(fault.message);
        resolve(new BotDied(FAILED, this.#lastLines));
      });
    });
    this.port = new Promise((resolve, reject) => {
      read(child.stdout, (line) => {
        const port = portIn(line);
        if (port !== undefined) resolve(port);
      });
      read(child.stderr, () => undefined);
      void this.ended.then(reject);
    });
    process.once('exit', this.#kill);
  }

  /** Lets it finish what it has begun. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGTERM');
    const late = setTimeout(this.#kill, KILL_AFTER);
    await closed;
    clearTimeout(late);
  }

  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
  };

  #keep(line: string): void {
    this.#lastLines.push(line);
    if (this.#lastLines.length > KEPT_LINES) this.#lastLines.shift();
  }
}

/** The only line of its log that names a port: it takes turns now. */
function portIn(line: string): number | undefined {
  try {
    return turnsTaken.safeParse(JSON.parse(line)).data?.port;
  } catch {
    return undefined;
  }
}
