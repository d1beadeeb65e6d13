import assert from 'node:assert/strict';
import { GroupMembership } from '../../src/entra/group-membership.ts';
import type { EntraStandIn } from '../../src/sandbox/entra/entra-stand-in.ts';
import { alice, bob, EntraWorld, personOf, startEntra } from './support/entra-world.ts';

const ALICE = personOf(alice);
const SOC = '5a0c0000-0000-4000-8000-000000000001';
const OTHER = '5a0c0000-0000-4000-8000-000000000002';

describe("a person's groups", () => {
  let entra: EntraStandIn;
  let world: EntraWorld;
  before(async () => {
    entra = await startEntra();
  });
  beforeEach(async () => {
    world = new EntraWorld(entra);
    entra.graph.moods.reset();
    entra.graph.groups.clear();
    entra.graph.groups.set(SOC, new Set([alice.oid]));
    entra.graph.groups.set(OTHER, new Set([bob.oid]));
    await world.signsIn(alice);
  });
  after(() => entra.close());

  const membership = (timeoutMs = 1000): GroupMembership => {
    const { net, log } = world;
    const token = (person: typeof ALICE): ReturnType<typeof world.tokens.token> => world.tokens.token(person, 'groups');
    return new GroupMembership({ net, log, graphUrl: entra.url, token, timeoutMs });
  };
  const groupsOf = (...groups: readonly string[]): Promise<unknown> => membership().groupsOf(ALICE, new Set(groups));

  it('are those of the named ones that Graph confirms', async () => {
    assert.deepEqual(await groupsOf(SOC, OTHER), new Set([SOC]));
    assert.deepEqual(await groupsOf(OTHER), new Set());
  });

  it('are asked with the least that Graph wants, in a token request of its own', async () => {
    await groupsOf(SOC);
    const scopes = world.entra.wire.at(-2)?.scope?.split(' ') ?? [];
    assert.deepEqual(
      scopes.filter((scope) => scope.includes('/')),
      ['https://graph.microsoft.com/User.Read'],
    );
  });

  it('are asked of nobody when none is named', async () => {
    const before = world.entra.wire.length;
    assert.deepEqual(await groupsOf(), new Set());
    assert.equal(world.entra.wire.length, before);
  });

  it('are asked in portions that Graph takes', async () => {
    const many = Array.from({ length: 45 }, (_, n) => `5a0c0000-0000-4000-8000-1${String(n).padStart(11, '0')}`);
    entra.graph.groups.set(many[44] ?? '', new Set([alice.oid]));
    assert.deepEqual(await groupsOf(...many), new Set([many[44]]));
  });

  for (const status of [403, 429, 500] as const) {
    it(`are unknown when Graph answers ${status}`, async () => {
      entra.graph.moods.status = status;
      assert.equal(await groupsOf(SOC), 'unknown');
    });
  }

  it('are unknown when Graph says something that is no list', async () => {
    entra.graph.moods.unreadable = true;
    assert.equal(await groupsOf(SOC), 'unknown');
  });

  it('are unknown when Graph does not answer in time', async () => {
    entra.graph.moods.slowMs = 2000;
    assert.equal(await membership(50).groupsOf(ALICE, new Set([SOC])), 'unknown');
  });

  it('are unknown without consent, which spoils no token for Defender', async () => {
    entra.moods.consentMissing.add('User.Read');
    assert.equal(await groupsOf(SOC), 'unknown');
    assert.ok((await world.tokens.token(ALICE, 'scan')).ok);
  });

  it('are unknown for somebody who is not signed in', async () => {
    assert.equal(await membership().groupsOf(personOf(bob), new Set([OTHER])), 'unknown');
  });
});
