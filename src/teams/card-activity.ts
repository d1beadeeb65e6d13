import type { CardView } from '../chat/cards/card-view.ts';
import type { Spoken } from '../chat/speak/speak.ts';
import { drawCard } from './card-templates.ts';

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';
const OAUTH = 'application/vnd.microsoft.card.oauth';

/** A card goes alone: with a text beside it Teams makes two messages and returns no id. */
export function cardActivity(view: CardView): object {
  const attachments = [{ contentType: ADAPTIVE, content: drawCard(view) }];
  return { type: 'message', summary: view.summary, attachments };
}

export function spokenActivity(spoken: Spoken): object {
  if (spoken.kind === 'card') return cardActivity(spoken.view);
  const entities = spoken.mentions.map(({ text, person }) => ({
    type: 'mention',
    text,
    mentioned: { id: person.teamsId, name: person.name },
  }));
  return { type: 'message', textFormat: 'markdown', text: spoken.text, summary: spoken.summary, entities };
}

export interface SignInCard {
  readonly text: string;
  readonly button: string;
  readonly connection: string;
  readonly link: string;
  /** Only where Teams can exchange silently; the key is left out elsewhere, an empty one is refused. */
  readonly exchange: object | undefined;
}

export function signInActivity(card: SignInCard): object {
  const content = {
    text: card.text,
    connectionName: card.connection,
    buttons: [{ type: 'signin', title: card.button, value: card.link }],
    ...(card.exchange !== undefined && { tokenExchangeResource: card.exchange }),
  };
  return { type: 'message', attachments: [{ contentType: OAUTH, content }] };
}
