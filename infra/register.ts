import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { exposedApi, newRegistration, settings, trustInIdentity, trustInTeams } from './app-registration.ts';
import type { Wishes } from './app-registration.ts';
import type { Graph } from './graph.ts';

const registration = z.object({
  id: z.string(),
  appId: z.string(),
  api: z
    .object({
      oauth2PermissionScopes: z.array(z.looseObject({ id: z.string(), value: z.string().nullish() })).nullish(),
    })
    .nullish(),
  web: z.object({ redirectUris: z.array(z.string()).nullish() }).nullish(),
  requiredResourceAccess: z
    .array(
      z.object({
        resourceAppId: z.string(),
        resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })),
      }),
    )
    .nullish(),
});
const registrations = z.object({ value: z.array(registration) });
const credentials = z.object({ value: z.array(z.object({ subject: z.string() })) });
const servicePrincipals = z.object({ value: z.array(z.unknown()) });
const organization = z.object({ value: z.array(z.object({ id: z.string() })).min(1) });
const password = z.object({ secretText: z.string(), endDateTime: z.string() });

export type Registration = z.infer<typeof registration>;

/** Several apps bear the name: which one is meant has to be said. */
export class Ambiguous extends Error {
  override readonly name = 'Ambiguous';
}

/** The app that is meant: the one with this id, else the only one of that name, else a new one. */
export async function findOrCreate(graph: Graph, wishes: Wishes, appId: string | undefined): Promise<Registration> {
  if (appId !== undefined) return registration.parse(await graph.get(`/applications(appId='${appId}')`));
  const named = encodeURIComponent(`displayName eq '${wishes.name.replaceAll("'", "''")}'`);
  const { value } = registrations.parse(await graph.get(`/applications?$filter=${named}`));
  const [first, second] = value;
  if (second !== undefined) throw new Ambiguous(`Several apps are called ${wishes.name}: say which by --app-id.`);
  return first ?? registration.parse(await graph.post('/applications', newRegistration(wishes)));
}

/** Brings the app to the state that the bot needs; takes away nothing but public clients. Run again, it changes nothing more. */
export async function settle(graph: Graph, app: Registration, wishes: Wishes): Promise<void> {
  const scopes = app.api?.oauth2PermissionScopes ?? [];
  const scopeId = scopes.find(({ value }) => value === 'access_as_user')?.id ?? randomUUID();
  const others = scopes.filter(({ id }) => id !== scopeId);
  const present = { redirectUris: app.web?.redirectUris ?? [], access: app.requiredResourceAccess ?? [] };
  await graph.patch(`/applications/${app.id}`, settings(wishes, present));
  await graph.patch(`/applications/${app.id}`, exposedApi(app.appId, scopeId, others));
  await graph.patch(`/applications/${app.id}`, trustInTeams(scopeId));
  const filter = encodeURIComponent(`appId eq '${app.appId}'`);
  const { value } = servicePrincipals.parse(await graph.get(`/servicePrincipals?$filter=${filter}`));
  if (value.length === 0) await graph.post('/servicePrincipals', { appId: app.appId });
}

export async function tenantOf(graph: Graph): Promise<string> {
  const [first] = organization.parse(await graph.get('/organization?$select=id')).value;
  return first?.id ?? '';
}

export interface Identity {
  readonly tenantId: string;
  readonly principalId: string;
}

export async function trustIdentity(graph: Graph, app: Registration, wishes: Wishes, by: Identity): Promise<void> {
  const path = `/applications/${app.id}/federatedIdentityCredentials`;
  const { value } = credentials.parse(await graph.get(path));
  if (value.some(({ subject }) => subject === by.principalId)) return;
  await graph.post(path, trustInIdentity(wishes.cloud, by.tenantId, by.principalId));
}

export interface Secret {
  readonly text: string;
  readonly ends: string;
}

export async function newSecret(graph: Graph, app: Registration): Promise<Secret> {
  const passwordCredential = { displayName: 'OAuth connection of Scan Bot' };
  const { secretText, endDateTime } = password.parse(
    await graph.post(`/applications/${app.id}/addPassword`, { passwordCredential }),
  );
  return { text: secretText, ends: endDateTime };
}
