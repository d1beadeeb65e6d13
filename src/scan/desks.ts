import type { AskingMany, BatchDesk } from './batch/batch-desk.ts';
import type { Batch } from './batch/batch.ts';
import type { Asking, ScanDesk } from './desk.ts';
import type { Person, Thread } from './person.ts';
import type { Press, Pressed, SignedIn } from './press.ts';
import type { ScanRequest } from './scan-request.ts';

/** Where people ask and press, whether it is about one scan or about many. */
export class Desks {
  readonly #single: ScanDesk;
  readonly #many: BatchDesk;

  constructor(single: ScanDesk, many: BatchDesk) {
    this.#single = single;
    this.#many = many;
  }

  ask(asking: Asking): Promise<void> {
    return this.#single.ask(asking);
  }

  askForMany(asking: AskingMany): Promise<void> {
    return this.#many.ask(asking);
  }

  async press(press: Press, signedIn: SignedIn): Promise<Pressed> {
    const many = await this.#many.standingIn(press.thread, press.values['request']);
    return many === undefined ? this.#single.press(press, signedIn) : this.#many.press(many, press, signedIn);
  }

  /** What this card stands for, if it stands in this thread. */
  async standingIn(thread: Thread, typed: unknown): Promise<ScanRequest | Batch | undefined> {
    return (await this.#single.standingIn(thread, typed)) ?? this.#many.standingIn(thread, typed);
  }

  async withdraw(person: Person): Promise<void> {
    await this.#single.withdraw(person);
    await this.#many.withdraw(person);
  }
}
