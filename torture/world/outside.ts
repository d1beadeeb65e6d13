import { DefenderStandIn } from '../../src/sandbox/defender/stand-in.ts';
import { EntraStandIn } from '../../src/sandbox/entra/entra-stand-in.ts';
import type { SandboxPerson } from '../../src/sandbox/person.ts';
import { USUAL_PACE } from '../../src/sandbox/defender/stand-in-action.ts';
import { SECOND } from '../../src/scan/time.ts';
import { TeamsStandIn } from '../../src/sandbox/teams/stand-in.ts';
import { APP_ID, TENANT } from '../../test/support/cast.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Scan } from '../ledger/entry.ts';
import type { Random } from '../random.ts';
import type { Scenario } from '../scenario.ts';
import type { TimeLapse } from '../time/lapse.ts';
import { devicesNumbered, peopleNamed } from './cast.ts';
import { DefenderLine } from './defender-line.ts';
import { TeamsTrouble } from './teams-trouble.ts';
import { TeamsWatch } from './teams-watch.ts';

/** Devices are through with a scan soon after they have reported it: otherwise a bout would last for hours. */
const PACE = { ...USUAL_PACE, quick: 45 * SECOND, full: 90 * SECOND };

export interface OutsideParts {
  readonly scenario: Scenario;
  readonly lapse: TimeLapse;
  readonly random: Random;
  readonly ledger: Ledger;
}

interface StandIns {
  readonly entra: EntraStandIn;
  readonly teams: TeamsStandIn;
  readonly defender: DefenderStandIn;
  readonly line: DefenderLine;
}

/** Entra, Teams and Defender around the bots, with everything that goes wrong there. */
export class Outside {
  readonly people: readonly SandboxPerson[];
  readonly entra: EntraStandIn;
  readonly teams: TeamsStandIn;
  readonly defender: DefenderStandIn;
  readonly line: DefenderLine;
  readonly watch: TeamsWatch;
  readonly #trouble: TeamsTrouble;

  private constructor(people: readonly SandboxPerson[], standIns: StandIns, parts: OutsideParts) {
    this.people = people;
    this.entra = standIns.entra;
    this.teams = standIns.teams;
    this.defender = standIns.defender;
    this.line = standIns.line;
    this.watch = new TeamsWatch(this.teams, parts.ledger);
    this.#trouble = new TeamsTrouble(this.teams, parts.random.fork('teams'), parts.lapse);
    this.#trouble.start(parts.scenario.teamsTroubleEvery);
    noteScans(this.defender, parts.ledger);
    setMoods(this.defender, parts);
  }

  static async open(parts: OutsideParts): Promise<Outside> {
    const { scenario, lapse: clock, random, ledger } = parts;
    const people = peopleNamed(scenario.people);
    const entra = await EntraStandIn.start({ tenantId: TENANT, appId: APP_ID, people, clock });
    const teams = await TeamsStandIn.start({
      appId: APP_ID,
      tenantId: TENANT,
      people,
      assertionFor: (oid, overrides) => entra.assertionFor(oid, overrides),
      verifyBotToken: (token) => entra.verifyBotToken(token),
      clock,
    });
    const verifyToken = (token: string): ReturnType<EntraStandIn['verifyDefenderToken']> =>
      entra.verifyDefenderToken(token);
    const devices = devicesNumbered(scenario.devices, clock.now());
    const defender = await DefenderStandIn.start({ verifyToken, people, clock, devices, pace: PACE });
    const to = { target: defender.url, lapse: clock, random: random.fork('defender'), scenario, ledger };
    const line = await DefenderLine.open(to);
    for (const { handle } of people) await teams.driver.isSignedIn(handle);
    return new Outside(people, { entra, teams, defender, line }, parts);
  }

  /** Everything works from now on. */
  calm(): void {
    this.line.calm = true;
    this.#trouble.stop();
  }

  async close(): Promise<void> {
    this.#trouble.stop();
    await Promise.all([this.line, this.teams, this.defender, this.entra].map((one) => one.close()));
  }
}

function noteScans(defender: DefenderStandIn, ledger: Ledger): void {
  const known = new Map<string, Scan>();
  defender.on('action', (action) => {
    const { id, device, comment, status, requestor: by, createdAt: at, updatedAt } = action;
    const before = known.get(id);
    const scan = before ?? ledger.add({ what: 'scan', at, id, device, by, comment, status, endedAt: undefined });
    known.set(id, scan);
    scan.status = status;
    if (status !== 'Pending' && status !== 'InProgress') scan.endedAt = updatedAt;
  });
}

/** The line counts the calls, as they come: the stand-in would count them as they get through. */
function setMoods({ moods, devices }: DefenderStandIn, { scenario, random }: OutsideParts): void {
  const chance = random.fork('devices');
  moods.start('no-quota');
  if (scenario.hidesNew > 0) moods.start('hides-new', { seconds: scenario.hidesNew });
  for (const { id } of devices) if (chance.chance(scenario.takesTwo)) moods.start('busy-accept', { device: id });
}
