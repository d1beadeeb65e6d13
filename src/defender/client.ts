import type { DefenderScan } from '../scan/defender-scan.ts';
import type { Device, ScanType } from '../scan/device.ts';
import { readDeviceId } from '../scan/ids.ts';
import type { ActionId, DeviceId, Time } from '../scan/ids.ts';
import type { Clock } from '../scan/ports.ts';
import { answered, refused } from '../scan/refusal.ts';
import type { Answer } from '../scan/refusal.ts';
import { isAddress } from '../scan/finding/address.ts';
import type { DefenderApi } from './call-budget.ts';
import { Calls } from './calls.ts';
import type { Caller, CallSettings } from './calls.ts';
import { isNamed, withoutMerged } from '../scan/device-names.ts';
import { addressIs, nameStartsWith, oneOf, pageQuery, scansFrom, scansOf } from './odata.ts';
import { MINUTE } from '../scan/time.ts';
import { mayBeScan, readMachine, readPage, readRows, readScan } from './wire.ts';
import type { Rows } from './wire.ts';

interface List {
  readonly api: DefenderApi;
  readonly path: string;
  /** Empty for everything. */
  readonly filter: string;
}

const PAGE = 10_000;
/** More than this is a server that repeats itself. */
const MOST_PAGES = 10;
const LONGEST_NAME = 255;
/** Defender looks a quarter of an hour to both sides of the time that it is asked for. */
const FOUND_LATELY = 15 * MINUTE;
/** So that the address of a call stays short enough for every gateway. */
const IDS_PER_CALL = 20;

/** The calls that we make to Defender, with a token at hand. */
export class DefenderClient {
  readonly #calls: Calls;
  readonly #clock: Clock;

  constructor(settings: CallSettings) {
    this.#calls = new Calls(settings);
    this.#clock = settings.clock;
  }

  async findDevices(caller: Caller, idOrName: string): Promise<Answer<readonly Device[]>> {
    const typed = idOrName.trim();
    const id = readDeviceId(typed);
    if (id !== undefined) return this.#deviceById(caller, id);
    if (typed === '' || typed.length > LONGEST_NAME) return answered([]);
    const lower = typed.toLowerCase();
    if (isAddress(lower)) return this.devicesAt(caller, lower);
    const found = await this.#devicesByName(caller, lower);
    if (!found.ok || found.value.length > 0 || lower === typed) return found;
    // Not documented: whether Defender tells capitals apart. Some names are spelled with them.
    return this.#devicesByName(caller, typed);
  }

  async devicesOf(caller: Caller): Promise<Answer<readonly Device[]>> {
    const list = await this.#devices(caller, '');
    return list.ok ? answered(list.value.read) : list;
  }

  /** The devices that had this address last; only when there are none, those that Defender saw with it lately. */
  async devicesAt(caller: Caller, address: string): Promise<Answer<readonly Device[]>> {
    const last = await this.#devices(caller, addressIs(address));
    if (!last.ok) return noneIfNotFound(last);
    if (last.value.read.length > 0) return answered(withoutMerged(last.value.read));
    const around = new Date(this.#clock.now() - FOUND_LATELY).toISOString().slice(0, 19);
    const path = `machines/findbyip(ip='${encodeURIComponent(address)}',timestamp=${around}Z)`;
    const answer = await this.#calls.read({ api: 'find-by-ip', path, caller });
    if (!answer.ok) return noneIfNotFound(answer);
    const page = readPage(answer.value);
    return page === undefined ? refused('unreadable') : answered(withoutMerged(readRows(page.rows, readMachine).read));
  }

  /** Which of these devices are shown to the caller. */
  async visibleDevices(caller: Caller, ids: readonly DeviceId[]): Promise<Answer<ReadonlySet<DeviceId>>> {
    const visible = new Set<DeviceId>();
    for (let from = 0; from < ids.length; from += IDS_PER_CALL) {
      const filter = oneOf(ids.slice(from, from + IDS_PER_CALL));
      const rows = await this.#pages(caller, { api: 'find-devices', path: 'machines', filter });
      if (!rows.ok) return rows;
      for (const { id } of readRows(rows.value, readMachine).read) if (ids.includes(id)) visible.add(id);
    }
    return answered(visible);
  }

  async startScan(
    caller: Caller,
    device: DeviceId,
    scan: { readonly type: ScanType; readonly comment: string; readonly before: Time },
  ): Promise<Answer<DefenderScan>> {
    const call = { api: 'start-scan', path: `machines/${device}/runAntiVirusScan`, caller } as const;
    const at = this.#clock.now();
    // The token came too late: from `before` on it may be looked up, and nothing may be on its way any more.
    if (at >= scan.before) return refused('entra-unavailable', { code: 'too-late' });
    const answer = await this.#calls.act(call, { Comment: scan.comment, ScanType: scan.type }, scan.before);
    return answer.ok ? readable(readScan(answer.value, { device, at })) : answer;
  }

  async scansOfDevice(caller: Caller, device: DeviceId): Promise<Answer<readonly DefenderScan[]>> {
    const list = { api: 'list-scans', path: 'machineactions', filter: scansOf(device) } as const;
    const scans = await this.#scans(caller, list);
    if (!scans.ok) return scans;
    // Whether a scan was taken is decided from this list: a row that cannot be read might be that scan.
    if (scans.value.unread > 0) return refused('unreadable');
    return answered(newestFirst(scans.value.read.filter((scan) => scan.device === device)));
  }

  async scansSince(
    caller: Caller,
    since: Time,
    starters: readonly string[] = [],
  ): Promise<Answer<readonly DefenderScan[]>> {
    const list = { api: 'list-scans', path: 'machineactions', filter: scansFrom(since, starters) } as const;
    const scans = await this.#scans(caller, list);
    if (!scans.ok) return scans;
    // One row that cannot be read must not stop the following of all others.
    return answered(newestFirst(scans.value.read.filter((scan) => scan.createdAt >= since)));
  }

  async scan(caller: Caller, id: ActionId): Promise<Answer<DefenderScan>> {
    const answer = await this.#calls.read({ api: 'read-scan', path: `machineactions/${id}`, caller });
    return answer.ok ? readable(mayBeScan(answer.value) ? readScan(answer.value) : undefined) : answer;
  }

  async cancelScan(caller: Caller, id: ActionId, comment: string): Promise<Answer<DefenderScan>> {
    const call = { api: 'cancel-scan', path: `machineactions/${id}/cancel`, caller } as const;
    const answer = await this.#calls.act(call, { Comment: comment });
    return answer.ok ? readable(readScan(answer.value)) : answer;
  }

  async #deviceById(caller: Caller, id: DeviceId): Promise<Answer<readonly Device[]>> {
    const answer = await this.#calls.read({ api: 'read-device', path: `machines/${id}`, caller });
    if (!answer.ok) return noneIfNotFound(answer);
    const device = readable(readMachine(answer.value));
    return device.ok ? answered([device.value]) : device;
  }

  async #devicesByName(caller: Caller, name: string): Promise<Answer<readonly Device[]>> {
    const rows = await this.#devices(caller, nameStartsWith(name));
    if (!rows.ok) return noneIfNotFound(rows);
    const { read, unread } = rows.value;
    const named = read.filter((device) => isNamed(device, name));
    return named.length === 0 && unread > 0 ? refused('unreadable') : answered(withoutMerged(named));
  }

  async #devices(caller: Caller, filter: string): Promise<Answer<Rows<Device>>> {
    const rows = await this.#pages(caller, { api: 'find-devices', path: 'machines', filter });
    return rows.ok ? answered(readRows(rows.value, readMachine)) : rows;
  }

  async #scans(caller: Caller, list: List): Promise<Answer<Rows<DefenderScan>>> {
    const rows = await this.#pages(caller, list);
    return rows.ok ? answered(readRows(rows.value.filter(mayBeScan), (row) => readScan(row))) : rows;
  }

  /** With `$top` Defender sends no link to the next page: `$skip` leads on until a short page. */
  async #pages(caller: Caller, list: List): Promise<Answer<readonly unknown[]>> {
    const rows: unknown[] = [];
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const path = `${list.path}?${pageQuery(list.filter, PAGE, rows.length)}`;
      const answer = await this.#calls.read({ api: list.api, path, caller });
      if (!answer.ok) return answer;
      const page = readPage(answer.value);
      if (page === undefined) return refused('unreadable');
      for (const row of page.rows) rows.push(row);
      if (page.rows.length === 0 || (page.rows.length < PAGE && !page.goesOn)) return answered(rows);
    }
    return refused('unreadable', { code: 'endless-list' });
  }
}

function readable<T>(value: T | undefined): Answer<T> {
  return value === undefined ? refused('unreadable') : answered(value);
}

function noneIfNotFound(answer: Extract<Answer<unknown>, { ok: false }>): Answer<readonly Device[]> {
  return answer.refusal.kind === 'not-found' ? answered([]) : answer;
}

function newestFirst(scans: readonly DefenderScan[]): readonly DefenderScan[] {
  return scans.toSorted((one, other) => other.createdAt - one.createdAt);
}
