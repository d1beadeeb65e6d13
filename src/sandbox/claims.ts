import { decodeJwt } from 'jose';
import type { JWTPayload } from 'jose';

/** What a token says of itself, not verified; undefined where it is none. `Bearer` may stand before it. */
export function claimsIn(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token.replace(/^bearer /i, ''));
  } catch {
    return undefined;
  }
}
