import type { RequestId } from '../scan/ids.ts';
import type { ScanDesk } from '../scan/desk.ts';
import type { Notice, OwnScan } from '../scan/message.ts';
import { SIGN_IN_WITHIN } from '../scan/moves.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { Clock, Store, Write } from '../scan/ports.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { contentOf, deviceOf, waitsForSignIn } from '../scan/scan-request.ts';
import type { Command } from '../chat/command/command.ts';
import { parseCommand } from '../chat/command/parse-command.ts';
import { commentFrom } from '../chat/speak/comment-from.ts';
import type { SignIns } from './sign-ins.ts';

export interface Said {
  readonly person: Person;
  readonly thread: Thread;
  readonly text: string;
  /** Marks the message: delivered again, it does nothing. */
  readonly once: string;
}

export interface CommandParts {
  readonly desk: ScanDesk;
  readonly store: Store;
  readonly clock: Clock;
  readonly signIns: SignIns;
  readonly newId: () => RequestId;
}

const MOST_OWN_SCANS = 10;

/** What somebody typed, done or written down to be done. */
export class Commands {
  readonly #parts: CommandParts;

  constructor(parts: CommandParts) {
    this.#parts = parts;
  }

  take(said: Said): Promise<void> {
    return this.#run(said, parseCommand(said.text));
  }

  async #run(said: Said, command: Command): Promise<void> {
    switch (command.name) {
      case 'scan':
        return this.#scan(said, command);
      case 'status':
      case 'cancel':
        return this.#errand(said, command);
      case 'my-scans':
        return this.#say(said, { say: 'my-scans', scans: await this.#ownScans(said.person) });
      case 'sign-out':
        return this.#say(said, await this.#signOut(said.person));
      case 'help':
        return this.#say(said, { say: 'help', guess: command.guess });
    }
  }

  async #scan(said: Said, command: Extract<Command, { name: 'scan' }>): Promise<void> {
    const { device, type, reason } = command;
    if (device === undefined) return this.#say(said, { say: 'which-device' });
    const comment = reason === undefined ? undefined : commentFrom(reason, said.person.locale);
    const { person, thread, once } = said;
    await this.#parts.desk.ask({ person, thread, once, wanted: { device, type, comment } });
  }

  async #errand(said: Said, command: Extract<Command, { name: 'status' | 'cancel' }>): Promise<void> {
    const { name, device } = command;
    if (device === undefined) return this.#say(said, { say: 'which-device' });
    const id = this.#parts.newId();
    const { person, thread, once } = said;
    const until = this.#parts.clock.now() + SIGN_IN_WITHIN;
    const errand = { id, person, thread: thread.id, what: { command: name, device }, waitsForSignIn: false, until };
    await this.#parts.store.commit({ once, person, thread, errand });
  }

  async #signOut(person: Person): Promise<Notice> {
    const isOut = await this.#parts.signIns.signOut(person);
    return isOut ? { say: 'signed-out' } : { say: 'sign-in-failed', code: 'sign-out' };
  }

  async #say(said: Said, notice: Notice): Promise<void> {
    const { person, thread, once } = said;
    const content = { kind: 'notice' as const, notice, mention: false };
    const message = { id: `${notice.say}:${once}`, thread: thread.id, to: person, content };
    const write: Write = { once, person, thread, messages: [message] };
    await this.#parts.store.commit(write);
  }

  async #ownScans(person: Person): Promise<readonly OwnScan[]> {
    return (await this.#parts.store.requestsOf(person.id, MOST_OWN_SCANS)).map(ownScan);
  }
}

function ownScan(request: ScanRequest): OwnScan {
  return {
    device: deviceOf(request)?.name ?? request.wanted.device,
    type: contentOf(request)?.type ?? request.wanted.type,
    stage: stageWord(request),
    at: request.askedAt,
  };
}

/** What tells most: Defender's word for the scan, why it was closed, else how far it is. */
function stageWord(request: ScanRequest): string {
  if (waitsForSignIn(request)) return 'waits-for-sign-in';
  const { stage } = request;
  if (stage.name === 'following' || stage.name === 'settled') return stage.scan.status;
  return stage.name === 'closed' ? stage.why : stage.name;
}
