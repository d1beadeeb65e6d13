import type { JWTPayload } from 'jose';

/** In whose name Defender is called, and with which rights. */
export interface DefenderBearer {
  readonly kind: 'person' | 'app';
  readonly oid: string | undefined;
  readonly upn: string | undefined;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
}

export function readDefenderBearer(claims: JWTPayload): DefenderBearer {
  const roles: unknown = claims['roles'];
  return {
    kind: claims['idtyp'] === 'app' ? 'app' : 'person',
    oid: textOf(claims['oid']),
    upn: textOf(claims['upn']),
    scopes: textOf(claims['scp'])?.split(' ') ?? [],
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
  };
}

function textOf(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' ? claim : undefined;
}
