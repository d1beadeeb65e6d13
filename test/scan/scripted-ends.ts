import type { ScanEnd } from '../../src/scan/ending.ts';
import type { AvRecord, EndingSources } from '../../src/scan/ending-sources.ts';
import type { DeviceId, Time } from '../../src/scan/ids.ts';
import type { Reader } from '../../src/scan/ports.ts';
import { refused } from '../../src/scan/refusal.ts';
import type { Answer } from '../../src/scan/refusal.ts';

/** Sources of endings that answer what a test put down; without a word, they are not permitted. */
export class ScriptedEnds implements EndingSources {
  /** `records 20`, `events 3`: of how many devices, in their order. */
  readonly asked: string[] = [];
  readonly readers: Reader[] = [];
  record: Answer<readonly AvRecord[]> = refused('forbidden');
  event: Answer<readonly ScanEnd[]> = refused('consent-missing');

  records(reader: Reader, devices: readonly DeviceId[]): Promise<Answer<readonly AvRecord[]>> {
    this.readers.push(reader);
    this.asked.push(`records ${devices.length}`);
    return Promise.resolve(this.record);
  }

  events(...[reader, devices]: [Reader, readonly DeviceId[], Time]): Promise<Answer<readonly ScanEnd[]>> {
    this.readers.push(reader);
    this.asked.push(`events ${devices.length}`);
    return Promise.resolve(this.event);
  }
}
