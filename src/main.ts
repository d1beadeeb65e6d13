import { existsSync } from 'node:fs';
import { describeFaults, readConfig } from './config.ts';
import type { Config } from './config.ts';
import { createLog } from './log.ts';
import { startApp } from './app.ts';
import type { App } from './app.ts';
import { systemClock } from './app/clock.ts';
import { createNet } from './net/request.ts';

/** sysexits.h: the configuration is wrong; starting again changes nothing. */
const EX_CONFIG = 78;
const CLOSE_WITHIN_MS = 9000;

if (existsSync('.env')) process.loadEnvFile('.env');
const reading = readConfig(process.env);
if (reading.ok) await run(reading.config, reading.warnings);
else refuse(describeFaults(reading.faults));

async function run(config: Config, warnings: readonly string[]): Promise<void> {
  const log = createLog(config.logLevel);
  for (const warning of warnings) log.warn({}, warning);
  const started = await startApp(config, { clock: systemClock, log, net: createNet() });
  if (!started.ok) {
    refuse(started.why);
    return;
  }
  const { app } = started;
  log.info({ port: app.port, metricsPort: app.metricsPort }, 'Scan Bot takes turns');
  const stop = (signal: string): void => {
    log.info({ signal }, 'Scan Bot stops');
    void close(app);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

async function close(app: App): Promise<void> {
  // What hangs is in the store already: the next start goes on with it.
  setTimeout(() => process.exit(0), CLOSE_WITHIN_MS).unref();
  await app.close();
  process.exit(0);
}

function refuse(why: string): void {
  process.stderr.write(`${why}\n`);
  process.exitCode = EX_CONFIG;
}
