import { once } from 'node:events';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import type { Time } from '../../scan/ids.ts';
import type { Clock } from '../../scan/ports.ts';
import type { SandboxPerson } from '../person.ts';
import { localhostChain } from './certificates.ts';
import { ClientProof } from './client-proof.ts';
import type { FederatedIdentity } from './client-proof.ts';
import { readDefenderBearer } from './defender-bearer.ts';
import type { DefenderBearer } from './defender-bearer.ts';
import { GraphStandIn } from './graph-stand-in.ts';
import { Issuer } from './issuer.ts';
import type { Claims, Tenant } from './issuer.ts';
import { EntraMoods } from './moods.ts';
import { refusalReply } from './refusal-body.ts';
import type { TokenReply } from './refusal-body.ts';
import { SigningKey } from './signing-key.ts';
import { TokenEndpoint } from './token-endpoint.ts';
import { WireLog } from './wire-log.ts';
import type { WireLine } from './wire-log.ts';

export interface EntraOptions {
  readonly tenantId: string;
  readonly appId: string;
  readonly people: readonly SandboxPerson[];
  readonly defenderAudience?: string;
  readonly graphAudience?: string;
  readonly connectorAudience?: string;
  readonly port?: number;
  /** By which tokens are issued and expire; the machine's own when none is given. */
  readonly clock?: Pick<Clock, 'now'>;
  /** Told of every exchange. */
  readonly onWire?: (line: WireLine) => void;
}

interface Parts {
  readonly server: Server;
  readonly tenant: Tenant;
  readonly caPem: string;
  readonly key: SigningKey;
  readonly onWire: ((line: WireLine) => void) | undefined;
}

/** Entra for one tenant and one app, on this machine: https with an authority of its own, real keys, real checks. */
export class EntraStandIn {
  readonly url: string;
  /** The authority to trust: `NODE_EXTRA_CA_CERTS`, or `createNet({ extraCa })`. */
  readonly caPem: string;
  readonly moods = new EntraMoods();
  /** Microsoft Graph stands on the same address. */
  readonly graph = new GraphStandIn();
  readonly #parts: Parts;
  readonly #issuer: Issuer;
  readonly #proof: ClientProof;
  readonly #tokens: TokenEndpoint;
  readonly #wire: WireLog;

  private constructor(parts: Parts) {
    const { tenant, key } = parts;
    this.#parts = parts;
    this.url = tenant.url;
    this.caPem = parts.caPem;
    this.#issuer = new Issuer(tenant, key);
    this.#proof = new ClientProof(tenant.appId, this.moods);
    this.#wire = new WireLog(parts.onWire);
    this.#tokens = new TokenEndpoint({ tenant, key, issuer: this.#issuer, proof: this.#proof, moods: this.moods });
    parts.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      // Whoever hung up gets no answer; nothing else is lost.
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  static async start(options: EntraOptions): Promise<EntraStandIn> {
    const { caPem, certificatePem, keyPem } = localhostChain();
    const server = createServer({ key: keyPem, cert: certificatePem });
    server.listen(options.port ?? 0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const tenant = {
      connectorAudience: 'https://api.botframework.com',
      defenderAudience: 'https://api.securitycenter.microsoft.com',
      graphAudience: 'https://graph.microsoft.com',
      ...options,
      now: (): Time => options.clock?.now() ?? Date.now(),
      url: `https://localhost:${port}`,
    };
    const { onWire } = options;
    return new EntraStandIn({ server, tenant, caPem, key: await SigningKey.make('sandbox-1'), onWire });
  }

  /** What went over the wire, newest last; never a token or a secret. */
  get wire(): readonly WireLine[] {
    return this.#wire.lines;
  }

  /** A person's sign-in to the bot. A claim set to `undefined` is left out. */
  assertionFor(oid: string, overrides: Claims = {}): Promise<string> {
    return this.#parts.key.sign(this.#issuer.assertionClaims(oid, overrides));
  }

  /** The same, signed by somebody else: under our key's name, or under one that nobody publishes. */
  async forgedAssertionFor(oid: string, under: 'our-key-id' | 'own-key-id'): Promise<string> {
    const foreignKey = await SigningKey.make('foreign-1');
    const claims = this.#issuer.assertionClaims(oid);
    return foreignKey.sign(claims, under === 'our-key-id' ? this.#parts.key.kid : foreignKey.kid);
  }

  registerCertificate(pem: string): void {
    this.#proof.addCertificate(pem);
  }

  registerFederated(identity: FederatedIdentity): void {
    this.#proof.addFederated(identity);
  }

  /** Throws unless it is the bot's own token for the connector. */
  async verifyBotToken(token: string): Promise<void> {
    const { tenant, key } = this.#parts;
    const claims = await key.verify(token, [tenant.connectorAudience], tenant.now());
    if (claims['appid'] !== tenant.appId || claims['idtyp'] !== 'app') throw new Error('not a token of the bot');
  }

  /** Throws unless it is a token of this tenant for Defender. */
  async verifyDefenderToken(token: string): Promise<DefenderBearer> {
    const { tenant, key } = this.#parts;
    const claims = await key.verify(token, [tenant.defenderAudience], tenant.now());
    if (this.#issuer.issuedAt(claims['uti']) <= (this.moods.tokensEndedAt ?? -1)) throw new Error('token ended');
    return readDefenderBearer(claims);
  }

  async close(): Promise<void> {
    const { server } = this.#parts;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const { pathname } = new URL(request.url ?? '/', this.url);
    if (pathname === '/v1.0/me/checkMemberGroups') return this.#serveGraph(request, response, body);
    const form = new URLSearchParams(body);
    if (this.moods.slowMs > 0) await after(this.moods.slowMs, undefined, { ref: false });
    if (this.moods.down) {
      request.socket.destroy();
      return;
    }
    const { reply, oid } = await this.#answer(request.method ?? '', pathname, form);
    this.#wire.add({ method: request.method ?? '', path: pathname, form, reply, oid });
    response.statusCode = reply.status;
    response.setHeader('content-type', this.moods.proxyPage ? 'text/html' : 'application/json; charset=utf-8');
    for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
    response.end(this.moods.proxyPage ? '<html>Please sign in to the proxy</html>' : JSON.stringify(reply.body));
  }

  async #serveGraph(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const { slowMs } = this.graph.moods;
    if (slowMs > 0) await after(slowMs, undefined, { ref: false });
    const reply = this.graph.answer(await this.#graphBearer(request.headers.authorization ?? ''), body);
    const method = request.method ?? '';
    this.#wire.add({ method, path: request.url ?? '', form: new URLSearchParams(), reply, oid: undefined });
    response.statusCode = reply.status;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(reply.body));
  }

  async #graphBearer(authorization: string): Promise<Claims | undefined> {
    const { tenant, key } = this.#parts;
    try {
      return await key.verify(authorization.replace(/^Bearer /, ''), [tenant.graphAudience], tenant.now());
    } catch {
      return undefined;
    }
  }

  async #answer(method: string, path: string, form: URLSearchParams): Promise<{ reply: TokenReply; oid?: string }> {
    const home = `/${this.#parts.tenant.tenantId.toLowerCase()}`;
    const wanted = path.toLowerCase();
    if (!wanted.startsWith(`${home}/`)) return { reply: refusalReply('wrong-tenant') };
    switch (`${method} ${wanted.slice(home.length)}`) {
      case 'GET /v2.0/.well-known/openid-configuration':
        return { reply: { status: 200, body: this.#discovery() } };
      case 'GET /discovery/v2.0/keys':
        return { reply: { status: 200, body: { keys: [this.#parts.key.jwk] } } };
      case 'POST /oauth2/v2.0/token':
        return this.#tokens.answer(form, this.#discovery().token_endpoint);
      default:
        return { reply: { status: 404, body: { error: 'not_found' } } };
    }
  }

  #discovery(): { readonly token_endpoint: string } & Claims {
    const home = `${this.url}/${this.#parts.tenant.tenantId}`;
    return {
      issuer: this.#issuer.name,
      authorization_endpoint: `${home}/oauth2/v2.0/authorize`,
      token_endpoint: `${home}/oauth2/v2.0/token`,
      end_session_endpoint: `${home}/oauth2/v2.0/logout`,
      jwks_uri: `${home}/discovery/v2.0/keys`,
    };
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
