import assert from 'node:assert/strict';
import { SECOND } from '../../src/scan/time.ts';
import { House } from '../support/house.ts';
import { fleet, Many, namesOf } from '../support/many.ts';

const COUNT = 500;

describe('500 scans at once', function () {
  this.timeout(240 * SECOND);
  let house: House;
  let many: Many;
  before(async () => {
    house = await House.open({}, undefined, fleet(COUNT));
    many = new Many(house);
    await many.runs(`scan quick\n${namesOf(COUNT).join('\n')}\nbecause an outbreak`, `Run ${String(COUNT)} scans`);
    await many.until(() => many.posts().length >= 120, 'a part of them', undefined, 5 * SECOND);
    await house.stop();
    await house.start();
    await many.until(
      () => many.titles().filter((title) => title === 'as CSV').length === 5,
      'the end',
      undefined,
      5 * SECOND,
    );
  });
  after(() => house.close());

  it('go out without one answer that the quota is used up, and none of them twice', () => {
    assert.equal(many.throttled(), 0);
    assert.equal(many.posts().length, COUNT);
    assert.equal(new Set(many.posts().map(({ device }) => device)).size, COUNT);
  });

  it('are told once, with every one of them in the CSV', () => {
    assert.equal(many.mentions().length, 1);
    assert.match(many.mentions()[0] ?? '', /Quick scans of 500 devices: all over\.\n\nCompleted: 500/);
    const cards = house.teams.driver.cardMessages(many.place).map((message) => JSON.stringify(message));
    for (const name of namesOf(COUNT))
      assert.ok(
        cards.some((card) => card.includes(`${name}.contoso.com,Quick,completed`)),
        name,
      );
  });

  it('are one card, redrawn no more often than every ten seconds', () => {
    const [card] = house.teams.driver.cardMessages(many.place);
    // Time passes here in steps of five seconds, so that one drawing may arrive late, and the next one in time.
    const drawn = (card?.revisions ?? []).map(({ at }) => at).slice(3, -1);
    const took = (drawn.at(-1) ?? 0) - (drawn[0] ?? 0);
    assert.ok(drawn.length > 20, 'it was followed');
    assert.ok(drawn.length - 2 <= took / (10 * SECOND), `${String(drawn.length)} in ${String(took / SECOND)} s`);
  });
});
