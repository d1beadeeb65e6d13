import type { Decision, Judge } from '../scan/decision.ts';
import type { PeopleDemand } from '../scan/demand.ts';

/** What `APPROVAL` alone says, the same for every scan. */
export class ApprovalJudge implements Judge {
  readonly #decision: Decision;

  constructor(says: PeopleDemand | undefined) {
    this.#decision = { kind: 'approvals', demands: says === undefined ? [] : [says], rule: 'default' };
  }

  decide(): Promise<Decision> {
    return Promise.resolve(this.#decision);
  }
}
