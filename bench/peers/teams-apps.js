import { PUBLIC } from '@microsoft/teams.api';
import { App, ExpressAdapter } from '@microsoft/teams.apps';
import { createServer } from 'node:http';
import { APP_ID, attachment, BOT_TOKEN, listens, OUTSIDE, TENANT } from './told.js';

/* The Teams SDK as its samples put it together, on a server that tells its port. */

const quiet = { error: (...words) => process.stderr.write(`${words.join(' ')}\n`), warn() {}, info() {}, debug() {} };
quiet.trace = quiet.log = quiet.debug;
quiet.child = () => quiet;

const server = createServer();
const app = new App({
  clientId: APP_ID,
  tenantId: TENANT,
  token: async () => BOT_TOKEN,
  cloud: { ...PUBLIC, openIdMetadataUrl: `${OUTSIDE}/v1/.well-known/openidconfiguration` },
  logger: quiet,
  httpServerAdapter: new ExpressAdapter(server, { logger: quiet }),
});
app.on('message', async ({ reply }) => {
  await reply({ type: 'message', attachments: [attachment()] });
});
await app.initialize();
server.listen(0, '127.0.0.1', () => listens(server.address().port));
