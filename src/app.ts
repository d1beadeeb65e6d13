import { Auditing } from './app/auditing.ts';
import { Background, Faults } from './app/background.ts';
import { entraFor } from './app/entra-for.ts';
import type { House, Outside } from './app/house.ts';
import { Metrics } from './app/metrics.ts';
import { policyWatch, tellPause } from './app/policy-watch.ts';
import { openRooms } from './app/rooms.ts';
import { knownStartFault } from './app/start-fault.ts';
import { Sweeping } from './app/sweeping.ts';
import { WaitingRoom } from './app/waiting-room.ts';
import { wakingStore } from './app/waking-store.ts';
import { levelsOf } from './app/watching/levels.ts';
import { tracingFor } from './app/watching/tracing-for.ts';
import { watchedLog } from './app/watching/watched-log.ts';
import { watchedNet } from './app/watching/watched-net.ts';
import { watchedCommit } from './app/watching/watched-store.ts';
import { watchedWorkers } from './app/watching/watched-workers.ts';
import type { Config } from './config.ts';
import { PolicyInForce } from './policy/policy-in-force.ts';
import { Engine } from './scan/engine.ts';
import { openStore } from './store/open-store.ts';
import type { KeptStore } from './store/kept-store.ts';
import type { Listening, Teams } from './teams/teams.ts';
import { Courses } from './trace/courses.ts';

export interface App {
  readonly port: number;
  readonly metricsPort: number | undefined;
  /** Takes no more turns, finishes those it has, leaves the rest in the store. */
  close(): Promise<void>;
  /** Reads the policy file again; one with a fault changes nothing. */
  reloadPolicy(): void;
}

export type Started = { readonly ok: true; readonly app: App } | { readonly ok: false; readonly why: string };

/** Builds every room once and opens the doors between them. Resolves when turns are taken, or with what to mend. */
export async function startApp(config: Config, outside: Outside): Promise<Started> {
  try {
    return { ok: true, app: await start(config, outside) };
  } catch (fault) {
    const why = knownStartFault(fault, config.metricsPort);
    if (why === undefined) throw fault;
    return { ok: false, why };
  }
}

async function start(config: Config, outside: Outside): Promise<App> {
  const courses = new Courses(await tracingFor(config.tracesEndpoint));
  const metrics = new Metrics();
  const watch = { courses, metrics };
  const log = watchedLog(outside.log, courses);
  const watched = { ...outside, log, net: watchedNet(outside.net, config, watch) };
  const { clock } = outside;
  const entra = entraFor(config, watched);
  const kept = await openWithWaiting(config, { clock, log, metrics });
  const woken = (): void => {
    engine.wake();
    auditing.committed();
  };
  const store = wakingStore(
    kept,
    woken,
    watchedCommit((write) => kept.commit(write), watch),
  );
  metrics.measures(levelsOf({ store: kept, clock, log }));
  const faults = new Faults(log, metrics);
  const background = new Background(faults);
  const policy = new PolicyInForce(config.policy, policyWatch(log, metrics));
  background.run('pause', tellPause(kept, log));
  const house = { ...watched, courses, config, metrics, faults, background, store, calls: kept.calls, policy };
  const rooms = openRooms(house, entra, () => engine.hasLooked);
  const engine = new Engine({
    store,
    clock,
    workers: watchedWorkers(rooms.workers, { ...watch, clock }),
    onFault: faults.inWork,
  });
  kept.onWake(() => {
    engine.wake();
  });
  kept.onSignOut(rooms.signedOut);
  const auditing = new Auditing({ audit: kept.audit, channel: config.storage.anchorChannel, clock, log, background });
  const sweeping = new Sweeping({ store: kept, clock, log, background });
  return listen(house, rooms.teams, { engine, sweeping, auditing });
}

/** A database that is not there yet is waited for in sight of whoever asks. */
async function openWithWaiting(config: Config, parts: Pick<House, 'clock' | 'log' | 'metrics'>): Promise<KeptStore> {
  const waiting = new WaitingRoom(config, parts);
  const { clock, log } = parts;
  const whileAbsent = (): Promise<void> => waiting.open();
  return openStore({ ...config.storage, clock, log, whileAbsent }).finally(() => waiting.close());
}

/** What goes on by itself. */
interface Works {
  readonly engine: Engine;
  readonly sweeping: Sweeping;
  readonly auditing: Auditing;
}

async function listen(house: House, teams: Teams, works: Works): Promise<App> {
  works.engine.start();
  works.sweeping.start();
  works.auditing.start();
  try {
    const server = await teams.listen({ port: house.config.port, metricsPort: house.config.metricsPort });
    house.metrics.ready(true);
    const reloadPolicy = (): void => {
      house.policy.reload();
    };
    return { ...server, reloadPolicy, close: () => close(house, works, server) };
  } catch (fault) {
    await close(house, works, undefined);
    throw fault;
  }
}

async function close(house: House, works: Works, server: Listening | undefined): Promise<void> {
  house.metrics.ready(false);
  await server?.close();
  works.sweeping.stop();
  works.auditing.stop();
  await works.engine.stop();
  await house.background.settled();
  await house.store.close();
  await house.courses.close();
}
