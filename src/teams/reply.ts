import type { IncomingMessage, ServerResponse } from 'node:http';

/** An HTTP answer, not yet written. */
export type Reply = (response: ServerResponse) => void;

/** What somebody sends who is not let in is let run off and never kept. */
export function dropped(request: IncomingMessage, code: number): Reply {
  request.resume();
  return status(code);
}

export function status(code: number): Reply {
  return (response) => {
    response.statusCode = code;
    response.end();
  };
}

export function json(code: number, body: unknown): Reply {
  return text(code, 'application/json; charset=utf-8', JSON.stringify(body));
}

/** Status and headers one by one: restify's `writeHead` returns nothing, in every server of the process. */
export function text(code: number, type: string, body: string): Reply {
  return (response) => {
    response.statusCode = code;
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Length', Buffer.byteLength(body));
    response.end(body);
  };
}
