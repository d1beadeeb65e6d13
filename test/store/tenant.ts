import { openStore } from '../../src/store/open-store.ts';
import { messageOf, requestOf } from './records.ts';

/*
 * Keeps a store open in a process of its own and does what it is told.
 *   node tenant.ts <data directory>
 */

export type Told = 'commit' | 'check' | 'count' | 'claim';
export type Answered = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly code: string };

const clock = { now: () => Date.now(), after: () => () => undefined };
const store = await openStore({ dataDir: process.argv[2]!, clock, log: { warn: () => undefined } });

async function act(told: Told): Promise<string> {
  switch (told) {
    case 'commit': {
      const after = requestOf();
      await store.commit({ once: after.id, move: { before: undefined, after }, messages: [messageOf(after.id)] });
      return after.id;
    }
    case 'check':
      await store.check();
      return '';
    case 'claim':
      return String((await store.claim('request', Date.now() + 1000, 1)).length);
    case 'count':
      return String((await store.requestsOf(requestOf().requester.id, 1_000_000)).length);
  }
}

process.on('message', (told: Told) => {
  act(told).then(
    (value) => process.send?.({ ok: true, value } satisfies Answered),
    (fault: unknown) => {
      const code = fault instanceof Error && 'code' in fault ? String(fault.code) : String(fault);
      process.send?.({ ok: false, code } satisfies Answered);
    },
  );
});
process.send?.({ ok: true, value: 'open' } satisfies Answered);
