import type { Net } from '../net/request.ts';
import type { DefenderScan } from '../scan/defender-scan.ts';
import type { Device, ScanType } from '../scan/device.ts';
import type { ActionId, DeviceId, Time } from '../scan/ids.ts';
import type { DeviceLists } from '../scan/finding/device-lists.ts';
import type { Person } from '../scan/person.ts';
import type { Clock, Defender, Reader } from '../scan/ports.ts';
import { answered } from '../scan/refusal.ts';
import type { Answer } from '../scan/refusal.ts';
import { LONGEST_CALL } from '../scan/moves.ts';
import type { CallBudget } from './call-budget.ts';
import type { Caller } from './calls.ts';
import { DefenderClient } from './client.ts';

/** Where the tokens come from. */
export interface DefenderTokens {
  /** `fresh`: not the one at hand, Defender refused it. */
  token(person: Person, want: 'scan' | 'hunting', options?: { readonly fresh?: boolean }): Promise<Answer<string>>;
  /** As whom Defender may name the person; known once there was a token. */
  accounts(person: Person): readonly string[];
  application(options?: { readonly fresh?: boolean }): Promise<Answer<string>>;
}

export interface DefenderSettings {
  /** Without `/api`. */
  readonly baseUrl: string;
  readonly net: Net;
  readonly clock: Clock;
  readonly budget: CallBudget;
  readonly tokens: DefenderTokens;
  readonly timeoutMs?: number;
}

export type TokenSource = (fresh: boolean) => Promise<Answer<string>>;

/** Defender, each call with a token of whoever asks. */
export class DefenderInPersonsName implements Defender, DeviceLists {
  readonly #client: DefenderClient;
  readonly #tokens: DefenderTokens;
  readonly #clock: Clock;
  readonly #timeoutMs: Time;

  constructor(settings: DefenderSettings) {
    const { timeoutMs = LONGEST_CALL } = settings;
    this.#client = new DefenderClient({ ...settings, timeoutMs });
    this.#tokens = settings.tokens;
    this.#clock = settings.clock;
    this.#timeoutMs = timeoutMs;
  }

  async accountsOf(person: Person, options: { readonly fresh?: boolean } = {}): Promise<Answer<readonly string[]>> {
    const token = await this.#tokens.token(person, 'scan', options);
    return token.ok ? answered(this.#tokens.accounts(person)) : token;
  }

  findDevices(person: Person, idOrName: string): Promise<Answer<readonly Device[]>> {
    return inNameOf(this.#personal(person), (token) => this.#client.findDevices(ownAction(token), idOrName));
  }

  devicesOf(person: Person): Promise<Answer<readonly Device[]>> {
    return inNameOf(this.#personal(person), (token) => this.#client.devicesOf(searching(token)));
  }

  devicesAt(person: Person, address: string): Promise<Answer<readonly Device[]>> {
    return inNameOf(this.#personal(person), (token) => this.#client.devicesAt(searching(token), address));
  }

  visibleDevices(person: Person, ids: readonly DeviceId[]): Promise<Answer<ReadonlySet<DeviceId>>> {
    return inNameOf(this.#personal(person), (token) => this.#client.visibleDevices(ownAction(token), ids));
  }

  startScan(person: Person, device: DeviceId, type: ScanType, comment: string): Promise<Answer<DefenderScan>> {
    // Everything together, a second token included, ends in the time after which the start may be looked up.
    const scan = { type, comment, before: this.#clock.now() + this.#timeoutMs };
    return inNameOf(this.#personal(person), (token) => this.#client.startScan(ownAction(token), device, scan));
  }

  scansOfDevice(reader: Reader, device: DeviceId): Promise<Answer<readonly DefenderScan[]>> {
    return inNameOf(this.#sourceFor(reader), (token) => this.#client.scansOfDevice(ownAction(token), device));
  }

  scansSince(reader: Reader, since: Time, starters?: readonly string[]): Promise<Answer<readonly DefenderScan[]>> {
    const following = (token: string): Caller => ({ token, reserve: false });
    return inNameOf(this.#sourceFor(reader), (token) => this.#client.scansSince(following(token), since, starters));
  }

  scan(reader: Reader, id: ActionId): Promise<Answer<DefenderScan>> {
    return inNameOf(this.#sourceFor(reader), (token) => this.#client.scan(ownAction(token), id));
  }

  cancelScan(person: Person, id: ActionId, comment: string): Promise<Answer<DefenderScan>> {
    return inNameOf(this.#personal(person), (token) => this.#client.cancelScan(ownAction(token), id, comment));
  }

  #personal(person: Person): TokenSource {
    return (fresh) => this.#tokens.token(person, 'scan', { fresh });
  }

  #sourceFor(reader: Reader): TokenSource {
    return reader.as === 'person' ? this.#personal(reader.person) : (fresh) => this.#tokens.application({ fresh });
  }
}

/** After a 401 once more with a new token. This holds for a start, too: what was not let in was not done. */
export async function inNameOf<T>(
  source: TokenSource,
  call: (token: string) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const first = await source(false);
  if (!first.ok) return first;
  const answer = await call(first.value);
  if (answer.ok || answer.refusal.kind !== 'unauthorized') return answer;
  const fresh = await source(true);
  return fresh.ok ? call(fresh.value) : fresh;
}

/** What is asked while somebody types must leave room for what they then ask for. */
function searching(token: string): Caller {
  return { token, reserve: false };
}

function ownAction(token: string): Caller {
  return { token, reserve: true };
}
