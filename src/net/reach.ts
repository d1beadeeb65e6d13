import { lookup } from 'node:dns/promises';
import { connect as connectPlain } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export type Unreached = 'name' | 'refused' | 'timeout' | 'certificate';

export type Reach =
  | { readonly ok: true; readonly ms: number; readonly certificateEnds: Date | undefined }
  /** `code` is Node's or OpenSSL's own word. */
  | { readonly ok: false; readonly why: Unreached; readonly code: string };

/** Looks a name up and shakes hands, with TLS where the address says https. Sends nothing. */
export async function reach(address: string, timeoutMs: number): Promise<Reach> {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const started = performance.now();
  try {
    await lookup(host);
  } catch (fault) {
    return { ok: false, why: 'name', code: codeOf(fault) };
  }
  try {
    const certificateEnds = await shakeHands(url, host, timeoutMs);
    return { ok: true, ms: Math.round(performance.now() - started), certificateEnds };
  } catch (fault) {
    return { ok: false, why: whyOf(codeOf(fault)), code: codeOf(fault) };
  }
}

function shakeHands(url: URL, host: string, timeoutMs: number): Promise<Date | undefined> {
  return new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const port = Number(url.port === '' ? (secure ? 443 : 80) : url.port);
    const done = (socket: Socket, ends: Date | undefined): void => {
      socket.destroy();
      resolve(ends);
    };
    const socket = secure
      ? connectTls({ host, port, servername: host, timeout: timeoutMs }, function (this: Socket) {
          done(this, endOf(this));
        })
      : connectPlain({ host, port, timeout: timeoutMs }, function (this: Socket) {
          done(this, undefined);
        });
    socket.once('error', reject);
    socket.once('timeout', () => socket.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
  });
}

function endOf(socket: Socket): Date | undefined {
  const certificate: unknown =
    'getPeerCertificate' in socket ? Reflect.apply(socket.getPeerCertificate as () => unknown, socket, []) : undefined;
  const ends: unknown =
    typeof certificate === 'object' && certificate !== null ? Reflect.get(certificate, 'valid_to') : undefined;
  return typeof ends === 'string' ? new Date(ends) : undefined;
}

function whyOf(code: string): Unreached {
  if (code === 'ETIMEDOUT') return 'timeout';
  return /CERT|SIGNATURE|ISSUER|ALTNAME|SSL|TLS/.test(code) ? 'certificate' : 'refused';
}

function codeOf(fault: unknown): string {
  const code: unknown = typeof fault === 'object' && fault !== null ? Reflect.get(fault, 'code') : undefined;
  return typeof code === 'string' && /^[\w-]{1,64}$/.test(code) ? code : 'unknown';
}
