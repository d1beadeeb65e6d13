import { z } from 'zod';

const words = z.string().optional().catch(undefined);
const claims = z.object({
  aud: words,
  scp: words,
  ver: words,
  roles: z.array(z.string()).optional().catch(undefined),
});

export type Claims = z.infer<typeof claims>;

/** What a token says of itself. Not verified: it came from Entra just now, and nothing is decided by it. */
export function claimsIn(token: string): Claims {
  try {
    return claims.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}
