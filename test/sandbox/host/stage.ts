import { Sandbox } from '../../../src/sandbox/host/sandbox.ts';
import type { SandboxOptions } from '../../../src/sandbox/host/sandbox.ts';
import { Player } from './player.ts';

/** The sandbox in this process, its bot in one of its own; whoever opened a page is sent home at the end. */
export class Stage {
  readonly sandbox: Sandbox;
  #players: readonly Player[] = [];

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  static async open(options: Partial<SandboxOptions> = {}): Promise<Stage> {
    const sandbox = await Sandbox.open({
      port: 0,
      dataDir: undefined,
      baseEnv: { PATH: process.env['PATH'] ?? '' },
      onLogLine: () => undefined,
      onBotDied: () => undefined,
      ...options,
    });
    return new Stage(sandbox);
  }

  async player(handle: string): Promise<Player> {
    const player = await Player.open(this.sandbox.url, handle);
    this.#players = [...this.#players, player];
    return player;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    await Promise.all(this.#players.map((player) => player.close()));
  }
}
