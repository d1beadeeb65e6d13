import { spawnSync } from 'node:child_process';

/** A process of Node that does nothing takes so long where nobody else is at work. */
const QUIET_MS = 45;
const TRIES = 3;
const [SLOWEST, FASTEST] = [3, 12];

/** How fast time may run here and now: on a busy machine all waits of the world's would be over before their time. */
export function paceHere(): number {
  const start = performance.now();
  for (let tries = 0; tries < TRIES; tries += 1) spawnSync(process.execPath, ['-e', '0']);
  const took = (performance.now() - start) / TRIES;
  return Math.max(SLOWEST, Math.min(FASTEST, Math.round((FASTEST * QUIET_MS) / took)));
}
