import type { Sent } from './bot-line.ts';
import type { Card } from './card.ts';
import { drawn } from './card.ts';
import type { Invokes } from './invokes.ts';
import { isJson, list, record, words } from './json.ts';
import type { Message } from './message.ts';
import type { Bending, Stage } from './stage.ts';

/** As many as Teams asks for. */
const TOP = 15;

export interface FoundRow {
  readonly title: string;
  readonly value: string;
}

/** Types into the fields of cards that ask the bot for what fits. */
export class CardSearch {
  readonly #stage: Stage;
  readonly #invokes: Invokes;

  constructor(stage: Stage, invokes: Invokes) {
    this.#stage = stage;
    this.#invokes = invokes;
  }

  /** An empty text is a field that was only opened. */
  async search(handle: string, message: Message, queryText: string, bending: Bending = {}): Promise<Sent> {
    const dataset = datasetOf(this.#stage.world.viewOf(handle, message));
    if (dataset === undefined) throw new Error('This card has no field that asks for what fits.');
    const value = { queryText, queryOptions: { skip: 0, top: TOP }, dataset };
    const { conversation, id } = message;
    return this.#invokes.send({ handle, conversation, name: 'application/search', value, message: id }, bending);
  }
}

/** What the first field of the card that asks for anything asks for. */
export function datasetOf(card: Card | undefined): string | undefined {
  if (card === undefined) return undefined;
  const queries = drawn(card).map((part) => record(part['choices.data']));
  return queries.map(({ dataset }) => words(dataset)).find((dataset) => dataset !== undefined);
}

/** The rows that a client shows: only of an answer with HTTP 200 and 200 inside, no more than it asked for. */
export function rowsIn({ status, body }: Sent): readonly FoundRow[] {
  const { statusCode, type, value } = record(body);
  const isSearch = type === 'application/vnd.microsoft.search.searchResponse';
  if (status !== 200 || statusCode !== 200 || !isSearch) return [];
  return list(record(value)['results'])
    .filter(isJson)
    .map((row) => ({ title: words(row['title']) ?? '', value: words(row['value']) ?? '' }))
    .slice(0, TOP);
}
