import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SANDBOX_SECRET } from '../../src/sandbox/entra/client-proof.ts';
import { EntraStandIn } from '../../src/sandbox/entra/entra-stand-in.ts';
import type { SandboxPerson } from '../../src/sandbox/person.ts';
import { ChannelKeys } from '../../src/sandbox/teams/channel-keys.ts';
import { APP_ID, TENANT } from '../../test/support/cast.ts';
import type { Reply, Wire } from './wire.ts';
import { connectorWire, keysWire, tokenWire } from './microsoft.ts';

export interface OutsideParts {
  readonly people: readonly SandboxPerson[];
  /** Defender's side, if a bot is to call it. */
  readonly defender?: Wire;
}

/**
 * Everything around the bots, as lean as can be, so that the load itself is never the limit: one server for the
 * channel's keys, the Connector, the Token Service and Defender; Entra is the sandbox's own, with real signatures.
 */
export class Outside {
  readonly keys: ChannelKeys;
  readonly people: readonly SandboxPerson[];
  readonly #entra: EntraStandIn;
  readonly #server: Server;
  readonly #dir = mkdtempSync(join(tmpdir(), 'scan-bot-bench-'));
  readonly #wires: readonly Wire[];
  /** Called with the path of every message that reaches Teams. */
  onPost: (path: string, body: string) => void = () => undefined;

  private constructor(entra: EntraStandIn, keys: ChannelKeys, { people, defender }: OutsideParts) {
    this.#entra = entra;
    this.keys = keys;
    this.people = people;
    const posted = (path: string, body: string): void => {
      this.onPost(path, body);
    };
    const own = [connectorWire(posted), tokenWire(entra, people)];
    const asked = defender === undefined ? [] : [defender];
    this.#wires = [...own, ...asked, keysWire(keys, () => this.url)];
    this.#server = createServer((request, response) => void this.#serve(request, response));
    writeFileSync(join(this.#dir, 'ca.pem'), entra.caPem);
  }

  static async open(parts: OutsideParts): Promise<Outside> {
    const entra = await EntraStandIn.start({ tenantId: TENANT, appId: APP_ID, people: parts.people });
    const outside = new Outside(entra, await ChannelKeys.generate(), parts);
    await new Promise<void>((resolve) => outside.#server.listen(0, '127.0.0.1', resolve));
    return outside;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get serviceUrl(): string {
    return `${this.url}/amer/${TENANT}/`;
  }

  /** A directory that goes with it. */
  folder(name: string): string {
    return join(this.#dir, name);
  }

  /** What Scan Bot is told by its environment. */
  env(store: string): Readonly<Record<string, string>> {
    return {
      PORT: '0',
      MicrosoftAppId: APP_ID,
      MicrosoftAppTenantId: TENANT,
      MicrosoftAppPassword: SANDBOX_SECRET,
      ENTRA_LOGIN_URL: this.#entra.url,
      GRAPH_API_URL: this.#entra.url,
      BOT_OPENID_METADATA_URL: ChannelKeys.metadataUrl(this.url),
      BOT_TOKEN_SERVICE_URL: this.url,
      DEFENDER_API_URL: this.url,
      TEAMS_SERVICE_HOSTS: new URL(this.url).host,
      DATA_DIR: this.folder(store),
      NODE_EXTRA_CA_CERTS: this.folder('ca.pem'),
      LOG_LEVEL: 'info',
    };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { url: path = '/', method = 'GET' } = request;
    const call = { method, path, text: Buffer.concat(chunks).toString('utf8') };
    const wire = this.#wires.find(({ prefix }) => path.startsWith(prefix));
    const reply: Reply = (await wire?.answer(call)) ?? { status: 404, body: {} };
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    response.statusCode = reply.status;
    response.setHeader('content-type', 'application/json');
    response.setHeader('content-length', Buffer.byteLength(text));
    response.end(text);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await Promise.all([this.#entra.close(), closed]);
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
