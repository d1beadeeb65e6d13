import { createHash } from 'node:crypto';
import type { RequestId } from '../scan/ids.ts';
import type { Desks } from '../scan/desks.ts';
import type { DeviceCommand, ErrandCommand } from '../scan/errand.ts';
import type { Notice, SingleNotice } from '../scan/notice.ts';
import { SIGN_IN_WITHIN } from '../scan/moves.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { Wanted } from '../scan/scan-request.ts';
import type { Clock, Store, Write } from '../scan/ports.ts';
import type { Plan } from '../scan/schedule/plan.ts';
import { readPlan } from '../scan/schedule/typed-when.ts';
import { alertReferenceIn } from '../chat/command/alert-reference.ts';
import type { Command, ScanCommand } from '../chat/command/command.ts';
import { parseCommand } from '../chat/command/parse-command.ts';
import { localeOf } from '../chat/language.ts';
import { spokenLanguage } from '../chat/languages.ts';
import { chosenLanguage } from '../chat/speak/chosen-language.ts';
import { commentFrom } from '../chat/speak/comment-from.ts';
import type { AtOnce } from './at-once.ts';
import type { SignIns } from './sign-ins.ts';

export interface Said {
  readonly person: Person;
  /** They are in the store already. */
  readonly isMet: boolean;
  readonly thread: Thread;
  readonly text: string;
  /** Marks the message: delivered again, it does nothing. */
  readonly once: string;
}

export interface CommandParts {
  readonly desk: Desks;
  readonly store: Store;
  readonly clock: Clock;
  readonly signIns: SignIns;
  readonly atOnce: Pick<AtOnce, 'say'>;
  readonly newId: () => RequestId;
}

/** Longer than any device's name: what is cut here is found nowhere. */
const LONGEST_DEVICE = 300;
/** Twice what a card takes: enough to be shown there as too long. */
const LONGEST_REASON = 8000;
/** As much as everybody who asks for a scan may be made to read. */
const LONGEST_PAUSE_REASON = 300;

/** What somebody typed, done or written down to be done. */
export class Commands {
  readonly #parts: CommandParts;

  constructor(parts: CommandParts) {
    this.#parts = parts;
  }

  take(said: Said): Promise<void> {
    return this.#run(said, parseCommand(said.text, spokenLanguage(localeOf(said.person))));
  }

  async #run(said: Said, command: Command): Promise<void> {
    switch (command.name) {
      case 'scan':
        return this.#scan(said, command);
      case 'scan-many':
        return this.#scanMany(said, command);
      case 'schedule':
        return this.#schedule(said, command);
      case 'unschedule':
        return this.#errand(said, { command: 'unschedule', device: command.device?.slice(0, LONGEST_DEVICE) });
      case 'status':
      case 'cancel':
      case 'why':
      case 'history':
      case 'watch':
        return this.#aboutDevice(said, command);
      case 'report':
        return this.#errand(said, { command: 'report', span: command.span, csv: command.csv });
      case 'my-scans':
      case 'schedules':
      case 'resume':
        return this.#errand(said, { command: command.name });
      case 'pause':
        return this.#errand(said, { command: 'pause', reason: (command.reason ?? '').slice(0, LONGEST_PAUSE_REASON) });
      case 'sign-out':
        return this.#signOut(said);
      case 'tell-here':
        return this.#say(said, { say: 'told-here' }, { tellIn: { thread: said.thread.id } });
      case 'tell-there':
        return this.#say(said, { say: 'told-there' }, { tellIn: { thread: undefined } });
      case 'language':
        return this.#language(said, command.wanted);
      case 'help':
        return this.#tell(said, { say: 'help', guess: command.guess });
    }
  }

  /** A time is read by the clock of whoever named it. */
  async #schedule(said: Said, command: Extract<Command, { name: 'schedule' }>): Promise<void> {
    const { when } = command;
    if ('fault' in when) return this.#say(said, { say: 'which-time', fault: when.fault });
    const { timeZone } = said.person;
    const read = readPlan(when.when, { now: this.#parts.clock.now(), timeZone });
    if (!read.ok) return this.#say(said, { say: 'which-time', fault: read.fault });
    return this.#scan(said, command, read.plan);
  }

  async #scan(said: Said, command: Omit<ScanCommand, 'name'>, plan?: Plan): Promise<void> {
    // Without a device a card asks which one.
    const { device = '', type, reason } = command;
    const { person, thread, once, text } = said;
    await this.#parts.desk.ask({
      person,
      thread,
      once,
      words: markOf(text),
      wanted: { device: device.slice(0, LONGEST_DEVICE), type, ...whyOf(reason, person), ...(plan && { plan }) },
    });
  }

  #scanMany(said: Said, command: Extract<Command, { name: 'scan-many' }>): Promise<void> {
    const { person, thread, once, text } = said;
    const { devices, type, reason } = command;
    const wanted = { devices, type, ...whyOf(reason, person) };
    return this.#parts.desk.askForMany({ person, thread, once, words: markOf(text), wanted });
  }

  async #aboutDevice(said: Said, command: Extract<Command, { name: DeviceCommand }>): Promise<void> {
    const { name, device } = command;
    if (device === undefined) return this.#tell(said, { say: 'which-device' });
    return this.#errand(said, { command: name, device: device.slice(0, LONGEST_DEVICE) });
  }

  async #errand(said: Said, what: ErrandCommand): Promise<void> {
    const id = this.#parts.newId();
    const { person, thread, once } = said;
    const until = this.#parts.clock.now() + SIGN_IN_WITHIN;
    const errand = { id, person, thread: thread.id, what, waitsForSignIn: false, until };
    await this.#parts.store.commit({ once, person, thread, errand });
  }

  async #signOut(said: Said): Promise<void> {
    const { person } = said;
    const isOut = await this.#parts.signIns.signOut(person);
    if (!isOut) return this.#say(said, { say: 'sign-in-failed', code: 'sign-out' });
    await this.#parts.desk.withdraw(person);
    return this.#say(said, { say: 'signed-out' }, { signedOut: person.id });
  }

  async #language(said: Said, wanted: string | undefined): Promise<void> {
    const chosen = wanted === undefined ? undefined : chosenLanguage(wanted);
    if (chosen === undefined) return this.#tell(said, { say: 'which-language' });
    const tag = chosen === 'auto' ? undefined : chosen;
    const person = { ...said.person, language: tag };
    return this.#say({ ...said, person }, { say: 'language-chosen', language: tag }, { language: { tag } });
  }

  /** Nothing is changed by it; so nothing is written either, unless it cannot be sent now. */
  async #tell(said: Said, notice: SingleNotice): Promise<void> {
    if (await this.#parts.atOnce.say(said, notice)) return;
    await this.#say(said, notice);
  }

  async #say(said: Said, notice: Notice, also: Pick<Write, 'language' | 'tellIn' | 'signedOut'> = {}): Promise<void> {
    const { person, thread, once } = said;
    const content = { kind: 'notice' as const, notice, mention: false };
    const message = { id: `${notice.say}:${once}`, thread: thread.id, to: person, content };
    const write: Write = { once, person, thread, messages: [message], ...also };
    await this.#parts.store.commit(write);
  }
}

/** The reason as a comment for Defender, and what it names. */
function whyOf(reason: string | undefined, person: Person): Pick<Wanted, 'comment' | 'about'> {
  const short = reason?.slice(0, LONGEST_REASON);
  const about = alertReferenceIn(short ?? '');
  const comment = short === undefined ? undefined : commentFrom(short, localeOf(person));
  return { comment, ...(about && { about }) };
}

/** The same for the same words, however they are spaced and spelled; short, whatever was written. */
function markOf(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  return createHash('sha256').update(words.join(' ')).digest('base64url');
}
