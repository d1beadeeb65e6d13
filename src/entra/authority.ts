/** The app in Entra, and where Entra is. */
export interface AppRegistration {
  /** `https://login.microsoftonline.com`, without a slash at the end. */
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly appId: string;
}

export function authorityUrl(app: AppRegistration): string {
  return `${app.loginUrl}/${app.tenantId}`;
}

export function discoveryUrl(app: AppRegistration): URL {
  return new URL(`${authorityUrl(app)}/v2.0/.well-known/openid-configuration`);
}

export function signingKeysUrl(app: AppRegistration): URL {
  return new URL(`${authorityUrl(app)}/discovery/v2.0/keys`);
}

/** Who may have issued a token of this tenant, in tokens of version 2 and 1, in lower case. */
export function issuersOf(app: AppRegistration): readonly string[] {
  return [`${authorityUrl(app)}/v2.0`, `https://sts.windows.net/${app.tenantId}/`].map((issuer) =>
    issuer.toLowerCase(),
  );
}

/** As which audience a token may name this bot: the app itself, or its Application ID URI. */
export function audiencesOf(app: AppRegistration): readonly string[] {
  const ids = [...new Set([app.appId, app.appId.toLowerCase()])];
  return ids.flatMap((id) => [id, `api://${id}`, `api://botid-${id}`]);
}
