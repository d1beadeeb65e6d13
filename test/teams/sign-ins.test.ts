import assert from 'node:assert/strict';
import { answered, refused } from '../../src/scan/refusal.ts';
import type { Answer } from '../../src/scan/refusal.ts';
import type { Store } from '../../src/scan/ports.ts';
import { SignIns } from '../../src/teams/sign-ins.ts';
import type { TokenService } from '../../src/teams/token-service.ts';
import { Gate, quiet } from '../scan/bench.ts';
import { SECOND } from '../../src/scan/time.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { alice } from '../support/requests.ts';

describe('the sign-ins', () => {
  let steps: string[];
  let gate: Gate;
  let acceptance: Answer<readonly string[]>;
  let token: Answer<string>;
  let clock: FakeClock;
  let background: Promise<unknown>[];

  const signIns = (isShared = false): SignIns => {
    const tokenService = {
      getToken: () => Promise.resolve({ ok: true, token: 'kept' }),
      exchange: async () => {
        await gate.pass();
        steps.push('exchanged');
      },
      signOut: () => {
        steps.push('signed out');
        return Promise.resolve({ ok: true });
      },
    } as unknown as TokenService;
    return new SignIns({
      store: {
        commit: () => {
          steps.push('told');
          return Promise.resolve(true);
        },
      } as unknown as Store,
      clock,
      tokens: {
        accept: () => Promise.resolve(acceptance),
        token: () => Promise.resolve(token),
        forget: () => void steps.push('forgot'),
      },
      tokenService,
      connection: 'defender',
      inBackground: (_what, work) => void background.push(work),
      isShared,
    });
  };

  beforeEach(() => {
    steps = [];
    gate = new Gate();
    clock = new FakeClock(0);
    background = [];
    acceptance = answered([]);
    token = answered('token');
  });

  it('end only when what is on its way to the Token Service has arrived, and are forgotten before and after', async () => {
    const all = signIns();
    await all.accept(alice, { token: 'fresh' });
    const out = all.signOut(alice);
    await quiet();
    assert.deepEqual(steps, ['told', 'forgot']);
    gate.open();
    assert.equal(await out, true);
    assert.deepEqual(steps, ['told', 'forgot', 'exchanged', 'signed out', 'forgot']);
  });

  it('are told to other processes when these can find them', async () => {
    const accepted = signIns(true).accept(alice, { token: 'fresh' });
    await quiet();
    assert.deepEqual(steps, []);
    gate.open();
    assert.deepEqual(await accepted, { is: 'accepted' });
    assert.deepEqual(steps, ['exchanged', 'told']);
  });

  it('are told once more when they take long to come to where other processes find them', async () => {
    const accepted = signIns(true).accept(alice, { token: 'fresh' });
    await quiet();
    clock.advance(SECOND);
    assert.deepEqual(await accepted, { is: 'accepted' });
    assert.deepEqual(steps, ['told']);
    gate.open();
    await Promise.all(background);
    assert.deepEqual(steps, ['told', 'exchanged', 'told']);
  });

  it('that another process takes work a little later, too', async () => {
    token = refused('sign-in-needed');
    assert.equal(await signIns().worksByNow(alice), false);
    const works = signIns(true).worksByNow(alice);
    await quiet();
    token = answered('token');
    clock.advance(SECOND);
    assert.equal(await works, true);
  });

  it('stay where they are while nobody can tell whose they are', async () => {
    acceptance = refused('entra-unavailable', { code: 'keys-unavailable' });
    assert.deepEqual(await signIns().accept(alice, { code: '123456' }), { is: 'no-answer' });
    assert.deepEqual(steps, []);
  });

  it('are taken away when they are no good', async () => {
    acceptance = refused('sign-in-needed', { code: 'wrong-person' });
    assert.deepEqual(await signIns().accept(alice, { code: '123456' }), { is: 'wrong-account' });
    assert.deepEqual(steps, ['signed out']);
  });
});
