import { execFileSync, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The bots take turns on the one, everything around them is on the other. */
export const BOT_CORE = 0;
const OWN_CORE = 1;

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** Moves this process off the bots' core. */
export function stepAside(): void {
  if (canPin) execFileSync('taskset', ['-a', '-p', '-c', String(OWN_CORE), String(process.pid)]);
}

/** The command, kept on one core where the system can do that. */
export function pinned(command: readonly [string, ...string[]], core: number): readonly [string, ...string[]] {
  return canPin ? ['taskset', '-c', String(core), ...command] : command;
}

export function pinning(): string {
  return canPin ? `bots on core ${BOT_CORE}, load on core ${OWN_CORE}` : 'not pinned to cores';
}
