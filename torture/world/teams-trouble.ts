import type { TeamsStandIn } from '../../src/sandbox/teams/stand-in.ts';
import { SECOND } from '../../src/scan/time.ts';
import type { Random } from '../random.ts';
import type { TimeLapse } from '../time/lapse.ts';

/** Makes Teams misbehave, one call at a time, until it is told to stop. */
export class TeamsTrouble {
  readonly #teams: TeamsStandIn;
  readonly #random: Random;
  readonly #lapse: TimeLapse;
  #cancel: () => void = () => undefined;

  constructor(teams: TeamsStandIn, random: Random, lapse: TimeLapse) {
    this.#teams = teams;
    this.#random = random;
    this.#lapse = lapse;
  }

  start(everySeconds: number): void {
    if (everySeconds === Infinity) return;
    this.#cancel = this.#lapse.after(this.#random.wait(everySeconds) * SECOND, () => {
      this.#strike();
      this.start(everySeconds);
    });
  }

  stop(): void {
    this.#cancel();
    this.#teams.moods.calm();
  }

  #strike(): void {
    const { moods } = this.#teams;
    const seconds = String(Math.ceil(this.#random.between(1, 8)));
    const strikes = [
      () => {
        moods.connectorLosesAnswers(1, 'POST');
      },
      () => {
        moods.connectorLosesAnswers(1);
      },
      () => {
        moods.connectorAnswers({ status: 429, retryAfter: seconds }, 2);
      },
      () => {
        moods.connectorAnswers({ status: 412 });
      },
      () => {
        moods.connectorAnswers({ status: 502, html: '<html>Bad gateway</html>' });
      },
      () => {
        moods.connectorAnswers({ status: 503, retryAfter: seconds });
      },
      () => {
        moods.connectorAnswers({ status: 504 });
      },
      () => {
        this.#dawdle(moods);
      },
    ] as const;
    this.#random.pick(strikes)();
  }

  #dawdle(moods: TeamsStandIn['moods']): void {
    moods.connectorTakes(this.#random.between(1, 5) * SECOND);
    this.#lapse.after(this.#random.between(2, 8) * SECOND, () => {
      moods.connectorTakes(0);
    });
  }
}
