import assert from 'node:assert/strict';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import type { House } from '../support/house.ts';
import { ACCEPTED, comesTo, FINISHED, houseOfLongScans, mentioned } from '../support/long-scan.ts';
import { passing, Scene } from '../support/scene.ts';
import { buttonsOn, saidOn } from '../support/shown.ts';

describe('a scan that somebody else started', () => {
  let house: House;
  let scene: Scene;
  beforeEach(async () => {
    house = await houseOfLongScans();
    scene = new Scene(house);
    await house.teams.driver.isSignedIn('alice');
  });
  afterEach(() => house.close());

  function startedInThePortal(): void {
    const order = { device: scene.device, type: 'Full', requestor: 'bob@contoso.com', comment: 'From the portal' };
    house.defender.actions.add({ ...order, type: 'Full', source: 'Portal' });
  }

  async function says(text: string): Promise<void> {
    await house.teams.driver.says('alice', text, scene.place);
  }

  it('is in the status of the device', async () => {
    startedInThePortal();
    await says('status fin-laptop-07');
    await passing(house, () => saidOn(scene.card).includes('Scans of'), 'the status');
    assert.match(scene.cardText, /Full scan.*\n.*Asked by bob@contoso\.com/);
  });

  it('is followed to its confirmed end by whoever watches it, and no second one is started', async () => {
    startedInThePortal();
    await says('watch fin-laptop-07');
    await passing(house, () => scene.cardText.includes('bob@contoso.com'), 'the card');
    assert.match(scene.cardText, /Full scan by bob@contoso\.com has been under way .*I follow it here/);
    assert.equal(buttonsOn(scene.card).includes('Cancel scan'), false);
    await comesTo(scene, ACCEPTED, 15 * SECOND, 5 * MINUTE);
    await comesTo(scene, FINISHED, 5 * MINUTE, 180 * MINUTE);
    assert.match(await mentioned(scene, 1), /finished: Succeeded.*This scan was started by bob@contoso\.com/s);
    assert.deepEqual(scene.posts(), []);
  });

  it('is watched once, however often that is asked', async () => {
    startedInThePortal();
    await says('watch fin-laptop-07');
    await passing(house, () => scene.card !== undefined, 'the card');
    await says('watch fin-laptop-07');
    await passing(
      house,
      () => scene.replies().some((text) => text.includes('I follow that scan for you already')),
      'no',
    );
    assert.equal(house.teams.driver.cardMessages(scene.place).length, 1);
  });

  it('is none where nothing is under way', async () => {
    await says('watch fin-laptop-07');
    await passing(house, () => scene.replies().some((text) => text.includes('Defender shows no scan under way')), 'no');
    assert.equal(scene.card, undefined);
  });

  it('is nobody’s to watch who may not see the device', async () => {
    const hidden = new Scene(house, { by: 'walt', device: 'srv-files-01' });
    const order = { device: hidden.device, type: 'Full', requestor: 'bob@contoso.com', comment: 'Secret' } as const;
    house.defender.actions.add({ ...order, source: 'Portal' });
    await house.teams.driver.isSignedIn('walt');
    await house.teams.driver.says('walt', 'watch srv-files-01', hidden.place);
    await passing(
      house,
      () => hidden.replies().some((text) => text.includes('not found, or you may not see it')),
      'no',
    );
    assert.equal(hidden.card, undefined);
  });
});
