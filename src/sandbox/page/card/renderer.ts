import type * as AdaptiveCardsPackage from 'adaptivecards';

export type RenderedCard = AdaptiveCardsPackage.AdaptiveCard;
export type CardAction = AdaptiveCardsPackage.Action;

interface Markdown {
  disable(rules: readonly string[]): Markdown;
  render(text: string): string;
}

interface MarkdownOptions {
  readonly html: boolean;
  readonly linkify: boolean;
  readonly breaks: boolean;
}

// What the two scripts before this one leave behind.
declare const AdaptiveCards: typeof AdaptiveCardsPackage;
declare const markdownit: new (options: MarkdownOptions) => Markdown;

/** The Markdown that Teams draws in cards: no HTML, no headings, pictures, tables or quotes. */
const markdown = new markdownit({ html: false, linkify: false, breaks: true }).disable([
  'blockquote',
  'code',
  'fence',
  'heading',
  'hr',
  'image',
  'lheading',
  'reference',
  'table',
]);

AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};
// Choices are device names and the like: Markdown would swallow characters of theirs.
AdaptiveCards.GlobalSettings.useMarkdownInRadioButtonAndCheckbox = false;
AdaptiveCards.GlobalSettings.setTabIndexAtCardRoot = false;

export type SearchingInput = AdaptiveCardsPackage.ChoiceSetInput;

/** The fields of a card that ask for what fits. */
export function searchingInputs(card: RenderedCard): readonly SearchingInput[] {
  return card
    .getAllInputs()
    .filter((input): input is SearchingInput => input instanceof AdaptiveCards.ChoiceSetInput)
    .filter(({ choicesData }) => choicesData?.dataset !== undefined);
}

export function choiceOf({
  title,
  value,
}: {
  readonly title: string;
  readonly value: string;
}): AdaptiveCardsPackage.Choice {
  return new AdaptiveCards.Choice(title, value);
}

export function typedInto(card: RenderedCard): Readonly<Record<string, string>> {
  const filled = card
    .getAllInputs()
    .flatMap(({ id, value }) => (id === undefined ? [] : [[id, String(value ?? '')] as const]));
  return Object.fromEntries(filled);
}

export const OpenUrlAction = AdaptiveCards.OpenUrlAction;

export interface CardEvents {
  readonly onAction: (action: CardAction) => void;
}

/** A card by the official renderer, not yet drawn. */
export function parsedCard(json: object, hostConfig: object, events: CardEvents): RenderedCard {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
  card.onExecuteAction = events.onAction;
  card.onAnchorClicked = (_element, anchor) => {
    openLink(anchor.href);
    return true;
  };
  card.parse(json);
  return card;
}

/** For screen readers, and for the shapes of characters: the page around the card is in English. */
export function languageOf({ lang }: { readonly lang?: unknown }): string | undefined {
  return typeof lang === 'string' && lang !== '' ? lang : undefined;
}

/** Opens only what leads to the web, in a window that knows nothing of this one. */
export function openLink(link: string | undefined): void {
  if (link !== undefined && /^https?:\/\//i.test(link)) window.open(link, '_blank', 'noopener,noreferrer');
}
