import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { Quotas } from '../../src/sandbox/defender/quotas.ts';
import type { ApiName } from '../../src/sandbox/defender/wire-words.ts';
import { SECOND } from '../../src/scan/time.ts';
import type { Call, Trouble } from '../ledger/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Random } from '../random.ts';
import type { Scenario } from '../scenario.ts';
import type { TimeLapse } from '../time/lapse.ts';
import { courseOf, statusInstead, troubleFor } from './trouble.ts';

export interface LineParts {
  readonly target: string;
  readonly lapse: TimeLapse;
  readonly random: Random;
  readonly scenario: Scenario;
  readonly ledger: Ledger;
}

/** A call is in Defender's hands at the latest so long after it came here: before its sender has given it up. */
const LATEST = 6 * SECOND;
/** Longer than any sender waits. */
const NOBODY_WAITS = 11 * SECOND;

interface Told {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

/** The way from the bots to Defender, where every call is written down and some come to grief. */
export class DefenderLine {
  readonly url: string;
  /** No more trouble from now on. */
  calm = false;
  readonly #server: Server;
  readonly #parts: LineParts;
  readonly #quotas = new Quotas();

  private constructor(server: Server, parts: LineParts) {
    this.#server = server;
    this.#parts = parts;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (call: IncomingMessage, answer: ServerResponse) => {
      this.#lead(call, answer).catch(() => answer.destroy());
    });
  }

  static async open(parts: LineParts): Promise<DefenderLine> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new DefenderLine(server, parts);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #lead(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const at = this.#parts.lapse.now();
    const body = await bodyOf(incoming);
    const call = this.#parts.ledger.add(callFrom(incoming, body, at));
    call.trouble = this.#troubleFor(call);
    // The connection is gone at once; what was sent over it is on its way all the same.
    if (call.trouble === 'late-and-lost') answer.destroy();
    const told = courseOf(call.trouble) === 'on its way' ? await this.#carriedOut(call, incoming, body) : undefined;
    await this.#answer(call, told, answer);
  }

  #troubleFor(call: Call): Trouble | undefined {
    if (this.#quotas.refuse(call.api as ApiName, call.at) !== undefined) return 'over-quota';
    return this.calm ? undefined : troubleFor(call.api, this.#parts.random, this.#parts.scenario);
  }

  async #carriedOut(call: Call, incoming: IncomingMessage, body: Buffer): Promise<Told> {
    const isLate = call.trouble === 'late' || call.trouble === 'late-and-lost';
    if (isLate) await this.#parts.lapse.sleep(this.#parts.random.between(SECOND, LATEST));
    return passedOn(new URL(incoming.url ?? '/', this.#parts.target), incoming, body);
  }

  async #answer(call: Call, told: Told | undefined, answer: ServerResponse): Promise<void> {
    if (call.trouble === 'answered-late') await this.#parts.lapse.sleep(NOBODY_WAITS);
    const instead = statusInstead(call.trouble);
    call.answeredAt = this.#parts.lapse.now();
    call.status = instead ?? told?.status ?? 0;
    if (call.status === 0) return void answer.destroy();
    answer.statusCode = call.status;
    if (call.trouble === 'throttled' || call.trouble === 'over-quota') this.#askForPause(call, answer);
    answer.setHeader('content-type', instead === undefined ? (told?.type ?? 'text/plain') : 'application/json');
    answer.end(instead === undefined ? told?.body : JSON.stringify({ error: { code: String(instead), message: '' } }));
  }

  #askForPause(call: Call, answer: ServerResponse): void {
    const seconds = Math.ceil(this.#parts.random.between(3, 40));
    call.pauseUntil = (call.answeredAt ?? call.at) + seconds * SECOND;
    answer.setHeader('retry-after', String(seconds));
  }
}

const APIS: readonly (readonly [RegExp, ApiName])[] = [
  [/^POST .*\/machines\/[^/]+\/runAntiVirusScan$/, 'start-scan'],
  [/^POST .*\/machineactions\/[^/]+\/cancel$/, 'cancel-action'],
  [/^GET .*\/machineactions\/[^/]+$/, 'read-action'],
  [/^GET .*\/machineactions$/, 'list-actions'],
  [/^GET .*\/machines\/[^/]+\/alerts$/, 'device-alerts'],
  [/^GET .*\/machines\/[^/]+$/, 'read-device'],
  [/^GET .*\/machines$/, 'find-devices'],
  [/^POST .*\/advancedqueries\/run$/, 'hunting'],
  [/avinfo|deviceavinfo/i, 'av-health'],
];

function callFrom(incoming: IncomingMessage, body: Buffer, at: number): Call {
  const url = new URL(incoming.url ?? '/', 'http://defender');
  const line = `${incoming.method ?? ''} ${url.pathname}`;
  const api = APIS.find(([pattern]) => pattern.test(line))?.[1] ?? 'read-alert';
  const about = `${url.pathname.replace('/api/', '')} ${url.searchParams.get('$filter') ?? ''}`.trim();
  const by = decodeJwt((incoming.headers.authorization ?? '').replace(/^Bearer /, ''))['oid'];
  const left = { trouble: undefined, status: undefined, answeredAt: undefined };
  return {
    what: 'call',
    at,
    api,
    about,
    by: typeof by === 'string' ? by : 'the app',
    comment: commentIn(body),
    ...left,
  };
}

function commentIn(body: Buffer): string | undefined {
  if (body.length === 0) return undefined;
  const { Comment: comment } = JSON.parse(body.toString('utf8')) as { readonly Comment?: string };
  return comment;
}

async function passedOn(url: URL, call: IncomingMessage, body: Buffer): Promise<Told> {
  const { method = 'GET' } = call;
  const outgoing = request(url, { method, headers: { ...call.headers, host: url.host } });
  // What breaks later breaks the reading of the answer, too, and is told there.
  outgoing.on('error', () => undefined);
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const type = response.headers['content-type'] ?? 'application/json';
  return { status: response.statusCode ?? 0, type, body: await bodyOf(response) };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
