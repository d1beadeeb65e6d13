import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { MeasuredBot } from '../measure/bot.ts';
import { channelTokens } from '../outside/microsoft.ts';
import type { Outside } from '../outside/outside.ts';
import type { Choice } from '../part.ts';
import { isInstalled, ownStart, peerStart, PEERS, ROOT } from './candidates.ts';
import { Load } from './load.ts';

export const HELP = 'Scan Bot, `help`';
export const SCAN = 'Scan Bot, `scan …`';

export interface LoadedBot {
  readonly name: string;
  readonly bot: MeasuredBot;
  readonly load: Load;
}

const TOKENS = 100;
const WITHOUT_QUOTA = 'bench/outside/without-quota.ts';

const says = {
  help: () => 'help',
  scan: (nth: number) => `scan full pc-${nth % 5000}.contoso.com because routine check ${nth}`,
};

/** Starts all that are compared, each in a process of its own. */
export async function startAll(outside: Outside, { quick, against }: Choice): Promise<readonly LoadedBot[]> {
  const bots: LoadedBot[] = [];
  const take = async (name: string, start: Parameters<typeof MeasuredBot.start>[0], load: LoadWish): Promise<void> => {
    const bot = await MeasuredBot.start(start);
    const tokens = await channelTokens(outside.keys, {
      serviceUrl: outside.serviceUrl,
      count: TOKENS,
      entra: load.entra,
    });
    const speaking = { people: outside.people, serviceUrl: outside.serviceUrl, tokens, says: load.says };
    bots.push({ name, bot, load: new Load(bot, speaking, nextNumber) });
  };
  const ours = { entra: false, says: says.help };
  await take(HELP, ownStart(outside, 'help'), ours);
  await take(SCAN, ownStart(outside, 'scan', { before: [resolve(ROOT, WITHOUT_QUOTA)] }), { ...ours, says: says.scan });
  if (against !== undefined) {
    const { root, ref } = against;
    await take(`${HELP} at ${ref}`, ownStart(outside, 'old-help', { root }), ours);
    const hook = resolve(root, WITHOUT_QUOTA);
    const old = ownStart(outside, 'old-scan', { root, before: [hook] });
    if (existsSync(hook)) await take(`${SCAN} at ${ref}`, old, { ...ours, says: says.scan });
  }
  const peers = quick ? [] : PEERS.filter(isInstalled);
  for (const peer of peers) await take(peer.name, peerStart(peer, outside), { entra: peer.entra, says: says.help });
  outside.onPost = (path) => {
    for (const { load } of bots) load.posted(path);
  };
  return bots;
}

interface LoadWish {
  readonly entra: boolean;
  readonly says: (nth: number) => string;
}

let turns = 0;
/** No two turns of a run are in one thread, whichever bot they go to. */
function nextNumber(): number {
  turns += 1;
  return turns;
}

export async function stopAll(bots: readonly LoadedBot[]): Promise<void> {
  for (const { load } of bots) load.close();
  await Promise.all(bots.map(({ bot }) => bot.stop()));
}
