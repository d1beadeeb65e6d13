import type { Alert, Alerts } from '../../src/scan/alert.ts';
import { answered, refused } from '../../src/scan/refusal.ts';
import type { Answer } from '../../src/scan/refusal.ts';

/** Alerts as a test wants them: the next answers first, then always the last one. */
export class ScriptedAlerts implements Alerts {
  answers: Answer<readonly Alert[]>[] = [answered([])];
  asked = 0;

  ofDevice(): Promise<Answer<readonly Alert[]>> {
    this.asked += 1;
    const [next = answered([]), ...rest] = this.answers;
    if (rest.length > 0) this.answers = rest;
    return Promise.resolve(next);
  }

  byId(): Promise<Answer<Alert>> {
    return Promise.resolve(refused('not-found'));
  }

  ofIncident(): Promise<Answer<readonly Alert[]>> {
    return Promise.resolve(answered([]));
  }
}
