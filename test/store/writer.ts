import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/open-store.ts';
import { messageOf, NOON, requestOf } from './records.ts';

/*
 * Opens a store in a process of its own and writes until it is killed; names what was acknowledged, line by line.
 *   node writer.ts <data directory>
 */

const clock = { now: () => NOON, after: () => () => undefined };
const store = await openStore({ dataDir: process.argv[2]!, clock, log: { warn: () => undefined } });

for (;;) {
  const request = requestOf();
  const messages = [messageOf(`a ${request.id}`), messageOf(`b ${request.id}`)];
  await store.commit({ once: request.id, move: { before: undefined, after: request }, messages });
  writeSync(1, `${request.id}\n`);
  for (const claim of await store.claim('request', NOON + 1000, 1)) await store.putBack(claim, NOON + 1, false);
  await store.claim('message', Number.MAX_SAFE_INTEGER, 1);
}
