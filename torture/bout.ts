import { MINUTE, SECOND } from '../src/scan/time.ts';
import type { Postgres } from '../test/support/postgres.ts';
import { judge } from './judge/judge.ts';
import type { Left, Query } from './judge/left.ts';
import { queryOf, waiting, whatIsLeft } from './judge/left.ts';
import type { Evidence, Violation } from './judge/violation.ts';
import { Ledger } from './ledger/ledger.ts';
import { crowd } from './play/crowd.ts';
import { Random } from './random.ts';
import type { Scenario } from './scenario.ts';
import { TimeLapse } from './time/lapse.ts';
import { DatabaseLife } from './world/database.ts';
import { Fleet } from './world/fleet.ts';
import { Life } from './world/life.ts';
import { Outside } from './world/outside.ts';

export interface BoutParts {
  readonly scenario: Scenario;
  readonly server: Postgres | undefined;
  readonly without: string | undefined;
  /** Everything settles within this, once there is peace. */
  readonly settlesWithin?: number;
  /** Told at which address the bots are, before they are. */
  readonly watch?: (url: string) => void;
}

export interface Bout extends Evidence {
  readonly violations: readonly Violation[];
}

const SETTLES_WITHIN = 25 * MINUTE;

/** Whatever became due while the bots were stopping is left in the store, as it should be: the next start does it. */
const MOST_TRIES = 3;

interface Stage {
  readonly scenario: Scenario;
  readonly lapse: TimeLapse;
  readonly random: Random;
  readonly ledger: Ledger;
  readonly outside: Outside;
  readonly fleet: Fleet;
  readonly query: Query;
}

/** One world from its beginning to its end, and the judgement over it. */
export async function bout(parts: BoutParts): Promise<Bout> {
  const { scenario, server, without } = parts;
  const [lapse, ledger, random] = [new TimeLapse(scenario.pace), new Ledger(), new Random(scenario.seed)];
  const name = await server?.createDatabase();
  const outside = await Outside.open({ scenario, lapse, random, ledger });
  const databaseUrl = name === undefined ? undefined : server?.url(name);
  const fleet = await Fleet.open({ scenario, lapse, outside, databaseUrl, without });
  const database = server === undefined || name === undefined ? undefined : { server, name };
  const query = queryOf(fleet.dataDir, database);
  parts.watch?.(fleet.replicas.url);
  try {
    const left = await played({ scenario, lapse, random, ledger, outside, fleet, query }, parts);
    const evidence = { ledger, left, scenario };
    return { ...evidence, violations: judge(evidence) };
  } finally {
    await fleet.close();
    await outside.close();
    if (name !== undefined) await server?.dropDatabase(name);
  }
}

async function played(stage: Stage, { server, settlesWithin = SETTLES_WITHIN }: BoutParts): Promise<Left> {
  const { scenario, lapse, random, outside, fleet, query } = stage;
  const lives = livesOf(stage);
  const database = server && new DatabaseLife({ ...stage, server, random: random.fork('database') });
  try {
    for (const life of lives) await life.begin();
    database?.begin(scenario.databaseLives);
    await crowd({ ...stage, random: random.fork('play') });
    outside.calm();
    await database?.peace();
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      await Promise.all(lives.map((life) => life.peace()));
      await settled(query, lapse, settlesWithin);
      await Promise.all(lives.map((life) => life.end()));
      if ((await waiting(query)).length === 0) break;
    }
    return await whatIsLeft(query, fleet.place);
  } finally {
    await database?.peace();
    await Promise.all(lives.map((life) => life.abandon()));
  }
}

function livesOf(stage: Stage): readonly Life[] {
  return Array.from({ length: stage.scenario.replicas }, (_, index) => {
    const name = `bot ${index + 1}`;
    return new Life({ ...stage, name, random: stage.random.fork(name) });
  });
}

/** Gives up waiting in the end: what is left then is a violation of its own. */
async function settled(query: Query, lapse: TimeLapse, within: number): Promise<void> {
  for (const end = lapse.now() + within; lapse.now() < end;) {
    if ((await waiting(query)).length === 0) return;
    await lapse.sleep(2 * SECOND);
  }
}
