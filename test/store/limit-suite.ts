import assert from 'node:assert/strict';
import type { Halt } from '../../src/scan/halt.ts';
import type { ScanLimit } from '../../src/scan/limits.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import { deviceOf } from '../../src/scan/scan-request.ts';
import { HOUR, MINUTE } from '../../src/scan/time.ts';
import type { KeptStore } from '../../src/store/kept-store.ts';
import { alice, bob, deviceOf as anyDevice, moved, NOON, requestOf, stages } from './records.ts';
import type { OnBench } from './suite.ts';

const laptop = deviceOf(requestOf({ stage: stages.proposed }))!;
const once: ScanLimit = { of: { device: laptop.id }, since: NOON - HOUR, most: 1 };
const twiceAnHour: ScanLimit = { of: { person: alice.id }, since: NOON - HOUR, most: 2 };

export function describeLimits(onBench: OnBench): void {
  describe('scans that were sent', () => {
    it(
      'are counted by device and by person, the newest first, from a time on',
      onBench(async ({ store }) => {
        const mine = [3, 1, 2].map((at) => sentRequest(NOON + at));
        await keep(store, [...mine, { ...requestOf({ by: bob, stage: stages.submitting }), sentAt: NOON }]);
        await keep(store, [requestOf({ stage: stages.proposed })]);
        const times = async (...wish: Parameters<KeptStore['sent']>) => (await store.sent(...wish)).map(({ at }) => at);
        assert.deepEqual(await times({ device: laptop.id }, 0, 9), [NOON + 3, NOON + 2, NOON + 1, NOON]);
        assert.deepEqual(await times({ person: alice.id }, 0, 9), [NOON + 3, NOON + 2, NOON + 1]);
        assert.deepEqual(await times({ person: alice.id }, NOON + 1, 1), [NOON + 3]);
        assert.equal((await store.sent({ person: bob.id }, 0, 9)).length, 1);
      }),
    );

    it(
      'leave no room for another one where a limit is reached',
      onBench(async ({ store }) => {
        await keep(store, [sentRequest(NOON - MINUTE)]);
        assert.equal(await send(store, [once]), false);
        assert.equal(await send(store, [{ ...once, since: NOON - MINUTE }]), true);
        assert.equal(await send(store, [twiceAnHour]), false);
        assert.equal(await send(store, [{ ...twiceAnHour, most: 3 }]), true);
        assert.equal(await send(store, [{ ...twiceAnHour, most: 9 }, once]), false);
      }),
    );

    it(
      'do not stand in their own way',
      onBench(async ({ store }) => {
        const [before] = await keep(store, [{ ...requestOf({ stage: stages.submitting }), sentAt: NOON }]);
        const after = moved(before!, stages.following);
        assert.equal(await store.commit({ move: { before: before!, after }, room: [once] }), true);
      }),
    );

    it(
      'take the last place one after the other, however many come at once',
      onBench(async ({ store }) => {
        const all = await keep(
          store,
          Array.from({ length: 8 }, (_, nth) =>
            requestOf({ stage: { ...stages.approved, device: anyDevice(`${nth}`) } }),
          ),
        );
        const room = [twiceAnHour, { ...once, most: 5 }];
        const sent = await Promise.all(
          all.map((before) => {
            const stage = { ...stages.submitting, device: deviceOf(before)! };
            const after = { ...moved(before, stage), sentAt: NOON };
            return store.commit({ move: { before, after }, room });
          }),
        );
        assert.equal(sent.filter(Boolean).length, 2);
        assert.equal((await store.sent({ person: alice.id }, 0, 9)).length, 2);
      }),
    );
  });

  describe('a halt', () => {
    it(
      'is the latest word of the operators',
      onBench(async ({ store }) => {
        assert.equal(await store.halt(), undefined);
        const paused: Halt = { is: 'paused', by: alice.id, name: 'Alice', at: NOON, reason: 'an “incident”\u0000' };
        await store.commit({ halt: paused });
        assert.deepEqual(await store.halt(), paused);
        const resumed: Halt = { ...paused, is: 'resumed', at: NOON - HOUR, reason: '' };
        await store.commit({ halt: resumed });
        assert.deepEqual(await store.halt(), resumed);
      }),
    );

    it(
      'holds back what may not be written while it holds, and nothing else',
      onBench(async ({ store }) => {
        const halt: Halt = { is: 'paused', by: alice.id, name: 'Alice', at: NOON, reason: '' };
        const [before, other] = await keep(store, [
          requestOf({ stage: stages.approved }),
          requestOf({ stage: { ...stages.approved, device: anyDevice('other') } }),
        ]);
        const after = moved(before!, stages.submitting);
        await store.commit({ halt });
        assert.equal(await store.commit({ move: { before: before!, after }, unlessPaused: true }), false);
        assert.deepEqual(await store.request(before!.id), before);
        assert.equal(await store.commit({ move: { before: other!, after: moved(other!, stages.closed) } }), true);
        await store.commit({ halt: { ...halt, is: 'resumed' } });
        assert.equal(await store.commit({ move: { before: before!, after }, unlessPaused: true }), true);
      }),
    );
  });
}

function sentRequest(at: number): ScanRequest {
  return { ...requestOf({ stage: stages.settled }), sentAt: at };
}

async function keep(store: KeptStore, requests: readonly ScanRequest[]): Promise<readonly ScanRequest[]> {
  for (const after of requests) await store.commit({ move: { before: undefined, after } });
  return requests;
}

/** Whether one more scan of the same device by the same person may go out. */
async function send(store: KeptStore, room: readonly ScanLimit[]): Promise<boolean> {
  const [before] = await keep(store, [requestOf({ stage: stages.approved })]);
  const after = { ...moved(before!, stages.submitting), sentAt: NOON };
  const went = await store.commit({ move: { before: before!, after }, room });
  // It leaves the device to the next one.
  const ended = { ...moved(went ? after : before!, stages.closed), ...(went && { sentAt: NOON }) };
  await store.commit({ move: { before: went ? after : before!, after: ended } });
  return went;
}
