import { parseArgs } from 'node:util';
import { HOUR, MINUTE, SECOND } from '../src/scan/time.ts';
import type { ScenarioWish, StoreKind } from './scenario.ts';

export const USAGE = `npm run torture -- [options]

  --for 10m             how long it goes on asking (90s, 10m, 1h)
  --store sqlite        or postgres, or both in turn (the default where PostgreSQL is installed)
  --replicas n          how many bots share PostgreSQL; drawn anew for each bout by default
  --scans n             stops after so many scans
  --seed word           draws everything from this word; a new one each time by default
  --pace n              how many times faster than in life; as fast as the machine allows by default
  --ledger FILE         where the results of all runs are added up (build/torture/ledger.jsonl)
  --sum                 only prints what all runs together have come to
  --without GUARD       takes a guard out of the bots: has to end in violations; "list" names them, "all" tries each
`;

export interface Options {
  readonly forMs: number;
  readonly stores: readonly StoreKind[] | undefined;
  readonly wish: ScenarioWish;
  readonly mostScans: number;
  readonly seed: string | undefined;
  readonly ledger: string;
  readonly sum: boolean;
  readonly without: string | undefined;
}

export class BadOption extends Error {
  override readonly name = 'BadOption';
}

const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR };

export function readOptions(args: readonly string[]): Options {
  const { values } = parsed(args);
  const replicas = values.replicas === undefined ? undefined : number('--replicas', values.replicas);
  const pace = values.pace === undefined ? undefined : number('--pace', values.pace);
  return {
    forMs: duration(values.for),
    stores: values.store === undefined ? undefined : storesIn(values.store),
    wish: { ...(replicas !== undefined && { replicas }), ...(pace !== undefined && { pace }) },
    mostScans: values.scans === undefined ? Infinity : number('--scans', values.scans),
    seed: values.seed,
    ledger: values.ledger,
    sum: values.sum,
    without: values.without,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        for: { type: 'string', default: '10m' },
        store: { type: 'string' },
        replicas: { type: 'string' },
        scans: { type: 'string' },
        seed: { type: 'string' },
        pace: { type: 'string' },
        ledger: { type: 'string', default: 'build/torture/ledger.jsonl' },
        sum: { type: 'boolean', default: false },
        without: { type: 'string' },
      },
    });
  } catch (fault) {
    throw new BadOption(fault instanceof Error ? fault.message : 'These options cannot be read.');
  }
}

function duration(text: string): number {
  const [, amount, unit = ''] = /^(\d+)([smh])$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (amount === undefined || factor === undefined) throw new BadOption(`--for ${text}: give it as 90s, 10m or 1h.`);
  return Number(amount) * factor;
}

function number(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new BadOption(`${name} ${text}: a whole number from 1 on.`);
  return value;
}

function storesIn(text: string): readonly StoreKind[] {
  if (text === 'both') return ['sqlite', 'postgres'];
  if (text === 'sqlite' || text === 'postgres') return [text];
  throw new BadOption(`--store ${text}: sqlite, postgres or both.`);
}
