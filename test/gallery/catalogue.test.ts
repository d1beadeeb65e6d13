import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { signOf } from '../../src/chat/cards/scan-state.ts';
import { LANGUAGES } from '../../src/chat/languages.ts';
import { drawCard } from '../../src/teams/card-templates.ts';
import { lookOf } from '../chat/cards/requests.ts';
import { sentencesOf } from '../words/word-faults.ts';
import { everyView } from './piece.ts';

describe('the catalogue of cards', () => {
  const views = Object.values(everyView(lookOf('full')));
  const headings = views.map((view) => view.data.heading);
  const states = new Set(
    [...sentencesOf('en').keys()].flatMap((key) => /^state\.([a-z-]+)\.heading$/.exec(key)?.[1] ?? []),
  );

  it('has a card for every state that a request can be in', () => {
    const { size } = states;
    assert.ok(size > 20);
    const missing = [...states].filter((state) => {
      const words = sentencesOf('en').get(`state.${state}.heading`) ?? '';
      return !headings.some((heading) => heading.endsWith(words));
    });
    assert.deepEqual(missing, [], 'add the stage to EVERY_STAGE in test/chat/cards/requests.ts');
  });

  it('has a card for every template', () => {
    const templates = readdirSync(new URL('../../cards/', import.meta.url)).map((name) => name.replace('.json', ''));
    const shown = new Set<string>(views.map(({ template }) => template));
    assert.deepEqual(
      templates.filter((template) => !shown.has(template)),
      [],
      'add the card to test/gallery/catalogue.ts',
    );
  });

  it('begins each card with a symbol and with words, so that no colour speaks alone', () => {
    for (const heading of headings) assert.match(heading, /\p{L}{2}/u);
    for (const state of states)
      assert.match(signOf(state as Parameters<typeof signOf>[0]).symbol, /\p{Extended_Pictographic}/u);
  });

  it('fills every value in every language', () => {
    for (const language of LANGUAGES.keys()) {
      for (const [name, view] of Object.entries(everyView(lookOf('full', { locale: language })))) {
        const card = JSON.stringify(drawCard(view));
        assert.doesNotMatch(card, /\{\{|undefined|NaN|Invalid Date|\[object/, `${name} in ${language}`);
      }
    }
  });
});
