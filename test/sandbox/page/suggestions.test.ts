import assert from 'node:assert/strict';
import type { PlaceInfo } from '../../../src/sandbox/page/world.ts';
import { isHeard, suggestionsFor, withMention } from '../../../src/sandbox/page/state/suggestions.ts';
import { channel, chat, world } from './worlds.ts';

function texts(text: string, place: PlaceInfo = channel): readonly string[] {
  return suggestionsFor(text, world, place).map((suggestion) => suggestion.text);
}

describe('a suggestion in the composer', () => {
  it('completes the mention of the bot wherever it is begun', () => {
    assert.deepEqual(texts('@'), ['@Scan Bot ']);
    assert.deepEqual(texts('please @sca'), ['please @Scan Bot ']);
    assert.deepEqual(texts('@Scan B'), ['@Scan Bot ']);
  });

  it('does not take an address for a mention', () => {
    assert.deepEqual(texts('alice@sca'), []);
  });

  it('offers the commands after the mention, and those that go on as typed', () => {
    assert.deepEqual(
      texts('@Scan Bot '),
      world.commands.map((command) => `@Scan Bot ${command}`),
    );
    assert.deepEqual(texts('@Scan Bot HE'), ['@Scan Bot help']);
    assert.deepEqual(texts('@Scan Bot help'), []);
  });

  it('offers each device name once, without its domain', () => {
    assert.deepEqual(texts('@Scan Bot scan quick fin'), [
      '@Scan Bot scan quick fin-laptop-07 ',
      '@Scan Bot scan quick fin-laptop-11 ',
    ]);
  });

  it('leaves the comment alone', () => {
    assert.deepEqual(texts('@Scan Bot scan kiosk-lobby because fin'), []);
  });

  it('needs no mention in a personal chat, and says nothing to an empty box', () => {
    assert.deepEqual(texts('he', chat), ['help']);
    assert.deepEqual(texts('he', channel), []);
    assert.deepEqual(texts('', chat), []);
  });
});

describe('what is typed to the bot', () => {
  it('is heard in a personal chat, elsewhere only with a mention', () => {
    assert.equal(isHeard('help', world, chat), true);
    assert.equal(isHeard('help', world, channel), false);
    assert.equal(isHeard('@scan bot help', world, channel), true);
  });

  it('gets its mention spelled as Teams would have', () => {
    assert.equal(withMention('please @scan BOT help', world), 'please @Scan Bot help');
    assert.equal(withMention('help', world), 'help');
  });
});
