import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { DefenderStandIn } from '../../../src/sandbox/defender/stand-in.ts';
import { readersOf } from '../../../src/sandbox/host/message-view.ts';
import { SandboxPace } from '../../../src/sandbox/host/pace.ts';
import { HOUR, SECOND } from '../../../src/scan/time.ts';
import { people } from '../../support/cast.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { alice, assertionFor, path, troupe, type Troupe } from '../teams/troupe.ts';

describe('Teams, as the page needs it', () => {
  let all: Troupe;
  beforeEach(async () => {
    all = await troupe();
  });
  afterEach(() => all.close());

  it('tells when the bot is typing, and keeps nothing of it', async () => {
    const { driver } = all.teams;
    await driver.says('alice', 'begin');
    const conversation = driver.conversation(driver.channelThread());
    const told: unknown[] = [];
    all.teams.on('typing', (typing) => told.push(typing));
    await all.connector('POST', path(conversation), { type: 'typing' });
    assert.deepEqual(told, [{ conversation }]);
    assert.equal(driver.messages().length, 1);
  });

  it('puts the mention where it was typed', async () => {
    await all.teams.driver.says('alice', 'please @Scan Bot, scan <b>');
    assert.equal(all.bot.last['text'], 'please <at>Scan Bot</at>, scan &lt;b&gt;');
  });

  it('does not prove more about somebody by an exchange than they have proved', async () => {
    const { signIns } = all.teams;
    const key = signIns.keyOf(alice.teamsId);
    const token = await signIns.exchange(key, await assertionFor(alice.oid, { amr: ['pwd'] }));
    assert.deepEqual(decodeJwt(token ?? '')['amr'], ['pwd']);
  });

  it('says what it has yet to do wrong, and can be talked out of it', () => {
    const { moods } = all.teams;
    const trouble = { status: 429 };
    moods.connectorAnswers(trouble);
    moods.connectorLosesAnswers();
    assert.deepEqual(moods.planned, [trouble, 'lost']);
    moods.connectorForgets('lost');
    assert.deepEqual(moods.planned, [trouble]);
  });
});

describe('a message for one person only', () => {
  it('is seen by nobody else', async () => {
    const all = await troupe();
    const { world } = all.teams;
    const message = world.post({ kind: 'bot' }, world.rooms.channel('General'), { text: 'psst', onlyFor: 'bob' });
    assert.deepEqual(readersOf(world, message), ['bob']);
    await all.close();
  });
});

describe('Defender, as the page needs it', () => {
  it('changes its pace while a scan runs', async () => {
    const clock = new FakeClock();
    const pace = new SandboxPace();
    const verifyToken = (): Promise<never> => Promise.reject(new Error('nobody'));
    const defender = await DefenderStandIn.start({ verifyToken, people, clock, pace });
    defender.moods.start('succeeds-late');
    pace.factor = 1;
    const [device] = defender.devices;
    assert.ok(device);
    const { id } = defender.actions.add({ device, type: 'Full', comment: 'c', requestor: 'r' });
    clock.advance(HOUR);
    assert.equal(defender.actions.byId(id)?.status, 'InProgress');
    pace.factor = 360;
    defender.actions.settle();
    assert.equal(defender.actions.byId(id)?.status, 'Succeeded');
    clock.advance(SECOND);
    await defender.close();
  });
});
