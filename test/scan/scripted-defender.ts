import type { DefenderScan } from '../../src/scan/defender-scan.ts';
import type { Device } from '../../src/scan/device.ts';
import type { DeviceId } from '../../src/scan/ids.ts';
import type { Defender, Reader } from '../../src/scan/ports.ts';
import { answered, refused } from '../../src/scan/refusal.ts';
import type { Answer } from '../../src/scan/refusal.ts';

/** A Defender that answers what a test put down, and tells what it was asked. */
export class ScriptedDefender implements Defender {
  /** `list alice`, `start Full`, `scan a1`, in their order. */
  readonly asked: string[] = [];
  accounts: Answer<readonly string[]> = answered(['alice@contoso.com']);
  devices: Answer<readonly Device[]> = answered([]);
  /** For one id or name alone. */
  readonly devicesBy = new Map<string, Answer<readonly Device[]>>();
  visible: Answer<ReadonlySet<DeviceId>> = answered(new Set());
  /** Used up one by one; the last one stays. */
  starts: Answer<DefenderScan>[] = [refused('no-answer')];
  scans: Answer<readonly DefenderScan[]> = answered([]);
  single: Answer<DefenderScan> = refused('not-found');
  cancel: Answer<DefenderScan> = refused('bad-request');

  accountsOf(): ReturnType<Defender['accountsOf']> {
    return Promise.resolve(this.accounts);
  }

  findDevices(...[, typed]: Parameters<Defender['findDevices']>): ReturnType<Defender['findDevices']> {
    return this.#answer('find', this.devicesBy.get(typed) ?? this.devices);
  }

  visibleDevices(): ReturnType<Defender['visibleDevices']> {
    return this.#answer('visible', this.visible);
  }

  startScan(...[, , type]: Parameters<Defender['startScan']>): ReturnType<Defender['startScan']> {
    const [next = refused('no-answer')] = this.starts;
    if (this.starts.length > 1) this.starts.shift();
    return this.#answer(`start ${type}`, next);
  }

  scansOfDevice(reader: Reader): ReturnType<Defender['scansOfDevice']> {
    return this.#answer(`device ${nameOf(reader)}`, this.scans);
  }

  scansSince(reader: Reader): ReturnType<Defender['scansSince']> {
    return this.#answer(`list ${nameOf(reader)}`, this.scans);
  }

  scan(...[, id]: Parameters<Defender['scan']>): ReturnType<Defender['scan']> {
    return this.#answer(`scan ${id}`, this.single);
  }

  cancelScan(...[, id]: Parameters<Defender['cancelScan']>): ReturnType<Defender['cancelScan']> {
    return this.#answer(`cancel ${id}`, this.cancel);
  }

  #answer<T>(what: string, answer: T): Promise<T> {
    this.asked.push(what);
    return Promise.resolve(answer);
  }
}

function nameOf(reader: Reader): string {
  return reader.as === 'application' ? 'application' : (reader.person.name.split(' ')[0] ?? '').toLowerCase();
}
