import { Random } from './random.ts';

export type StoreKind = 'sqlite' | 'postgres';

/** Everything that is decided before a bout begins. All times are lapsed, in seconds unless said. */
export interface Scenario {
  readonly seed: string;
  readonly store: StoreKind;
  readonly replicas: number;
  /** How many times faster than in life. */
  readonly pace: number;
  readonly reader: 'requester' | 'application';
  /** For so long people ask. */
  readonly minutes: number;
  readonly asksPerMinute: number;
  readonly mostAsks: number;
  readonly people: number;
  readonly devices: number;
  /** Of this share of the devices Defender takes a second scan while one runs. */
  readonly takesTwo: number;
  /** A new scan is not in Defender's list for so long. */
  readonly hidesNew: number;
  /** How long a bot lives, and the database, on average. */
  readonly botLives: number;
  readonly databaseLives: number;
  /** This share of the blows to bots freezes them instead, this one asks them to stop. */
  readonly freezes: number;
  readonly stops: number;
  /** How long a frozen bot stands still at most. */
  readonly longestFreeze: number;
  /** Shares of calls to Defender that meet with trouble: starts, and everything else. */
  readonly startTrouble: number;
  readonly readTrouble: number;
  /** How often Teams has a trouble. */
  readonly teamsTroubleEvery: number;
  /** Shares of what people do. */
  readonly repeats: number;
  readonly doublePresses: number;
}

export type ScenarioWish = Partial<Omit<Scenario, 'seed'>>;

const CALM = {
  botLives: Infinity,
  databaseLives: Infinity,
  freezes: 0,
  stops: 0,
  longestFreeze: 0,
  startTrouble: 0,
  readTrouble: 0,
  teamsTroubleEvery: Infinity,
  repeats: 0,
  doublePresses: 0,
  takesTwo: 0,
  hidesNew: 0,
} as const satisfies ScenarioWish;

/** Nothing goes wrong, except what is wished for. */
export function calm(wish: ScenarioWish): ScenarioWish {
  return { ...CALM, ...wish };
}

/** Drawn by the seed, unless wished otherwise. */
export function scenarioFor(seed: string, wish: ScenarioWish): Scenario {
  const random = new Random(`${seed}/scenario`);
  const store = wish.store ?? 'sqlite';
  const replicas = random.pick([1, 2, 3] as const);
  const drawn: Scenario = {
    seed,
    store,
    replicas: store === 'sqlite' ? 1 : replicas,
    pace: random.pick([8, 10, 12] as const),
    reader: random.pick(['requester', 'application'] as const),
    minutes: 8,
    asksPerMinute: random.between(20, 45),
    mostAsks: Infinity,
    people: 5,
    devices: 120,
    takesTwo: 0.5,
    hidesNew: random.pick([0, 3, 5] as const),
    botLives: random.between(15, 40) * (store === 'sqlite' ? 1 : replicas),
    databaseLives: random.between(80, 200),
    freezes: 0.1,
    stops: 0.1,
    longestFreeze: 90,
    startTrouble: random.between(0.15, 0.4),
    readTrouble: random.between(0.02, 0.12),
    teamsTroubleEvery: random.between(3, 10),
    repeats: 0.2,
    doublePresses: 0.2,
  };
  return { ...drawn, ...wish, seed };
}
