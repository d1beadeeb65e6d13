import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './postgres.ts';

const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const PATIENCE_MS = 20_000;

/** A series that a query found. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
}

export function describeWithPrometheus(name: string, tests: (this: Mocha.Suite) => void): void {
  if (isThere('prometheus') && isThere('promtool')) describe(name, tests);
  else describe.skip(`${name} (skipped: prometheus and promtool are not installed here)`, tests);
}

/** A real Prometheus that scrapes this port every second. Its data are gone with it. */
export class Prometheus {
  readonly #home = mkdtempSync(join(tmpdir(), 'prometheus-'));
  readonly #url: string;
  readonly #server: ChildProcess;

  private constructor(target: number, port: number) {
    this.#url = `http://127.0.0.1:${port}`;
    const scrape = {
      job_name: 'scan-bot',
      scrape_interval: '1s',
      static_configs: [{ targets: [`127.0.0.1:${target}`] }],
    };
    const config = join(this.#home, 'prometheus.yml');
    // JSON is YAML.
    writeFileSync(config, JSON.stringify({ scrape_configs: [scrape] }));
    const flags = [`--config.file=${config}`, `--storage.tsdb.path=${this.#home}/data`];
    const where = `--web.listen-address=127.0.0.1:${port}`;
    this.#server = spawn('prometheus', [...flags, where], { stdio: 'ignore' });
  }

  static async scraping(target: number): Promise<Prometheus> {
    return new Prometheus(target, await freePort());
  }

  /** What the query finds now; a fault of the query is one of the test. */
  async ask(query: string): Promise<readonly Series[]> {
    const answer = await fetch(`${this.#url}/api/v1/query?${new URLSearchParams({ query }).toString()}`);
    const body = (await answer.json()) as { status: string; error?: string; data?: { result: readonly Series[] } };
    assert.equal(body.status, 'success', `${query}: ${body.error ?? ''}`);
    return body.data?.result ?? [];
  }

  /** Resolves with those queries that found nothing for as long as anybody waits. */
  async without(queries: readonly string[], patienceMs = PATIENCE_MS): Promise<readonly string[]> {
    const deadline = Date.now() + patienceMs;
    let left = queries;
    while (left.length > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const found = await Promise.all(left.map((query) => this.ask(query).catch(unlessUp)));
      left = left.filter((_, index) => found[index]?.length === 0);
    }
    return left;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.kill('SIGKILL');
    await closed;
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** It takes a moment to listen. */
function unlessUp(fault: unknown): readonly Series[] {
  if (fault instanceof TypeError) return [];
  throw fault;
}
