import type { TokenReply } from './refusal-body.ts';

const LONGEST = 1000;

/** One exchange, without what is secret in it. */
export interface WireLine {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly grant: string | undefined;
  readonly scope: string | undefined;
  readonly oid: string | undefined;
  readonly status: number;
  readonly error: string | undefined;
}

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly form: URLSearchParams;
  readonly reply: TokenReply;
  readonly oid: string | undefined;
}

export class WireLog {
  readonly #lines: WireLine[] = [];

  get lines(): readonly WireLine[] {
    return this.#lines;
  }

  add({ method, path, form, reply, oid }: Exchange): void {
    const { error } = reply.body;
    this.#lines.push({
      at: Date.now(),
      method,
      path,
      grant: form.get('requested_token_use') ?? form.get('grant_type') ?? undefined,
      scope: form.get('scope') ?? undefined,
      oid,
      status: reply.status,
      error: typeof error === 'string' ? error : undefined,
    });
    if (this.#lines.length > LONGEST) this.#lines.shift();
  }
}
