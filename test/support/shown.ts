import type { Card } from '../../src/sandbox/teams/card.ts';
import { buttonsOf, drawn, inputsOf, oauthCardIn, textsOf } from '../../src/sandbox/teams/card.ts';
import type { Json } from '../../src/sandbox/teams/json.ts';
import { isJson, list, record, words } from '../../src/sandbox/teams/json.ts';
import type { Message } from '../../src/sandbox/teams/message.ts';

type Texts = Readonly<Record<string, string>>;

/** Every sentence, title and value on a card, in the order of reading. */
export function saidOn(card: Card | undefined): string {
  return card === undefined ? '' : textsOf(card).join('\n');
}

/** Facts by their titles. */
export function factsOn(card: Card | undefined): Texts {
  const facts = drawn(card).flatMap((part) => (part['type'] === 'FactSet' ? list(part['facts']) : []));
  return Object.fromEntries(
    facts.map((fact) => [words(record(fact)['title']) ?? '', words(record(fact)['value']) ?? '']),
  );
}

/** What is in the inputs before anybody typed, by their ids. */
export function inputsOn(card: Card | undefined): Texts {
  return Object.fromEntries((card === undefined ? [] : inputsOf(card)).map(({ id, value }) => [id, value]));
}

export function inputOn(card: Card | undefined, id: string): Readonly<Record<string, unknown>> {
  return record(drawn(card).find((part) => part['id'] === id && words(part['type'])?.startsWith('Input.')));
}

export function buttonsOn(card: Card | undefined): readonly string[] {
  return card === undefined ? [] : buttonsOf(card).map(({ title }) => title);
}

/** What the button of this title carries besides the inputs. */
export function carriedBy(card: Card | undefined, title: string): Json {
  const button = (card === undefined ? [] : buttonsOf(card)).find((one) => one.title === title);
  return record(button?.action['data']);
}

/** The cards among these messages that ask for a sign-in. */
export function signInCards(messages: readonly Message[]): readonly Json[] {
  return messages.map(({ attachments }) => oauthCardIn(attachments)).filter(isJson);
}
