import { isJson, list, record, words, type Json } from './json.ts';

export type Card = Json;

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
const OAUTH_TYPE = 'application/vnd.microsoft.card.oauth';
/** Branches of a card that are not drawn. */
const UNDRAWN = new Set(['fallback', 'data', 'refresh', 'authentication', 'msteams', 'choices']);
const PRESSABLE = new Set(['Action.Execute', 'Action.Submit']);

export interface Attachment {
  readonly contentType: string;
  readonly content: unknown;
}

export interface Button {
  readonly title: string;
  readonly action: Json;
  /** What a client draws that knows no Action.Execute. */
  readonly old: Json | undefined;
}

export interface CardInput {
  readonly id: string;
  /** What is in it before anybody typed; empty means untouched. */
  readonly value: string;
}

export function cardIn(attachments: readonly Attachment[]): Card | undefined {
  return contentOf(attachments, CARD_TYPE);
}

export function oauthCardIn(attachments: readonly Attachment[]): Json | undefined {
  return contentOf(attachments, OAUTH_TYPE);
}

function contentOf(attachments: readonly Attachment[], contentType: string): Json | undefined {
  const found = attachments.find((attachment) => attachment.contentType === contentType);
  return isJson(found?.content) ? found.content : undefined;
}

/** Every object that is drawn, in the order of reading, however deep. */
export function drawn(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(drawn);
  if (!isJson(value)) return [];
  const inside = Object.entries(value).filter(([key]) => !UNDRAWN.has(key));
  return [value, ...inside.flatMap(([, child]) => drawn(child))];
}

export function buttonsOf(card: Card): readonly Button[] {
  const parts = drawn(card);
  const fallbacks = parts.flatMap((part) => list(record(part['fallback'])['actions']).filter(isJson));
  return parts
    .filter((part) => PRESSABLE.has(words(part['type']) ?? ''))
    .map((action) => ({ title: words(action['title']) ?? '', action, old: oldForm(action, fallbacks) }));
}

function oldForm(action: Json, fallbacks: readonly Json[]): Json | undefined {
  if (action['type'] === 'Action.Submit') return action;
  const own = action['fallback'];
  if (isJson(own)) return own;
  return fallbacks.find((other) => other['title'] === action['title'] && other['type'] === 'Action.Submit');
}

export function inputsOf(card: Card): readonly CardInput[] {
  return drawn(card).flatMap((part) => {
    const id = words(part['id']);
    if (id === undefined || !(words(part['type']) ?? '').startsWith('Input.')) return [];
    return [{ id, value: valueOf(part) }];
  });
}

function valueOf(input: Json): string {
  const value = input['value'];
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  return input['type'] === 'Input.Toggle' ? (words(input['valueOff']) ?? 'false') : '';
}

/** The first heading, else the first text. */
export function titleOf(card: Card): string {
  const texts = drawn(card).filter((part) => part['type'] === 'TextBlock');
  const title = texts.find((part) => part['style'] === 'heading') ?? texts[0];
  return words(title?.['text']) ?? '';
}

/** Everything in which a card may mention somebody: text blocks and facts. */
export function textsOf(card: Card): readonly string[] {
  return drawn(card).flatMap((part) => {
    if (part['type'] === 'TextBlock') return [words(part['text']) ?? ''];
    if (part['type'] !== 'FactSet') return [];
    return list(part['facts']).flatMap((fact) => [
      words(record(fact)['title']) ?? '',
      words(record(fact)['value']) ?? '',
    ]);
  });
}
