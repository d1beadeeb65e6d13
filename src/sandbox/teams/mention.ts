import { cardIn, textsOf, type Attachment } from './card.ts';
import { isJson, list, record, words } from './json.ts';

export interface Mention {
  readonly text: string | undefined;
  /** Whom: `29:…`, object id or user principal name. */
  readonly id: string;
  /** Whether the words stand where the entity says that they stand. */
  readonly stands: boolean;
}

export interface Mentioning {
  readonly text: string;
  readonly entities: readonly unknown[];
  readonly attachments: readonly Attachment[];
}

/** Mentions in the text and in the card. */
export function mentionsIn(message: Mentioning): readonly Mention[] {
  const card = cardIn(message.attachments);
  const inText = read(message.entities, [message.text]);
  if (card === undefined) return inText;
  return [...inText, ...read(list(record(card['msteams'])['entities']), textsOf(card))];
}

function read(entities: readonly unknown[], places: readonly string[]): readonly Mention[] {
  return entities
    .filter(isJson)
    .filter((entity) => entity['type'] === 'mention')
    .map((entity) => {
      const text = words(entity['text']);
      const id = words(record(entity['mentioned'])['id']) ?? '';
      return { text, id, stands: text !== undefined && places.some((place) => place.includes(text)) };
    });
}
