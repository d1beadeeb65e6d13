import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** One kept connection to a bot, one request at a time. Cheaper than any HTTP client: the load must not be the limit. */
export class Line {
  readonly #socket: Socket;
  #read = '';
  #answered: ((status: number) => void) | undefined;
  #broken: ((fault: Error) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket.setNoDelay(true).setEncoding('latin1');
    socket.on('data', (text) => {
      this.#take(String(text));
    });
    socket.on('error', (fault) => this.#broken?.(fault));
    socket.on('close', () => this.#broken?.(new Error('The bot hung up.')));
  }

  static open(port: number): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        resolve(new Line(socket));
      });
      socket.once('error', reject);
    });
  }

  /** Resolves with the status when the whole answer is there. */
  send(request: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#broken = reject;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#broken = undefined;
    this.#socket.destroy();
  }

  #take(text: string): void {
    this.#read += text;
    const head = this.#read.indexOf('\r\n\r\n');
    if (head < 0 || !isWhole(this.#read, head)) return;
    const status = Number(this.#read.slice(9, 12));
    this.#read = '';
    this.#answered?.(status);
  }
}

function isWhole(text: string, head: number): boolean {
  const headers = text.slice(0, head).toLowerCase();
  if (headers.includes('transfer-encoding: chunked')) return text.endsWith('0\r\n\r\n');
  const length = /content-length: (\d+)/.exec(headers)?.[1] ?? '0';
  return text.length >= head + 4 + Number(length);
}
