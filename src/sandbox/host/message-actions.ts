import type { ActionAnswer, ActOnMessage } from '../page/api.ts';
import type { Sent } from '../teams/bot-line.ts';
import type { Card } from '../teams/card.ts';
import { dialogIn } from '../teams/message-action.ts';
import type { Dialog } from '../teams/message-action.ts';
import type { Message } from '../teams/message.ts';
import type { TeamsStandIn } from '../teams/stand-in.ts';

const COMMAND = 'scanDevice';
/** What Teams says where the bot's answer is none. */
const UNREACHABLE = 'Unable to reach app. Please try again.';

/** The app's action on messages, as the page uses it: a dialog is open until the next one. */
export class HostedActions {
  readonly #teams: TeamsStandIn;
  readonly #open = new Map<string, Dialog>();

  constructor(teams: TeamsStandIn) {
    this.#teams = teams;
  }

  async act({ as, does, inputs = {} }: ActOnMessage, message: Message): Promise<ActionAnswer> {
    const { actions } = this.#teams.driver;
    const action = { handle: as, message, command: COMMAND };
    const before = this.#open.get(as);
    if (does === 'submit' && before?.is === 'card') {
      return this.#answer(as, await actions.submit(action, before.card, known(before.card, inputs)));
    }
    const code = does === 'sign-in' && before?.is === 'sign-in' ? await this.#code(as, before.link) : undefined;
    return this.#answer(as, await actions.open(action, code));
  }

  #answer(handle: string, sent: Sent): ActionAnswer {
    const dialog = dialogIn(sent);
    this.#open.set(handle, dialog);
    switch (dialog.is) {
      case 'card':
        return { kind: 'card', card: dialog.card };
      case 'words':
        return { kind: 'words', text: dialog.text };
      case 'sign-in':
        return { kind: 'sign-in', button: dialog.title };
      case 'nothing':
        return { kind: 'words', text: UNREACHABLE };
    }
  }

  /** What the window for signing in leaves with Teams. */
  #code(handle: string, link: string): Promise<string> {
    const { signIns, world } = this.#teams;
    return signIns.complete(new URL(link).searchParams.get('signin') ?? '', world.cast.person(handle).oid);
  }
}

/** Nothing that the card has no field for. */
function known(card: Card, inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const text = JSON.stringify(card);
  return Object.fromEntries(Object.entries(inputs).filter(([id]) => text.includes(`"id":${JSON.stringify(id)}`)));
}
