import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BotStart } from '../measure/bot.ts';
import type { Outside } from '../outside/outside.ts';
import { helpCard } from '../../src/chat/cards/help-card.ts';
import { NOBODY } from '../../src/scan/person.ts';
import help from '../../cards/help.json' with { type: 'json' };
import { APP_ID, TENANT } from '../../test/support/cast.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
const BENCH = resolve(ROOT, 'bench');

/** What a turn, a start or a package is compared with. */
export interface Peer {
  readonly name: string;
  readonly file: string;
  /** The packages of `bench/package.json` that it stands on. */
  readonly packages: readonly string[];
  /** Only tokens in Entra's name can be checked by it with keys from this machine. */
  readonly entra: boolean;
}

const CARDS = ['adaptivecards-templating', 'adaptive-expressions'];

export const PEERS: readonly Peer[] = [
  {
    name: 'botbuilder + restify',
    file: 'botbuilder.js',
    packages: ['botbuilder', 'restify', ...CARDS],
    entra: false,
  },
  {
    name: '@microsoft/agents-hosting',
    file: 'agents-hosting.js',
    packages: ['@microsoft/agents-hosting', 'express', ...CARDS],
    entra: true,
  },
  { name: '@microsoft/teams.apps', file: 'teams-apps.js', packages: ['@microsoft/teams.apps', ...CARDS], entra: false },
  { name: 'floor (node:http)', file: 'floor.js', packages: CARDS, entra: false },
];

export function isInstalled({ packages }: Peer): boolean {
  return packages.every((name) => existsSync(resolve(BENCH, 'node_modules', name, 'package.json')));
}

/** One line for each peer that is not here, so that nobody takes the silence for a result. */
export function skipped(peers: readonly Peer[]): readonly string[] {
  const missing = peers.filter((peer) => !isInstalled(peer)).map(({ name }) => name);
  if (missing.length === 0) return [];
  return ['', `Skipped, because their packages are not installed (\`npm ci --prefix bench\`): ${missing.join(', ')}.`];
}

/** The peer, told where its keys are and what to answer: the card that Scan Bot answers \`help\` with. */
export function peerStart({ file }: Peer, outside: Outside): BotStart {
  const card = outside.folder('card.json');
  const look = { reader: { ...NOBODY, locale: 'en-GB' }, now: Date.now(), detail: 'minimal', portal: '' } as const;
  writeFileSync(card, JSON.stringify({ template: help, view: helpCard(look, undefined).data }));
  const env = { APP_ID, TENANT, OUTSIDE: outside.url, CARD: card, NODE_ENV: 'production' };
  return { args: [resolve(BENCH, 'peers', file)], env, cwd: outside.folder('.') };
}

/** Scan Bot as it stands in a directory. `before`: what is loaded before its own modules. */
export function ownStart(
  outside: Outside,
  store: string,
  { root = ROOT, before = [] }: { readonly root?: string; readonly before?: readonly string[] } = {},
): BotStart {
  const args = [...before.flatMap((file) => ['--import', file]), resolve(root, 'src/main.ts')];
  return { args, env: outside.env(store), cwd: outside.folder('.') };
}
