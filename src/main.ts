import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { describeFaults, readConfig } from './config.ts';
import type { Config } from './config.ts';
import { createLog } from './log.ts';
import { startApp } from './app.ts';
import type { Started } from './app.ts';
import { ClockWatch } from './app/clock-watch.ts';
import { systemClock } from './app/clock.ts';
import { createNet } from './net/request.ts';

/** sysexits.h: the configuration is wrong; starting again changes nothing. */
const EX_CONFIG = 78;
const CLOSE_WITHIN_MS = 9000;
const START_WITHIN_MS = 1000;

if (existsSync('.env')) process.loadEnvFile('.env');
const reading = readConfig(process.env);
if (reading.ok) await run(reading.config, reading.warnings);
else refuse(describeFaults(reading.faults));

async function run(config: Config, warnings: readonly string[]): Promise<void> {
  const log = createLog(config.logLevel);
  for (const warning of warnings) log.warn({}, warning);
  new ClockWatch(log).start();
  const starting = startApp(config, { clock: systemClock, log, net: createNet() });
  onStopSignal((signal) => {
    log.info({ signal }, 'Scan Bot stops');
    void stop(starting);
  });
  if (config.policy !== undefined) process.on('SIGHUP', () => void reloadPolicy(starting));
  const started = await starting;
  if (started.ok) log.info({ port: started.app.port, metricsPort: started.app.metricsPort }, 'Scan Bot takes turns');
  else refuse(started.why);
}

/** The first one counts. More of them, as from a process group and npm at once, change nothing. */
function onStopSignal(stopping: (signal: string) => void): void {
  let stopped = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (!stopped) stopping(signal);
      stopped = true;
    });
  }
}

async function reloadPolicy(starting: Promise<Started>): Promise<void> {
  const started = await starting;
  if (started.ok) started.app.reloadPolicy();
}

async function stop(starting: Promise<Started>): Promise<void> {
  // What hangs is in the store already: the next start goes on with it.
  setTimeout(() => process.exit(0), CLOSE_WITHIN_MS).unref();
  // One that waits for its database has taken nothing yet.
  const started = await Promise.race([starting, pause(START_WITHIN_MS)]);
  if (started?.ok === true) await started.app.close();
  process.exit(0);
}

function refuse(why: string): void {
  process.stderr.write(`${why}\n`);
  process.exitCode = EX_CONFIG;
}
