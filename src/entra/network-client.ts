import { AuthError } from '@azure/msal-node';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { z } from 'zod';
import { readJson } from '../net/read-json.ts';
import type { Net } from '../net/request.ts';
import { readRetryAfter } from '../net/retry-after.ts';
import type { Clock } from '../scan/ports.ts';
import type { Time } from '../scan/ids.ts';
import { SECOND } from '../scan/time.ts';
import type { OperatorLog } from './operator-log.ts';

/** Short enough for a press that Teams waits for. */
const ENTRA_TIMEOUT = 8 * SECOND;

export interface EntraAccess {
  readonly net: Net;
  readonly clock: Clock;
  readonly log: OperatorLog;
  readonly timeoutMs?: number;
}

const jsonObject = z.record(z.string(), z.unknown());

/** MSAL's way to Entra. MSAL swallows why a call failed and when to come back: both are kept here. */
export class EntraNetwork implements INetworkModule {
  readonly #access: EntraAccess;
  #retryAt: Time | undefined;

  constructor(access: EntraAccess) {
    this.#access = access;
  }

  /** When Entra's last answer asked us to come back; a time that has passed is none. */
  retryAt(): Time | undefined {
    return this.#retryAt !== undefined && this.#retryAt > this.#access.clock.now() ? this.#retryAt : undefined;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send('GET', url, options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send('POST', url, options);
  }

  async #send<T>(method: string, url: string, options: NetworkRequestOptions = {}): Promise<NetworkResponse<T>> {
    const answer = await this.#access.net.request({
      url,
      method,
      ...(options.headers === undefined ? {} : { headers: options.headers }),
      ...(options.body === undefined ? {} : { body: options.body }),
      timeoutMs: this.#access.timeoutMs ?? ENTRA_TIMEOUT,
    });
    if (!answer.ok) throw this.#unusable(answer.detail);
    this.#retryAt = readRetryAfter(answer.headers['retry-after'], this.#access.clock.now());
    const body = jsonObject.safeParse(readJson(answer.text)).data;
    if (body === undefined) throw this.#unusable(`${hostAndPath(url)}: ${answer.status} without JSON`);
    // MSAL checks the fields itself, and keeps a refusal's status only when it finds it in the body.
    const told = answer.status < 400 ? body : { ...body, status: answer.status };
    return { status: answer.status, headers: { ...answer.headers }, body: told as T };
  }

  #unusable(detail: string): AuthError {
    this.#access.log.warn({ detail }, 'Entra gave no usable answer');
    return new AuthError('network_error', '', detail);
  }
}

function hostAndPath(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
