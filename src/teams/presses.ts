import type { Batch } from '../scan/batch/batch.ts';
import type { Desks } from '../scan/desks.ts';
import type { Time } from '../scan/ids.ts';
import type { Entered, Message, MessageContent } from '../scan/message.ts';
import type { Clock, Store } from '../scan/ports.ts';
import type { Press, Pressed } from '../scan/press.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { SECOND } from '../scan/time.ts';
import { batchCard } from '../chat/cards/batch-card.ts';
import type { Look } from '../chat/cards/look.ts';
import { scanCard } from '../chat/cards/scan-card.ts';
import { schedulesCard } from '../chat/cards/schedules-card.ts';
import { localeOf } from '../chat/language.ts';
import { pressAnswer, signInAnswer } from '../chat/speak/press-answer.ts';
import { drawCard, VIEW } from './card-templates.ts';
import type { IncomingPress } from './activity/incoming.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { cardAnswer, incorrectAuthCode, loginRequest, messageAnswer, preconditionFailed } from './invoke-answer.ts';
import type { LookSettings } from './look.ts';
import { lookIn, viewIn } from './look.ts';
import type { Accepted, SignIns, SignInState } from './sign-ins.ts';
import type { SignInResource } from './token-service.ts';

/** A client waits three seconds: what Microsoft has not said by then is not known. */
const ANSWER_WITHIN: Time = 2.5 * SECOND;
/** Checks without a sign-in in the same press leave time to ask for one. */
const CHECK_WITHIN: Time = 1.7 * SECOND;

export interface PressParts {
  readonly desk: Desks;
  readonly store: Store;
  readonly clock: Clock;
  readonly signIns: SignIns;
  readonly look: LookSettings;
  readonly connection: string;
}

/** Presses on cards, by new clients (answered in the invoke) and by old ones (answered in the thread). */
export class Presses {
  readonly #parts: PressParts;

  constructor(parts: PressParts) {
    this.#parts = parts;
  }

  /** An `Action.Execute`: always an answer that Teams can read, in time. */
  async execute(press: IncomingPress): Promise<InvokeAnswer> {
    // By itself or by hand in the menu of the card: either way it only draws.
    if (press.automatic || press.verb === VIEW) return this.#present(press);
    const began = this.#parts.clock.now();
    const accepted = await this.#credential(press);
    switch (accepted?.is) {
      case 'wrong-code':
        return accepted.again ? incorrectAuthCode() : this.#signIn(press, 'no');
      case 'wrong-account':
      case 'refused':
        return refusedSignIn(press, accepted);
      case 'accepted':
        return this.#go(press, { known: 'yes', before: began + ANSWER_WITHIN });
      // It is not known yet whether the person is signed in: the press counts, and the thread asks if need be.
      case 'no-answer':
        return this.#go(press, { known: 'unknown', before: began + ANSWER_WITHIN });
      case undefined:
        return this.#go(press, { known: undefined, before: began + CHECK_WITHIN });
    }
  }

  /** An `Action.Submit` of an old client: a message without an answer, so the thread tells what came of it. */
  async submit(press: IncomingPress): Promise<void> {
    if (press.verb === 'sign-in') return this.#send(press, { kind: 'sign-in' });
    const before = this.#parts.clock.now() + ANSWER_WITHIN;
    // Whoever decides for themselves is asked to sign in by the thread, when it comes to that.
    const signedIn = (): Promise<SignInState> => Promise.resolve(isOthersWord(press) ? 'no' : 'unknown');
    return this.#tell(press, await this.#parts.desk.press(deskPress(press, before), signedIn));
  }

  #go(press: IncomingPress, so: SoFar): Promise<InvokeAnswer> {
    return press.verb === 'sign-in' ? this.#signIn(press, so.known) : this.#run(press, so);
  }

  async #run(press: IncomingPress, so: SoFar): Promise<InvokeAnswer> {
    let resource: SignInResource | undefined;
    const pressed = await this.#parts.desk.press(deskPress(press, so.before), async () => {
      const state = so.known ?? (await this.#parts.signIns.state(press.person));
      if (state !== 'no') return state;
      resource = await this.#parts.signIns.resource(press.person, press.thread);
      // Without a way to sign in here, the press counts and the thread asks for the sign-in.
      return resource === undefined ? 'unknown' : 'no';
    });
    return this.#answer(press, pressed, resource);
  }

  #answer(press: IncomingPress, pressed: Pressed, resource: SignInResource | undefined): InvokeAnswer {
    switch (pressed.answer) {
      case 'show':
        return this.#card(press, pressed.request);
      case 'schedules':
        return cardAnswer(drawCard(schedulesCard(pressed.schedules, this.#look(press))));
      case 'mend':
        return this.#card(press, pressed.request, pressed);
      case 'refuse':
        return messageAnswer(pressAnswer(pressed.why, this.#look(press)));
      case 'sign-in':
        return this.#login(press, resource);
    }
  }

  #card(press: IncomingPress, request: ScanRequest | Batch, mend?: Extract<Pressed, { answer: 'mend' }>): InvokeAnswer {
    const look = viewIn(press.thread, press.person, request, { now: this.#parts.clock.now(), ...this.#parts.look });
    if ('kind' in request) return cardAnswer(drawCard(batchCard(request, look, mend?.entered)));
    return cardAnswer(drawCard(scanCard(request, look, mend?.entered)));
  }

  #look({ thread, person }: IncomingPress): Look {
    return lookIn(thread, person, this.#parts.clock.now(), this.#parts.look);
  }

  #login(press: IncomingPress, resource: SignInResource | undefined): InvokeAnswer {
    const words = signInAnswer(localeOf(press.person));
    if (resource === undefined) return messageAnswer(words.unreachable);
    const { signInLink: link, tokenExchangeResource: exchange } = resource;
    const { text, button } = words;
    return loginRequest({ text, button, link, exchange, connection: this.#parts.connection });
  }

  async #signIn(press: IncomingPress, known: SignInState | undefined): Promise<InvokeAnswer> {
    const words = signInAnswer(localeOf(press.person));
    const state = known ?? (await this.#parts.signIns.state(press.person));
    if (state === 'yes') return messageAnswer(words.done);
    return this.#login(press, await this.#parts.signIns.resource(press.person, press.thread));
  }

  async #credential({ person, token, code }: IncomingPress): Promise<Accepted | undefined> {
    if (token !== undefined) return this.#parts.signIns.acceptWithPress(person, { token });
    return code === undefined ? undefined : this.#parts.signIns.acceptWithPress(person, { code });
  }

  /** Opening a chat draws cards anew: it reads, and changes nothing. */
  async #present(press: IncomingPress): Promise<InvokeAnswer> {
    const request = await this.#parts.desk.standingIn(press.thread, press.values['request']);
    if (request === undefined) return messageAnswer(pressAnswer({ why: 'unknown' }, this.#look(press)));
    return this.#card(press, request);
  }

  async #tell(press: IncomingPress, pressed: Pressed): Promise<void> {
    switch (pressed.answer) {
      case 'show':
        // A move redraws the card by itself; without one this client may show an old copy of it.
        if (pressed.request.rev !== Number(press.values['rev']) + 1) await this.#send(press, redrawn(pressed.request));
        return;
      case 'schedules':
        return this.#send(press, listed(pressed));
      case 'mend':
        return this.#send(press, cardOf(pressed.request, pressed.entered));
      case 'refuse':
        return this.#send(press, refusal(pressed));
      case 'sign-in':
        return this.#send(press, { kind: 'sign-in' });
    }
  }

  /** One answer per press: delivered again, it is the same message. */
  async #send({ person, thread, activityId }: IncomingPress, content: MessageContent): Promise<void> {
    const message: Message = { id: `press:${thread.id}|${activityId}`, thread: thread.id, to: person, content };
    await this.#parts.store.commit({ person, thread, messages: [message] });
  }
}

/** What the press itself brought, and until when there is time. */
interface SoFar {
  readonly known: SignInState | undefined;
  readonly before: Time;
}

function deskPress({ person, thread, verb, values, activityId }: IncomingPress, before: Time): Press {
  return { person, thread, verb, values, once: `${thread.id}|${activityId}`, before };
}

function isOthersWord({ verb }: IncomingPress): boolean {
  return verb === 'approve' || verb === 'decline';
}

function refusal(pressed: Extract<Pressed, { answer: 'refuse' }>): MessageContent {
  return { kind: 'notice', notice: { say: 'press-refused', why: pressed.why }, mention: true };
}

function listed({ schedules }: Extract<Pressed, { answer: 'schedules' }>): MessageContent {
  return { kind: 'notice', notice: { say: 'schedules', schedules }, mention: false };
}

/** The card once more as it stands, although its revision was drawn before. */
function redrawn(request: ScanRequest | Batch): MessageContent {
  const { type = 'Quick', comment = '' } = request.wanted;
  return cardOf(request, { type, comment, faults: [] });
}

function cardOf(request: ScanRequest | Batch, entered: Entered): MessageContent {
  if ('kind' in request) return { kind: 'batch-card', batch: request.id, entered };
  return { kind: 'card', request: request.id, entered };
}

type NotAccepted = Extract<Accepted, { is: 'wrong-account' | 'refused' }>;

function refusedSignIn(press: IncomingPress, accepted: NotAccepted): InvokeAnswer {
  const words = signInAnswer(localeOf(press.person));
  switch (accepted.is) {
    case 'wrong-account':
      return messageAnswer(words.wrongAccount);
    case 'refused':
      if (accepted.refusal.kind === 'guest') return messageAnswer(words.guest);
      return press.code === undefined ? preconditionFailed(words.failed) : incorrectAuthCode();
  }
}
