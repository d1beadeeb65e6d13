import type { Activity } from 'botbuilder';
import { AuthenticationError, BotFrameworkAuthentication, ClaimsIdentity } from 'botframework-connector';
import type { AuthenticateRequestResult, ConnectorFactory, UserTokenClient } from 'botframework-connector';
import { createHash } from 'node:crypto';
import { decodeJwt, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Net } from '../net/request.ts';
import { readPersonId } from '../scan/ids.ts';
import type { Time } from '../scan/ids.ts';
import type { Clock } from '../scan/ports.ts';
import { MINUTE, SECOND } from '../scan/time.ts';
import { ChannelKeys, KeysUnavailable } from './channel-keys.ts';
import { InertConnectorFactory, InertUserTokenClient } from './inert-clients.ts';
import { serviceBase } from './service-hosts.ts';

export interface TrustSettings {
  readonly appId: string;
  readonly tenantId: string;
  readonly openIdMetadataUrl: string;
  /** Who signs the channel's tokens: exactly this one. */
  readonly issuer: string;
  readonly serviceHosts: readonly string[];
}

/** How far the service's clock may be from ours. */
const SKEW_SECONDS = 300;
/** A key that the channel withdraws is trusted no longer than this. */
const REMEMBER_FOR = 5 * MINUTE;
const REMEMBERED = 1000;
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;

const Place = z.object({ channelId: z.literal('msteams'), serviceUrl: z.string() });
const Sender = z.object({
  type: z.string().min(1),
  from: z.object({ aadObjectId: z.unknown().optional() }).optional().catch(undefined),
  conversation: z.object({ tenantId: z.unknown().optional() }).optional().catch(undefined),
  channelData: z
    .object({ tenant: z.object({ id: z.unknown().optional() }) })
    .optional()
    .catch(undefined),
});

interface Verified {
  readonly claims: JWTPayload;
  readonly until: Time;
}

/**
 * Lets one road in: a token of the Bot Framework channel for this bot, about Teams, about this tenant. The SDK's other
 * roads (emulator, skills, App Service extension, streaming) are absent: they would take any Entra token that names the bot, such as
 * a person's own sign-in, and store what nobody has verified.
 */
export class InboundTrust extends BotFrameworkAuthentication {
  readonly #settings: TrustSettings;
  readonly #clock: Clock;
  readonly #keys: ChannelKeys;
  readonly #verified = new LRUCache<string, Verified>({ max: REMEMBERED });
  readonly #connectors = new InertConnectorFactory();
  readonly #userTokens = new InertUserTokenClient();

  constructor(settings: TrustSettings, net: Net, clock: Clock) {
    super();
    this.#settings = settings;
    this.#clock = clock;
    this.#keys = new ChannelKeys(settings.openIdMetadataUrl, net);
  }

  get hasKeys(): boolean {
    return this.#keys.areKnown;
  }

  override async authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    const token = bearerOf(authHeader) ?? refuse(401, 'no-bearer');
    const place = Place.safeParse(activity).data ?? refuse(401, 'not-teams');
    if (serviceBase(place.serviceUrl, this.#settings.serviceHosts) === undefined) refuse(401, 'service-url');
    const claims = await this.#claimsOf(token);
    if (claims['serviceurl'] !== place.serviceUrl) refuse(401, 'service-url-claim');
    this.#checkSender(activity);
    const identity = new ClaimsIdentity(
      Object.entries(claims).map(([type, value]) => ({ type, value: String(value) })),
      true,
    );
    return { audience: this.#settings.issuer, claimsIdentity: identity, connectorFactory: this.#connectors };
  }

  /** The token alone, before there is an activity: whose it is not, that one is not listened to. */
  async screen(authHeader: string): Promise<void> {
    await this.#claimsOf(bearerOf(authHeader) ?? refuse(401, 'no-bearer'));
  }

  override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new AuthenticationError('streaming', 401));
  }

  override createConnectorFactory(): ConnectorFactory {
    return this.#connectors;
  }

  override createUserTokenClient(): Promise<UserTokenClient> {
    return Promise.resolve(this.#userTokens);
  }

  /** A token that was verified within the last minutes is not verified again; its end is looked at each time. */
  async #claimsOf(token: string): Promise<JWTPayload> {
    const hash = createHash('sha256').update(token).digest('base64');
    const now = this.#clock.now();
    const known = this.#verified.get(hash);
    if (known !== undefined && now < known.until) return known.claims;
    const claims = await this.#verify(token);
    // jose would also take a list that has the bot among others.
    if (claims.aud !== this.#settings.appId) refuse(401, 'audience');
    this.#verified.set(hash, { claims, until: Math.min(now + REMEMBER_FOR, (claims.exp ?? 0) * SECOND) });
    return claims;
  }

  async #verify(token: string): Promise<JWTPayload> {
    const { appId, issuer } = this.#settings;
    // Nobody's keys are needed to turn away what does not even claim to be from there to here.
    if (!claims(token, issuer, appId)) return refuse(401, 'token');
    try {
      const { payload } = await jwtVerify(token, (header, input) => this.#keys.find(header, input), {
        algorithms: ['RS256'],
        issuer,
        audience: appId,
        requiredClaims: ['exp', 'serviceurl'],
        clockTolerance: SKEW_SECONDS,
        currentDate: new Date(this.#clock.now()),
      });
      return payload;
    } catch (fault) {
      if (fault instanceof KeysUnavailable) throw fault;
      return refuse(401, 'token');
    }
  }

  /** Who may speak: this tenant only, and for what acts in somebody's name a person with an Entra identity. */
  #checkSender(activity: Activity): void {
    const sender = Sender.safeParse(activity).data ?? refuse(400, 'no-type');
    const tenants = [sender.conversation?.tenantId, sender.channelData?.tenant.id].filter((id) => id !== undefined);
    if (tenants.length === 0 || tenants.some((id) => !this.#isOurs(id))) refuse(403, 'tenant');
    const acts = sender.type === 'message' || sender.type === 'invoke';
    if (acts && readPersonId(sender.from?.aadObjectId) === undefined) refuse(403, 'no-person');
  }

  #isOurs(tenant: unknown): boolean {
    return typeof tenant === 'string' && tenant.toLowerCase() === this.#settings.tenantId.toLowerCase();
  }
}

/** Not proven by that. */
function claims(token: string, issuer: string, audience: string): boolean {
  try {
    const { iss, aud } = decodeJwt(token);
    return iss === issuer && [aud].flat().includes(audience);
  } catch {
    return false;
  }
}

/** The token, if the header has the form of one. Says nothing about whose it is. */
function bearerOf(authorization: string): string | undefined {
  return BEARER.exec(authorization)?.[1];
}

/** `why` is for our own log and never sent. */
function refuse(status: 400 | 401 | 403, why: string): never {
  throw new AuthenticationError(why, status);
}
