import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

interface Scope {
  readonly id: string;
}

/** Microsoft Graph, as far as an app registration goes: it keeps the rules that a script trips over. */
export class GraphStandIn {
  readonly apps = new Map<string, Json>();
  readonly principals: Json[] = [];
  readonly trusts = new Map<string, Json[]>();
  readonly seen: string[] = [];
  token = 'admin';
  #server: Server | undefined;

  async open(): Promise<string> {
    const server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body }) => {
        response.statusCode = status;
        response.setHeader('content-type', 'application/json');
        response.end(status === 204 ? undefined : JSON.stringify(body));
      });
    });
    this.#server = server;
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server?.close();
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const url = new URL(request.url ?? '/', 'http://graph');
    const path = url.pathname.replace(/^\/v1\.0/, '');
    this.seen.push(`${request.method ?? ''} ${path}`);
    if (request.headers.authorization !== `Bearer ${this.token}`) return refused(401, 'InvalidAuthenticationToken');
    const body = await bodyOf(request);
    const filter = url.searchParams.get('$filter') ?? '';
    if (request.method === 'GET')
      return this.#get(path, /'((?:[^']|'')*)'$/.exec(filter)?.[1]?.replaceAll("''", "'") ?? '');
    return request.method === 'POST' ? this.#post(path, body) : this.#patch(path, body);
  }

  #get(path: string, wanted: string): { status: number; body: unknown } {
    if (path === '/organization') return found([{ id: '7d4e2f10-5b1c-4b7e-9a35-0c1d2e3f4a5b' }]);
    if (path === '/applications') return found([...this.apps.values()].filter((app) => app['displayName'] === wanted));
    if (path === '/servicePrincipals') return found(this.principals.filter((one) => one['appId'] === wanted));
    if (path.endsWith('/federatedIdentityCredentials')) return found(this.trusts.get(idIn(path)) ?? []);
    const [, appId] = /^\/applications\(appId='([^']+)'\)$/.exec(path) ?? [];
    const app = [...this.apps.values()].find((one) => one['appId'] === appId);
    return app === undefined ? refused(404, 'Request_ResourceNotFound') : { status: 200, body: app };
  }

  #post(path: string, body: Json): { status: number; body: unknown } {
    if (path === '/applications') {
      const api = { ...(body['api'] as Json | undefined), oauth2PermissionScopes: [] };
      const app = { ...body, api, id: randomUUID(), appId: randomUUID() };
      this.apps.set(app.id, app);
      return { status: 201, body: app };
    }
    if (path === '/servicePrincipals') {
      this.principals.push(body);
      return { status: 201, body };
    }
    if (path.endsWith('/addPassword')) {
      return { status: 200, body: { secretText: 'sesame', endDateTime: '2028-11-21T00:00:00Z' } };
    }
    this.trusts.set(idIn(path), [...(this.trusts.get(idIn(path)) ?? []), body]);
    return { status: 201, body };
  }

  /** As Graph does it: an address must hold the id of the app, a client may be trusted only with a scope that exists. */
  #patch(path: string, body: Json): { status: number; body: unknown } {
    const app = this.apps.get(idIn(path));
    if (app === undefined) return refused(404, 'Request_ResourceNotFound');
    const uris = (body['identifierUris'] ?? []) as string[];
    if (uris.some((uri) => !uri.includes(String(app['appId'])))) return refused(400, 'Request_BadRequest');
    const api = { ...(app['api'] as Json | undefined), ...(body['api'] as Json | undefined) };
    const scopes = ((app['api'] as Json | undefined)?.['oauth2PermissionScopes'] ?? []) as Scope[];
    const trusted = ((body['api'] as Json | undefined)?.['preAuthorizedApplications'] ?? []) as {
      delegatedPermissionIds: string[];
    }[];
    const known = new Set(scopes.map(({ id }) => id));
    if (trusted.some((one) => one.delegatedPermissionIds.some((id) => !known.has(id)))) {
      return refused(400, 'InvalidValue');
    }
    this.apps.set(idIn(path), { ...app, ...body, api });
    return { status: 204, body: undefined };
  }
}

function idIn(path: string): string {
  return path.split('/')[2] ?? '';
}

function found(value: readonly unknown[]): { status: number; body: unknown } {
  return { status: 200, body: { value } };
}

function refused(status: number, code: string): { status: number; body: unknown } {
  return { status, body: { error: { code, message: 'No.' } } };
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Json);
}
