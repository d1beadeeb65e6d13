import type { IncomingMessage } from 'node:http';

export type Body =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'too-large' }
  /** The client went away. */
  | { readonly is: 'broken' };

/**
 * The whole body, kept only while it is within `most` bytes, whether the client tells its length or not. What is too
 * much is let run off: closing at once would break the client's pipe before it can read why.
 */
export function readBody(request: IncomingMessage, most: number): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    const tooLarge = (): void => {
      chunks.length = 0;
      request.removeListener('data', take).resume();
      resolve({ is: 'too-large' });
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > most) tooLarge();
      else chunks.push(chunk);
    };
    request.on('error', () => {
      resolve({ is: 'broken' });
    });
    request.on('close', () => {
      resolve({ is: 'broken' });
    });
    request.on('end', () => {
      resolve({ is: 'text', text: Buffer.concat(chunks).toString('utf8') });
    });
    if (Number(request.headers['content-length'] ?? 0) > most) tooLarge();
    else request.on('data', take);
  });
}
