import assert from 'node:assert/strict';
import type { Sent } from '../../src/sandbox/teams/bot-line.ts';
import type { Revision } from '../../src/sandbox/teams/message.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { Approval } from '../support/approval.ts';
import { Gate } from '../support/gate.ts';
import type { Held } from '../support/gate.ts';
import { House } from '../support/house.ts';
import { moment } from '../support/scene.ts';
import { deviceIn } from '../support/scene.ts';
import { saidOn } from '../support/shown.ts';
import { record } from '../../src/sandbox/teams/json.ts';

const ROUNDS = 10;
const AT_ONCE = 10;

/** One request in a race, and what its comment is. */
interface Runner {
  readonly approval: Approval;
  readonly comment: string;
}

/** With what the requester sees, and goes on seeing. */
interface Seen extends Runner {
  readonly view: Revision;
}

type Rival = (runner: Seen) => Promise<Sent | undefined>;

/** Ten requests at a time, each with an approval that stands at a gate before it can be written. */
class Race {
  readonly house: House;
  readonly gate: Gate;
  #starts: string[] = [];
  #runs = 0;

  private constructor(house: House, gate: Gate) {
    this.house = house;
    this.gate = gate;
    house.defender.on('wire', ({ path, requestBody }) => {
      if (path.endsWith('/runAntiVirusScan')) this.#starts.push(requestBody);
    });
    // What is approved is sent once and turned away, so that nothing runs on.
    house.defender.moods.start('operation-disallowed', { on: 'start-scan' });
  }

  static async open(env: Record<string, string> = {}): Promise<Race> {
    const gate = await Gate.open();
    const house = await House.open({ APPROVAL: 'second-person', DEFENDER_API_URL: gate.url, ...env });
    gate.target = house.defender.url;
    for (const handle of ['alice', 'bob', 'walt']) await house.teams.driver.isSignedIn(handle);
    return new Race(house, gate);
  }

  async close(): Promise<void> {
    await this.house.close();
    await this.gate.close();
  }

  async ask(): Promise<readonly Runner[]> {
    this.house.clock.advance(2 * MINUTE);
    await moment();
    this.#starts = [];
    return Promise.all(Array.from({ length: AT_ONCE }, () => this.#askOne()));
  }

  async #askOne(): Promise<Runner> {
    this.#runs += 1;
    const comment = `race ${this.#runs}.`;
    const approval = new Approval(this.house, this.house.teams.driver.channelThread(comment));
    await approval.says(`scan full fin-laptop-07 because ${comment}`);
    await approval.shows('Waiting for approval');
    return { approval, comment };
  }

  /** Everybody's view is at hand before the start. */
  async own(runners: readonly Runner[]): Promise<readonly Seen[]> {
    await Promise.all(runners.map(({ approval }) => approval.looks('alice')));
    return runners.map((runner) => ({
      ...runner,
      view: { ...runner.approval.cardState, card: runner.approval.viewOf('alice') },
    }));
  }

  /** Approvals of these people, each stopped where only the write is left to do. */
  async poised(runners: readonly Runner[], ...people: readonly string[]): Promise<Poised> {
    const device = deviceIn(this.house, 'fin-laptop-07').id;
    const isCheck = (call: string): boolean => call.startsWith('GET') && call.endsWith(`/machines/${device}`);
    const held: Held[] = runners.flatMap(() => people.map(() => this.gate.holdCall(isCheck)));
    const answers = runners.map(({ approval }) => people.map((person) => approval.presses(person, 'Approve')));
    await Promise.all(held.map(({ arrived }) => arrived));
    const release = (): void => {
      for (const one of held) one.release();
    };
    return { release, answers };
  }

  /** How often this request's scan went to Defender. */
  starts({ comment }: Runner): number {
    return this.#starts.filter((body) => body.includes(comment)).length;
  }

  async ends({ approval }: Runner, ...titles: readonly string[]): Promise<string> {
    const { driver } = this.house.teams;
    const title = (): string => approval.titles().at(-1) ?? '';
    await driver.until(() => titles.includes(title()), titles.join(' or '));
    return title();
  }
}

interface Poised {
  readonly release: () => void;
  readonly answers: readonly (readonly Promise<Sent>[])[];
}

/** What somebody reads in the answer to their press. */
function told(sent: Sent | undefined): string {
  const { value } = record(sent?.body);
  return typeof value === 'string' ? value : saidOn(record(value));
}

/** By turns the approval is a little ahead, the rival is, or both go at once. */
async function meet(
  poised: Poised,
  runners: readonly Seen[],
  rival: Rival,
  round: number,
): Promise<readonly (Sent | undefined)[]> {
  if (round % 3 === 0) {
    poised.release();
    for (let waits = 0; waits < 4; waits += 1) await moment();
  }
  const rivals = runners.map(rival);
  if (round % 3 === 1) await Promise.all(rivals);
  poised.release();
  return Promise.all(rivals);
}

describe('a hundred races', function () {
  this.timeout(400_000);
  let race: Race;
  afterEach(() => race.close());

  it('of two approvers have one outcome, and the other one sees it', async () => {
    race = await Race.open();
    for (let round = 0; round < ROUNDS; round += 1) {
      const runners = await race.ask();
      const poised = await race.poised(runners, 'bob', 'walt');
      poised.release();
      for (const [index, runner] of runners.entries()) {
        const answers = await Promise.all(poised.answers[index] ?? []);
        await race.ends(runner, 'Refused');
        assert.equal(race.starts(runner), 1);
        for (const answer of answers) assert.match(told(answer), /Approved by/);
        assert.equal(runner.approval.fact('Approved by').split(',').length, 2);
      }
    }
  });

  it('of an approval against a withdrawal have one outcome, and both see it', async () => {
    race = await Race.open();
    const seen = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const runners = await race.own(await race.ask());
      const poised = await race.poised(runners, 'bob');
      const withdrawn = await meet(
        poised,
        runners,
        ({ approval, view }) => approval.presses('alice', 'Withdraw', {}, { card: view }),
        round,
      );
      for (const [index, runner] of runners.entries()) {
        const [approved] = await Promise.all(poised.answers[index] ?? []);
        const title = await race.ends(runner, 'Refused', 'Withdrawn');
        seen.add(title);
        assert.equal(race.starts(runner), title === 'Withdrawn' ? 0 : 1);
        const outcome = title === 'Withdrawn' ? /Withdrawn/ : /Approved by/;
        assert.match(told(approved), outcome);
        assert.match(told(withdrawn[index]), outcome);
      }
    }
    assert.equal(seen.size, 2, 'both ways');
  });

  it('of an approval against the time have one outcome, and the approver sees it', async () => {
    race = await Race.open({ APPROVAL_EXPIRES_MINUTES: '1' });
    const seen = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const runners = await race.ask();
      for (const ms of [31, 28]) {
        await moment();
        race.house.clock.advance(ms * SECOND);
      }
      await moment();
      const poised = await race.poised(runners, 'bob');
      if (round % 2 === 0) poised.release();
      if (round % 4 === 0) await moment();
      race.house.clock.advance(SECOND);
      poised.release();
      for (const [index, runner] of runners.entries()) {
        const [approved] = await Promise.all(poised.answers[index] ?? []);
        const title = await race.ends(runner, 'Refused', 'Expired without approval');
        seen.add(title);
        assert.equal(race.starts(runner), title === 'Refused' ? 1 : 0);
        assert.match(told(approved), title === 'Refused' ? /Approved by/ : /Expired without approval|already closed/);
      }
    }
    assert.equal(seen.size, 2, 'both ways');
  });

  it('of an approval against a correction approve what stood there, or nothing', async () => {
    race = await Race.open();
    const seen = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const runners = await race.own(await race.ask());
      const poised = await race.poised(runners, 'bob');
      const change: Rival = ({ approval, comment, view }) =>
        approval.presses('alice', 'Change', { scanType: 'Quick', comment: `${comment} corrected` }, { card: view });
      const changed = await meet(poised, runners, change, round);
      for (const [index, runner] of runners.entries()) {
        const [approved] = await Promise.all(poised.answers[index] ?? []);
        const won = told(approved).includes('Approved by');
        seen.add(String(won));
        if (won) await race.ends(runner, 'Refused');
        else await runner.approval.cardSays(/corrected/);
        assert.equal(race.starts(runner), won ? 1 : 0);
        assert.match(told(approved), won ? /Approved by/ : /corrected/);
        assert.match(told(changed[index]), won ? /Approved by/ : /changed at/);
        assert.equal(runner.approval.titles().at(-1), won ? 'Refused' : 'Waiting for approval');
      }
      assert.doesNotMatch(JSON.stringify(race.house.starts()), /corrected/);
    }
    assert.equal(seen.size, 2, 'both ways');
  });
});
