import type { Sent } from './bot-line.ts';
import { innerStatus, type Invokes } from './invokes.ts';
import type { Json } from './json.ts';
import { split } from './rooms.ts';
import type { SignInRequest } from './sign-in-requests.ts';
import type { Stage } from './stage.ts';

/** The Teams web client: who the silent token was issued to. */
const TEAMS_CLIENT = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346';
const CANCELLED = 'CancelledByUser';

export interface SignInOptions {
  /** The identity that signs in on the page; the silent road is closed then. */
  readonly as?: string;
  /** Closes the page. */
  readonly cancel?: boolean;
  /** Types six digits that were never given out. */
  readonly wrongCode?: boolean;
  /** How many clients are open: each sends its own copy of the silent exchange. */
  readonly copies?: number;
  /** Leaves the silent road out. */
  readonly byButton?: boolean;
}

/** Signs people in as Teams does: silently where it can, else by the button and a code. */
export class SignInPlay {
  readonly #stage: Stage;
  readonly #invokes: Invokes;

  constructor(stage: Stage, invokes: Invokes) {
    this.#stage = stage;
    this.#invokes = invokes;
  }

  async play(request: SignInRequest, options: SignInOptions): Promise<Sent> {
    if (options.cancel === true) return this.#tell(request, CANCELLED);
    const { byButton, as, wrongCode } = options;
    const mayBeSilent = byButton !== true && as === undefined && wrongCode !== true;
    const silently = mayBeSilent ? await this.#silently(request, options.copies ?? 1) : undefined;
    if (silently !== undefined) return silently;
    return this.#byButton(this.#stage.requests.newest(request.handle, request.conversation) ?? request, options);
  }

  /** Undefined when it did not work out and the button is next. */
  async #silently(request: SignInRequest, copies: number): Promise<Sent | undefined> {
    const { exchange } = request.offer;
    if (exchange === undefined) return undefined;
    if (request.kind === 'oauth-card' && !this.#matches(request, exchange.uri)) {
      await this.#invoke(request, 'signin/failure', { code: 'resourcematchfailed', message: 'Resource match failed' });
      return undefined;
    }
    const value = await this.#tokenFor(request, exchange.id);
    const sends = Array.from({ length: copies }, () => this.#offer(request, value));
    const sent = await Promise.all(sends);
    const taken = sent.find((one) => isTaken(request, one));
    if (taken !== undefined) this.#stage.requests.drop(request);
    return taken;
  }

  /** Silent exchange by card is for personal chats only, and only for the app's own resource. */
  #matches(request: SignInRequest, uri: string): boolean {
    const room = this.#stage.world.rooms.get(split(request.conversation).room);
    return room.kind === 'personal' && uri === this.#stage.signIns.resourceUri;
  }

  async #tokenFor(request: SignInRequest, id: string): Promise<Json> {
    const { oid } = this.#stage.world.cast.person(request.handle);
    const token = await this.#stage.assertionFor(oid, { azp: TEAMS_CLIENT });
    return { id, connectionName: request.offer.connectionName, token };
  }

  #offer(request: SignInRequest, value: Json): Promise<Sent> {
    if (request.kind === 'oauth-card') return this.#invoke(request, 'signin/tokenExchange', value);
    return this.#again(request, { authentication: value });
  }

  async #byButton(request: SignInRequest, options: SignInOptions): Promise<Sent> {
    const { cast } = this.#stage.world;
    const signin = new URL(request.offer.link ?? 'about:blank').searchParams.get('signin') ?? '';
    const code = await this.#stage.signIns.complete(signin, cast.person(options.as ?? request.handle).oid);
    return this.#tell(request, options.wrongCode === true ? this.#stage.signIns.unusedCode() : code);
  }

  /** Hands a code to the bot, on the way that the request came. */
  async #tell(request: SignInRequest, state: string): Promise<Sent> {
    if (request.kind === 'oauth-card') return this.#invoke(request, 'signin/verifyState', { state });
    const sent = await this.#again(request, { state });
    if (isTaken(request, sent)) this.#stage.requests.drop(request);
    return sent;
  }

  #again(request: SignInRequest & { readonly kind: 'login' }, extra: Json): Promise<Sent> {
    const { handle, conversation, message } = request;
    const value = { ...request.value, ...extra };
    return this.#invokes.send({ handle, conversation, name: 'adaptiveCard/action', value, message });
  }

  #invoke(request: SignInRequest, name: string, value: Json): Promise<Sent> {
    const { handle, conversation } = request;
    // Only the code belongs to a message; the silent exchange comes from the client itself.
    const message = name === 'signin/verifyState' ? request.message : undefined;
    return this.#invokes.send({ handle, conversation, name, value, message });
  }
}

function isTaken(request: SignInRequest, sent: Sent): boolean {
  if (sent.status !== 200) return false;
  const status = request.kind === 'login' ? innerStatus(sent) : 200;
  return status !== 401 && status !== 412;
}
