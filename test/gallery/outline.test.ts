import assert from 'node:assert/strict';
import { LANGUAGES } from '../../src/chat/languages.ts';
import { acceptedOutline, outlineIn } from './outline.ts';

describe('what the cards say', () => {
  for (const language of LANGUAGES.keys()) {
    it(`is what was looked at and accepted, in ${language}`, () => {
      const [now, accepted] = [outlineIn(language), acceptedOutline(language)].map((text) => text.split('\n'));
      const changed = now?.findIndex((line, index) => line !== accepted?.[index]) ?? -1;
      const same = changed === -1 && now?.length === accepted?.length;
      const where = `line ${changed + 1}: "${now?.[changed] ?? ''}" was "${accepted?.[changed] ?? ''}"`;
      assert.ok(same, `${where}. Look at the cards: npm run gallery -- --accept`);
    });
  }
});
