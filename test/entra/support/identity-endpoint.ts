import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';

/** Where a platform hands out tokens of a managed identity: App Service's way and a virtual machine's. */
export class IdentityEndpointStandIn {
  readonly url: string;
  readonly asked: {
    readonly path: string;
    readonly secret: unknown;
    readonly metadata: unknown;
    readonly query: URLSearchParams;
  }[] = [];
  status = 200;
  body: unknown = {};
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${port}`;
    server.on('request', (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
      const { 'x-identity-header': secret, metadata } = request.headers;
      this.asked.push({ path: pathname, secret, metadata, query: searchParams });
      response.statusCode = this.status;
      response.end(JSON.stringify(this.body));
    });
  }

  static async start(): Promise<IdentityEndpointStandIn> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return new IdentityEndpointStandIn(server, typeof address === 'object' ? (address?.port ?? 0) : 0);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
