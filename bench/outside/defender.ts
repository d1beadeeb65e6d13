import { setTimeout as after } from 'node:timers/promises';
import { standInDevice } from '../../src/sandbox/defender/default-devices.ts';
import { actionJson } from '../../src/sandbox/defender/stand-in-action.ts';
import { machineJson } from '../../src/sandbox/defender/stand-in-device.ts';
import type { Reply, Wire } from './wire.ts';

/** A Defender that knows every device it is asked for, and takes every scan. */
export class LeanDefender implements Wire {
  readonly prefix = '/api/machine';
  /** How long it takes over starting a scan. */
  startTakes = 0;
  /** Called when a start arrives, before it is answered. */
  onStart: (device: string) => void = () => undefined;
  readonly #machines = new Map<string, string>();
  #nth = 0;

  async answer({ method, path }: { readonly method: string; readonly path: string }): Promise<Reply> {
    if (method === 'POST') return this.#start(path);
    if (path.startsWith('/api/machineactions')) return { status: 200, body: '{"value":[]}' };
    const name = /startswith\(computerDnsName,'([^']+)'\)/.exec(decodeURIComponent(path))?.[1] ?? '';
    return { status: 200, body: `{"value":[${this.#machine(name)}]}` };
  }

  #machine(name: string): string {
    const known = this.#machines.get(name);
    if (known !== undefined) return known;
    const text = JSON.stringify(machineJson(standInDevice({ name, ip: '10.9.1.1' }, Date.now())));
    this.#machines.set(name, text);
    return text;
  }

  async #start(path: string): Promise<Reply> {
    const device = path.split('/')[3] ?? '';
    this.onStart(device);
    if (this.startTakes > 0) await after(this.startTakes);
    this.#nth += 1;
    const at = Date.now();
    const id = `00000000-0000-4000-8000-${String(this.#nth).padStart(12, '0')}`;
    const about = { device, deviceName: 'pc', requestor: '', comment: '', type: 'Quick' } as const;
    const times = { createdAt: at, updatedAt: at, takenAt: undefined, cancelled: undefined, errorHResult: 0 };
    const kind = 'RunAntiVirusScan' as const;
    const action = { id, kind, status: 'Pending', source: 'PublicApi', ...about, ...times } as const;
    return { status: 201, body: actionJson(action) };
  }
}
