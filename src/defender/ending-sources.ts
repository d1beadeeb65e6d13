import type { ScanEnd } from '../scan/ending.ts';
import type { AvRecord, EndingSources } from '../scan/ending-sources.ts';
import type { DeviceId, Time } from '../scan/ids.ts';
import { LONGEST_CALL } from '../scan/moves.ts';
import type { Reader } from '../scan/ports.ts';
import { answered, refused } from '../scan/refusal.ts';
import type { Answer } from '../scan/refusal.ts';
import { readAvRecord, readScanEnds } from './av-wire.ts';
import { Calls } from './calls.ts';
import type { Caller } from './calls.ts';
import type { DefenderSettings, DefenderTokens, TokenSource } from './in-persons-name.ts';
import { inNameOf } from './in-persons-name.ts';
import { pageQuery, recordsOf } from './odata.ts';
import { readPage, readRows } from './wire.ts';

/** Without `$top` Defender sends twenty rows. */
const MOST_ROWS = 1000;

/** Reads the ends of scans where Defender shows them. Each right is asked for in a token request of its own. */
export class DefenderEndingSources implements EndingSources {
  readonly #calls: Calls;
  readonly #tokens: DefenderTokens;

  constructor(settings: DefenderSettings) {
    const { timeoutMs = LONGEST_CALL } = settings;
    this.#calls = new Calls({ ...settings, timeoutMs });
    this.#tokens = settings.tokens;
  }

  records(reader: Reader, devices: readonly DeviceId[]): Promise<Answer<readonly AvRecord[]>> {
    return inNameOf(this.#sourceFor(reader, 'scan'), async (token) => {
      const path = `deviceavinfo?${pageQuery(recordsOf(devices), MOST_ROWS, 0)}`;
      const answer = await this.#calls.read({ api: 'read-av-records', path, caller: following(token) });
      if (!answer.ok) return answer;
      const page = readPage(answer.value);
      return page === undefined ? refused('unreadable') : answered(readRows(page.rows, readAvRecord).read);
    });
  }

  events(reader: Reader, devices: readonly DeviceId[], since: Time): Promise<Answer<readonly ScanEnd[]>> {
    return inNameOf(this.#sourceFor(reader, 'hunting'), async (token) => {
      const call = { api: 'hunt', path: 'advancedqueries/run', caller: following(token) } as const;
      const answer = await this.#calls.act(call, { Query: scanEndsQuery(devices, since) });
      if (!answer.ok) return answer;
      const ends = readScanEnds(answer.value);
      return ends === undefined ? refused('unreadable') : answered(ends);
    });
  }

  #sourceFor(reader: Reader, want: 'scan' | 'hunting'): TokenSource {
    if (reader.as === 'application') return (fresh) => this.#tokens.application({ fresh });
    return (fresh) => this.#tokens.token(reader.person, want, { fresh });
  }
}

/** Ids are forty hex characters and the time is our own: nothing from outside gets into the query. */
export function scanEndsQuery(devices: readonly DeviceId[], since: Time): string {
  return [
    'DeviceEvents',
    `| where Timestamp > datetime(${new Date(since).toISOString()})`,
    `| where DeviceId in (${devices.map((device) => `'${device}'`).join(', ')})`,
    "| where ActionType in ('AntivirusScanCompleted', 'AntivirusScanCancelled', 'AntivirusScanFailed')",
    '| project Timestamp, DeviceId, ActionType, AdditionalFields',
  ].join('\n');
}

/** Nobody waits for it: people's own actions come first. */
function following(token: string): Caller {
  return { token, reserve: false };
}
