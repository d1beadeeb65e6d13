import assert from 'node:assert/strict';
import { SANDBOX_SECRET } from '../../src/sandbox/entra/client-proof.ts';
import type { Sent } from '../../src/sandbox/teams/bot-line.ts';
import { SECOND } from '../../src/scan/time.ts';
import type { BotProcess } from '../support/bot-process.ts';
import type { Held } from '../support/gate.ts';
import { OutsideWorld } from '../support/outside-world.ts';
import { SECRET_WORD, WatchedThread } from '../support/watched-thread.ts';

const WAITING = 'Waiting for confirmation';
/** Decided, on its way or about to be. */
const SENDING = 'Sending or sent to Defender';
const SUBMITTED = 'Submitted, waiting for the device';

/** Where each scan is when the power goes. */
const MOMENTS = {
  acknowledged: ['fin-laptop-07', 'after its message was acknowledged'],
  undecided: ['fin-laptop-11', 'while its card waited for a decision'],
  pressed: ['lab-pc-03', 'right after the answer to its press'],
  onTheWay: ['srv-files-01', 'while its start was on the way to Defender'],
  taken: ['srv-web-03', 'after Defender had taken it, before the answer came'],
  followed: ['design-mac-05', 'while it was followed'],
  over: ['plant-hmi-01', 'when it was over, before anybody was told'],
  unread: ['dev-station-02', 'before the answer to its press, and before Defender read the start'],
} as const;

type Moment = keyof typeof MOMENTS;

/** Everything that stands still while the power goes. */
interface Standstill {
  readonly lookUp: Held;
  readonly start: Held;
  readonly answer: Held;
  readonly pressAnswer: Held;
  readonly unreadStart: Held;
  readonly unanswered: Promise<Sent>;
}

describe('a bot as a process', function () {
  this.timeout(180 * SECOND);
  let world: OutsideWorld;
  let bot: BotProcess;
  let threads: Record<Moment, WatchedThread>;

  before(async () => {
    world = await OutsideWorld.open();
    bot = await world.starts();
    await world.teams.driver.isSignedIn('alice');
    const moments = Object.entries(MOMENTS).map(([moment, [device]]) => [moment, new WatchedThread(world, device)]);
    threads = Object.fromEntries(moments) as typeof threads;
    const held = await bringToTheirMoments();
    await bot.killed();
    await stoodWhereTheyShould(held);
    world.teams.moods.calm();
    held.start.release();
    held.answer.release();
    for (const one of [held.lookUp, held.unreadStart]) one.drop();
    threads.followed.wakes();
    bot = await world.starts();
    await threads.acknowledged.shows(WAITING);
    for (const thread of [threads.undecided, threads.acknowledged]) assert.equal((await thread.presses()).status, 200);
  });

  after(() => world.close());

  async function bringToTheirMoments(): Promise<Standstill> {
    const { acknowledged, undecided, pressed, onTheWay, taken, followed, over, unread } = threads;
    // The one that takes longest comes first: it is looked up three times and then sent again.
    await unread.asks();
    const unreadStart = unread.holdsStart();
    const pressAnswer = world.toBot.holdAnswer((call) => call.startsWith('POST'));
    const unanswered = unread.presses();
    await Promise.all([unreadStart.arrived, pressAnswer.arrived]);
    const [lookUp, start, answer] = [acknowledged.holdsLookUp(), onTheWay.holdsStart(), taken.holdsAnswer()];
    for (const thread of [followed, over]) thread.sleeps();
    await Promise.all([
      acknowledged.says().then(() => lookUp.arrived),
      undecided.asks(),
      pressed.asks(),
      onTheWay.starts().then(() => start.arrived),
      taken.starts().then(() => answer.arrived),
      followed.starts().then(() => followed.isAccepted()),
      over.starts().then(() => over.isAccepted()),
    ]);
    // From here on nobody can be told anything.
    world.teams.moods.connectorAnswers({ status: 503, method: 'POST' }, 1000);
    over.wakes();
    await over.isReadAsOver();
    assert.equal((await pressed.presses()).status, 200);
    return { lookUp, start, answer, pressAnswer, unreadStart, unanswered };
  }

  async function stoodWhereTheyShould({ pressAnswer, unanswered }: Standstill): Promise<void> {
    pressAnswer.drop();
    assert.equal((await unanswered).status, 0);
    const { acknowledged, undecided, onTheWay, taken, followed, over, unread } = threads;
    assert.deepEqual(
      [acknowledged, undecided, unread, onTheWay, taken, followed].map((thread) =>
        thread.title().replace(/^(Sending|Sent) to Defender$/, SENDING),
      ),
      ['', WAITING, SENDING, SENDING, SENDING, SUBMITTED],
    );
    assert.deepEqual([unread.posts(), onTheWay.posts(), taken.posts()], [[], [], [201]]);
    assert.equal(over.texts().length, 1, 'accepted, and nothing since');
  }

  /** Those that may have to be sent once more come last: meanwhile there is something else to see. */
  const LATE: readonly Moment[] = ['pressed', 'unread'];

  function bringsToTheirEnd(moments: readonly Moment[]): void {
    for (const moment of moments) {
      it(`brings a scan to its end, once, that a kill met ${MOMENTS[moment][1]}`, async () => {
        await threads[moment].isTold();
        threads[moment].endedWell();
      });
    }
  }

  bringsToTheirEnd((Object.keys(MOMENTS) as Moment[]).filter((moment) => !LATE.includes(moment)));

  it('says everything that is wrong with its configuration, and ends with 78 without listening', async () => {
    const wrong = { PORT: '70000', MicrosoftAppType: 'MultiTenant', MicrosoftAppId: 'x', STATUS_POLL_SECONDS: '0' };
    const misled = world.runs({ ...world.env, ...wrong, MicrosoftAppPassword: '' });
    assert.equal(await misled.ended(), 78);
    for (const variable of [...Object.keys(wrong), 'MicrosoftAppPassword']) assert(misled.stderr.includes(variable));
    assert.equal(misled.stdout, '');
  });

  it('does not touch a store that another one has open, says so, and ends with 78', async () => {
    const second = world.runs();
    assert.equal(await second.ended(), 78);
    assert.match(second.stderr, /in use by another process/);
  });

  it('stops at SIGTERM: ends the turn that it has, exits 0 in time, and its next start goes on with the scans', async () => {
    const { driver, moods } = world.teams;
    const [asleep, starting] = [
      new WatchedThread(world, 'sales-tablet-04'),
      new WatchedThread(world, 'srv-web-03', 'once more'),
    ];
    await asleep.starts();
    await asleep.isAccepted();
    const answer = starting.holdsAnswer();
    await starting.starts();
    await answer.arrived;
    moods.tokens = { kind: 'slow', ms: 700 };
    const turns = await world.turnsTaken();
    const turn = driver.says('bob', 'sign out', driver.personalChat('bob'));
    while ((await world.turnsTaken()) === turns);
    const asked = performance.now();
    const stopped = bot.stopped();
    answer.release();
    assert.equal(await stopped, 0);
    assert(performance.now() - asked < 10 * SECOND);
    assert.equal((await turn).status, 200);
    moods.calm();
    asleep.wakes();
    bot = await world.starts();
    for (const thread of [asleep, starting]) await thread.isTold();
    asleep.endedWell();
    assert.deepEqual(starting.posts(), [201, 201]);
  });

  bringsToTheirEnd(LATE);

  it('has written no secret, no token and no comment, and met nothing unexpected', () => {
    const { output } = world;
    assert(output.includes('Scan Bot takes turns'));
    for (const secret of [SANDBOX_SECRET, SECRET_WORD, 'eyJ', 'Bearer']) assert(!output.includes(secret), secret);
    assert.doesNotMatch(output, /"level":"error"|Warning|at file:/);
  });
});
