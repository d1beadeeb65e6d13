import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A policy file in a folder of its own. */
export class PolicyFile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'scan-bot-policy-'));
  readonly path = join(this.#folder, 'policy.json');

  constructor(policy: object | string = { rules: [] }) {
    this.write(policy);
  }

  write(policy: object | string): void {
    writeFileSync(this.path, typeof policy === 'string' ? policy : JSON.stringify(policy));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
