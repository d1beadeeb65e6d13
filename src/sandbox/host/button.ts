import { isDeepStrictEqual } from 'node:util';
import type { Press } from '../page/api.ts';
import { buttonsOf, inputsOf } from '../teams/card.ts';
import type { Card } from '../teams/card.ts';
import { record } from '../teams/json.ts';
import type { Json } from '../teams/json.ts';
import type { Message, Revision } from '../teams/message.ts';
import type { TeamsWorld } from '../teams/teams-world.ts';

/** A button that somebody has, or had, before their eyes. */
export interface Found {
  readonly card: Card;
  /** How the driver finds it: in the message as it stands, or in a state that it was in. */
  readonly where: string | Revision;
  readonly action: Json;
}

/** Looks at what the person sees now, then at what they saw before: a page may be a moment behind. */
export function findButton(world: TeamsWorld, message: Message, press: Press): Found | undefined {
  const now = world.viewOf(press.as, message);
  const before = message.revisions.toReversed().map((revision) => ({ card: revision.card, where: revision }));
  for (const { card, where } of [{ card: now, where: message.id }, ...before]) {
    const action = card && buttonsOf(card).find((button) => isThis(button.action, press))?.action;
    if (card !== undefined && action !== undefined) return { card, where, action };
  }
  return undefined;
}

/** A renderer may have put the inputs into the data: what the card itself says there is what counts. */
function isThis(action: Json, { action: pressed }: Press): boolean {
  const isNamed = action['title'] === pressed.title && action['type'] === pressed.type;
  const isSame = pressed.id === undefined || action['id'] === undefined || action['id'] === pressed.id;
  if (pressed.data === undefined || !isNamed || !isSame) return isNamed && isSame;
  const given = record(pressed.data);
  return Object.entries(record(action['data'])).every(([key, value]) => isDeepStrictEqual(given[key], value));
}

/** What was typed or chosen: a client sends no input that nobody has touched or that the button leaves out. */
export function touchedInputs({ card, action }: Found, inputs: Press['inputs']): Readonly<Record<string, string>> {
  if (action['associatedInputs'] === 'none') return {};
  const touched = inputsOf(card).flatMap(({ id, value }) => {
    const now = inputs[id];
    return now === undefined || now === value ? [] : [[id, now] as const];
  });
  return Object.fromEntries(touched);
}
