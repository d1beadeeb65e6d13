import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const { Template } = createRequire(import.meta.url)('adaptivecards-templating');

/** What every peer is told by its environment: who it is, where its keys are, what it answers with. */
export const { APP_ID, TENANT, OUTSIDE, CARD } = process.env;

const { template, view } = JSON.parse(readFileSync(CARD, 'utf8'));
// Read once, as Scan Bot does: read at each turn it would be most of the turn.
const ready = new Template(template);

export function attachment() {
  const content = ready.expand({ $root: view });
  return { contentType: 'application/vnd.microsoft.card.adaptive', content };
}

/** The same word for all of them, so that a start is timed alike. */
export function listens(port) {
  process.stdout.write(`${JSON.stringify({ port })}\n`);
}

/** Its own token for the Connector: none of them spends time on getting one. */
export const BOT_TOKEN = 'eyJhbGciOiJub25lIn0.e30.bench';
