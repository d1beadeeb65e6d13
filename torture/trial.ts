import { join } from 'node:path';
import { MINUTE } from '../src/scan/time.ts';
import { Postgres } from '../test/support/postgres.ts';
import { bout } from './bout.ts';
import { tell } from './campaign.ts';
import type { Say } from './campaign.ts';
import type { Guard } from './guards/guard.ts';
import { paceHere } from './machine.ts';
import { scenarioFor } from './scenario.ts';

const PLACE = 'build/torture';
/** A bot that lacks a guard may never come to an end. */
const SOON = 3 * MINUTE;

/** Tortures bots without this guard. Answers whether that was noticed, as it has to be. */
export async function trial(guard: Guard, say: Say): Promise<boolean> {
  const { seed, ...own } = guard.bout;
  const wish = { pace: paceHere(), ...own };
  const server = wish.store === 'postgres' ? await Postgres.start() : undefined;
  try {
    const done = await bout({ scenario: scenarioFor(seed, wish), server, without: guard.name, settlesWithin: SOON });
    const noticed = done.violations.filter(({ rule }) => guard.breaks.includes(rule));
    const rules = [...new Set(noticed.map(({ rule }) => rule))].join(', ');
    say(
      `without ${guard.name}: ${noticed.length === 0 ? 'NOTHING WAS NOTICED' : `${noticed.length} violations: ${rules}`}`,
    );
    if (done.violations.length > 0)
      tell({ ...done, violations: noticed.slice(0, 1) }, join(PLACE, `without-${seed}.json`), say);
    return noticed.length > 0;
  } finally {
    await server?.remove();
  }
}
