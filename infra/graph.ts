import { z } from 'zod';

const WITHIN = 20_000;

const errorAnswer = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Microsoft Graph said no. The message is Graph's own and names what to mend. */
export class GraphFault extends Error {
  override readonly name = 'GraphFault';
}

/** Microsoft Graph with the sign-in of the administrator who runs the script. Nothing is sent a second time. */
export class Graph {
  readonly #host: string;
  readonly #token: string;

  constructor(host: string, token: string) {
    this.#host = host;
    this.#token = token;
  }

  get(path: string): Promise<unknown> {
    return this.#call('GET', path);
  }

  post(path: string, body: object): Promise<unknown> {
    return this.#call('POST', path, body);
  }

  async patch(path: string, body: object): Promise<void> {
    await this.#call('PATCH', path, body);
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(WITHIN);
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${this.#host}/v1.0${path}`, { method, headers, signal, redirect: 'error', ...sent });
    const text = await answer.text();
    if (answer.ok) return text === '' ? undefined : (JSON.parse(text) as unknown);
    throw new GraphFault(`${method} ${path.replace(/\?.*/, '')}: ${answer.status} ${reasonIn(text)}`);
  }
}

function reasonIn(text: string): string {
  try {
    const { error } = errorAnswer.parse(JSON.parse(text));
    return `${error.code}: ${error.message}`;
  } catch {
    return 'without an explanation';
  }
}
