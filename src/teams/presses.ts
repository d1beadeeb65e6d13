import type { Press, Pressed, ScanDesk } from '../scan/desk.ts';
import { readRequestId } from '../scan/ids.ts';
import type { Message, MessageContent } from '../scan/message.ts';
import type { Clock, Store } from '../scan/ports.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { scanCard } from '../chat/cards/scan-card.ts';
import { pressAnswer, signInAnswer } from '../chat/speak/press-answer.ts';
import { drawCard } from './card-templates.ts';
import type { IncomingPress } from './activity/incoming.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { cardAnswer, incorrectAuthCode, loginRequest, messageAnswer, preconditionFailed } from './invoke-answer.ts';
import type { LookSettings } from './look.ts';
import { lookIn } from './look.ts';
import type { Accepted, SignIns } from './sign-ins.ts';
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
    if (press.automatic) return this.#present(press);
    const accepted = await this.#credential(press);
    if (accepted !== 'none' && accepted !== 'accepted') return refusedSignIn(press, accepted);
    const signedIn = accepted === 'accepted';
    if (press.verb === 'sign-in') return this.#signIn(press, signedIn);
    return this.#run(press, signedIn);
  }

  /** An `Action.Submit` of an old client: a message without an answer, so the thread tells what came of it. */
  async submit(press: IncomingPress): Promise<void> {
    const once = `${press.thread.id}|${press.activityId}`;
    const { person, thread } = press;
    if (press.verb === 'sign-in') return this.#send(press, once, { kind: 'sign-in' });
    if (!(await this.#parts.store.commit({ once, person, thread }))) return;
    const pressed = await this.#parts.desk.press(deskPress(press), () => Promise.resolve('unknown'));
    return this.#tell(press, once, pressed);
  }

  async #run(press: IncomingPress, signedIn: boolean): Promise<InvokeAnswer> {
    let resource: SignInResource | undefined;
    const pressed = await this.#parts.desk.press(deskPress(press), async () => {
      const state = signedIn ? 'yes' : await this.#parts.signIns.state(press.person);
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
        return messageAnswer(pressAnswer(pressed.why, press.person.locale));
      case 'sign-in':
        return this.#login(press, resource);
    }
  }

  #card(press: IncomingPress, request: ScanRequest, mend?: Extract<Pressed, { answer: 'mend' }>): InvokeAnswer {
    const look = lookIn(press.thread, press.person, this.#parts.clock.now(), this.#parts.look);
    return cardAnswer(drawCard(scanCard(request, look, mend?.entered)));
  }

  #login(press: IncomingPress, resource: SignInResource | undefined): InvokeAnswer {
    const words = signInAnswer(press.person.locale);
    if (resource === undefined) return messageAnswer(words.unreachable);
    const { signInLink: link, tokenExchangeResource: exchange } = resource;
    const { text, button } = words;
    return loginRequest({ text, button, link, exchange, connection: this.#parts.connection });
  }

  async #signIn(press: IncomingPress, signedIn: boolean): Promise<InvokeAnswer> {
    const words = signInAnswer(press.person.locale);
    if (signedIn || (await this.#parts.signIns.state(press.person)) === 'yes') return messageAnswer(words.done);
    return this.#login(press, await this.#parts.signIns.resource(press.person, press.thread));
  }

  async #credential(press: IncomingPress): Promise<Accepted | 'none'> {
    if (press.token !== undefined) return this.#parts.signIns.acceptToken(press.person, press.token);
    if (press.code !== undefined) return this.#parts.signIns.acceptCode(press.person, press.code);
    return 'none';
  }

  /** Opening a chat draws cards anew: it reads, and changes nothing. */
  async #present(press: IncomingPress): Promise<InvokeAnswer> {
    const id = readRequestId(press.values['request']);
    const request = id === undefined ? undefined : await this.#parts.store.request(id);
    if (request?.thread !== press.thread.id) return messageAnswer(pressAnswer({ why: 'unknown' }, press.person.locale));
    return this.#card(press, request);
  }

  async #tell(press: IncomingPress, once: string, pressed: Pressed): Promise<void> {
    switch (pressed.answer) {
      case 'show':
        return; // The card in the thread is redrawn by the move itself.
      case 'mend':
        return this.#send(press, once, { kind: 'card', request: pressed.request.id, entered: pressed.entered });
      case 'refuse':
        return this.#send(press, once, refusal(pressed));
      case 'sign-in':
        return this.#send(press, once, { kind: 'sign-in' });
    }
  }

  async #send(press: IncomingPress, once: string, content: MessageContent): Promise<void> {
    const { person, thread } = press;
    const message: Message = { id: `press:${once}`, thread: thread.id, to: person, content };
    await this.#parts.store.commit({ person, thread, messages: [message] });
  }
}

function deskPress(press: IncomingPress): Press {
  return { person: press.person, thread: press.thread, verb: press.verb, values: press.values };
}

function refusal(pressed: Extract<Pressed, { answer: 'refuse' }>): MessageContent {
  return { kind: 'notice', notice: { say: 'press-refused', why: pressed.why }, mention: true };
}

function refusedSignIn(press: IncomingPress, accepted: Exclude<Accepted, 'accepted'>): InvokeAnswer {
  const words = signInAnswer(press.person.locale);
  if (accepted === 'wrong-account') return messageAnswer(words.wrongAccount);
  if (accepted === 'no-answer') return messageAnswer(words.unreachable);
  return press.code === undefined ? preconditionFailed(words.failed) : incorrectAuthCode();
}
