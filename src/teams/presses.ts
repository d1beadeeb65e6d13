import type { Press, Pressed, ScanDesk } from '../scan/desk.ts';
import { readRequestId } from '../scan/ids.ts';
import type { Message, MessageContent } from '../scan/message.ts';
import type { Clock, Store } from '../scan/ports.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { scanCard } from '../chat/cards/scan-card.ts';
import { localeOf } from '../chat/language.ts';
import { pressAnswer, signInAnswer } from '../chat/speak/press-answer.ts';
import { drawCard, VIEW } from './card-templates.ts';
import type { IncomingPress } from './activity/incoming.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { cardAnswer, incorrectAuthCode, loginRequest, messageAnswer, preconditionFailed } from './invoke-answer.ts';
import type { LookSettings } from './look.ts';
import { viewIn } from './look.ts';
import type { Accepted, SignIns, SignInState } from './sign-ins.ts';
import type { SignInResource } from './token-service.ts';

export interface PressParts {
  readonly desk: ScanDesk;
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
    const accepted = await this.#credential(press);
    switch (accepted?.is) {
      case 'wrong-code':
        return accepted.again ? incorrectAuthCode() : this.#signIn(press, 'no');
      case 'wrong-account':
      case 'refused':
        return refusedSignIn(press, accepted);
      case 'accepted':
        return this.#go(press, 'yes');
      // It is not known yet whether the person is signed in: the press counts, and the thread asks if need be.
      case 'no-answer':
        return this.#go(press, 'unknown');
      case undefined:
        return this.#go(press, undefined);
    }
  }

  /** An `Action.Submit` of an old client: a message without an answer, so the thread tells what came of it. */
  async submit(press: IncomingPress): Promise<void> {
    if (press.verb === 'sign-in') return this.#send(press, { kind: 'sign-in' });
    const pressed = await this.#parts.desk.press(deskPress(press), () => Promise.resolve('unknown'));
    return this.#tell(press, pressed);
  }

  #go(press: IncomingPress, known: SignInState | undefined): Promise<InvokeAnswer> {
    return press.verb === 'sign-in' ? this.#signIn(press, known) : this.#run(press, known);
  }

  async #run(press: IncomingPress, known: SignInState | undefined): Promise<InvokeAnswer> {
    let resource: SignInResource | undefined;
    const pressed = await this.#parts.desk.press(deskPress(press), async () => {
      const state = known ?? (await this.#parts.signIns.state(press.person));
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
      case 'mend':
        return this.#card(press, pressed.request, pressed);
      case 'refuse':
        return messageAnswer(pressAnswer(pressed.why, localeOf(press.person)));
      case 'sign-in':
        return this.#login(press, resource);
    }
  }

  #card(press: IncomingPress, request: ScanRequest, mend?: Extract<Pressed, { answer: 'mend' }>): InvokeAnswer {
    const look = viewIn(press.thread, press.person, request, { now: this.#parts.clock.now(), ...this.#parts.look });
    return cardAnswer(drawCard(scanCard(request, look, mend?.entered)));
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
    const id = readRequestId(press.values['request']);
    const request = id === undefined ? undefined : await this.#parts.store.request(id);
    if (request?.thread !== press.thread.id)
      return messageAnswer(pressAnswer({ why: 'unknown' }, localeOf(press.person)));
    return this.#card(press, request);
  }

  async #tell(press: IncomingPress, pressed: Pressed): Promise<void> {
    switch (pressed.answer) {
      case 'show':
        // A move redraws the card by itself; without one this client may show an old copy of it.
        if (pressed.request.rev !== Number(press.values['rev']) + 1) await this.#send(press, redrawn(pressed.request));
        return;
      case 'mend':
        return this.#send(press, { kind: 'card', request: pressed.request.id, entered: pressed.entered });
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

function deskPress(press: IncomingPress): Press {
  return { person: press.person, thread: press.thread, verb: press.verb, values: press.values };
}

function refusal(pressed: Extract<Pressed, { answer: 'refuse' }>): MessageContent {
  return { kind: 'notice', notice: { say: 'press-refused', why: pressed.why }, mention: true };
}

/** The card once more as it stands, although its revision was drawn before. */
function redrawn({ id, wanted }: ScanRequest): MessageContent {
  const { type = 'Quick', comment = '' } = wanted;
  return { kind: 'card', request: id, entered: { type, comment, faults: [] } };
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
