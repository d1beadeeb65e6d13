import type { CardView } from '../../src/chat/cards/card-view.ts';
import type { Look } from '../../src/chat/cards/look.ts';
import { LANGUAGES } from '../../src/chat/languages.ts';
import { drawCard } from '../../src/teams/card-templates.ts';
import { lookOf } from '../chat/cards/requests.ts';
import { catalogue } from './catalogue.ts';
import { countingViews } from './counting-views.ts';

export const THEMES = ['light', 'dark', 'contrast'] as const;

/** One card, in one language, under one theme. */
export interface Piece {
  readonly name: string;
  readonly language: string;
  readonly theme: (typeof THEMES)[number];
  readonly detail: Look['detail'];
  /** What the toast says. */
  readonly summary: string;
  readonly card: object;
}

/** Every card of the catalogue; what only one person may see is marked by its name. */
export function pieces(language: string, theme: Piece['theme']): readonly Piece[] {
  return (['full', 'minimal'] as const).flatMap((detail) =>
    Object.entries(everyView(lookOf(detail, { locale: language }))).map(([name, view]) => {
      const shown = detail === 'full' ? name : `${name}, in a channel`;
      return { name: shown, language, theme, detail, summary: view.summary, card: drawCard(view) };
    }),
  );
}

export function everyView(look: Look): Readonly<Record<string, CardView>> {
  return { ...catalogue(look), ...countingViews(look, 'fin-laptop-07') };
}

export function everyPiece(): readonly Piece[] {
  return [...LANGUAGES.keys()].flatMap((language) => THEMES.flatMap((theme) => pieces(language, theme)));
}
