import type { BotProcess, Ending } from '../../test/support/bot-process.ts';
import { SECOND } from '../../src/scan/time.ts';
import type { Blow } from '../ledger/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Random } from '../random.ts';
import type { Scenario } from '../scenario.ts';
import type { TimeLapse } from '../time/lapse.ts';
import type { Fleet } from './fleet.ts';

export interface LifeParts {
  readonly name: string;
  readonly fleet: Fleet;
  readonly ledger: Ledger;
  readonly lapse: TimeLapse;
  readonly random: Random;
  readonly scenario: Scenario;
}

type Fate = 'killed' | 'frozen' | 'stops';

/** sysexits.h, the bot's word for what an operator has to mend: here a database that was away for too long. */
const EX_CONFIG = 78;

/** One place for a bot: it starts, meets its fate, and starts anew, until there is peace. */
export class Life {
  readonly #parts: LifeParts;
  #bot: BotProcess | undefined;
  #peace = false;
  #wakeUp: () => void = () => undefined;
  #lived: Promise<void> = Promise.resolve();

  constructor(parts: LifeParts) {
    this.#parts = parts;
  }

  /** Resolves when the first bot takes calls. */
  async begin(): Promise<void> {
    await this.#start();
    this.#lived = this.#live();
  }

  /** Nothing befalls the bot any more. Resolves when one takes calls. */
  async peace(): Promise<void> {
    this.#peace = true;
    this.#wakeUp();
    await this.#lived;
    if (this.#bot === undefined) await this.#start();
  }

  /** Asks the bot to stop, as an operator would. */
  async end(): Promise<Ending> {
    const bot = this.#bot;
    if (bot === undefined) return 0;
    this.#bot = undefined;
    this.#parts.fleet.replicas.remove(bot);
    this.#note('stops');
    const ending = await bot.stopped();
    if (ending !== 0) this.#note('ended by itself', `${ending} ${bot.stderr.slice(-2000)}`);
    return ending;
  }

  /** Whatever happens: no process is left behind. */
  async abandon(): Promise<void> {
    this.#peace = true;
    this.#wakeUp();
    await this.#bot?.killed();
    await this.#lived;
    await this.#bot?.killed();
  }

  async #live(): Promise<void> {
    const { random, scenario } = this.#parts;
    for (;;) {
      const bot = this.#bot;
      if (bot === undefined) return;
      const fate = await Promise.race([
        bot.ended().then((ending) => ({ ending })),
        this.#wait(random.wait(scenario.botLives)),
      ]);
      if (fate !== undefined) this.#note('ended by itself', `${fate.ending} ${bot.stderr.slice(-2000)}`);
      else if (this.#peace) return;
      else await this.#strike(bot, this.#fate());
      if (fate !== undefined || bot !== this.#bot) await this.#startAnew(bot);
    }
  }

  #fate(): Fate {
    const { freezes, stops } = this.#parts.scenario;
    return this.#parts.random.among({ frozen: freezes, stops }) ?? 'killed';
  }

  async #strike(bot: BotProcess, fate: Fate): Promise<void> {
    this.#note(fate);
    switch (fate) {
      case 'killed':
        await bot.killed();
        break;
      case 'stops':
        this.#parts.fleet.replicas.remove(bot);
        await bot.stopped();
        break;
      case 'frozen':
        return this.#freeze(bot);
    }
    this.#bot = undefined;
  }

  async #freeze(bot: BotProcess): Promise<void> {
    const { lapse, random, scenario } = this.#parts;
    bot.freeze();
    await lapse.sleep(random.between(1, scenario.longestFreeze) * SECOND);
    bot.thaw();
    this.#note('thawed');
  }

  async #startAnew(gone: BotProcess): Promise<void> {
    this.#parts.fleet.replicas.remove(gone);
    await this.#start();
  }

  async #start(): Promise<void> {
    for (;;) {
      const bot = this.#parts.fleet.run();
      this.#bot = bot;
      const tooEarly = this.#parts.fleet.replicas.add(bot).then(
        () => false,
        () => true,
      );
      if (!(await tooEarly)) {
        this.#note('starts');
        return;
      }
      const ending = await bot.ended();
      if (ending !== EX_CONFIG) this.#note('ended by itself', `${ending} ${bot.stderr.slice(-2000)}`);
    }
  }

  /** Over early when there is peace. */
  #wait(seconds: number): Promise<undefined> {
    if (this.#peace) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const timer =
        seconds === Infinity ? undefined : setTimeout(resolve, (seconds * SECOND) / this.#parts.lapse.pace, undefined);
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  #note(how: Blow['how'], note?: string): void {
    const { ledger, lapse, name } = this.#parts;
    ledger.add({ what: 'blow', at: lapse.now(), who: name, how, ...(note !== undefined && { note }) });
  }
}
