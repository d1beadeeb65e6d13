import { ActivityHandler, authorizeJWT, CloudAdapter } from '@microsoft/agents-hosting';
import express from 'express';
import { APP_ID, attachment, BOT_TOKEN, listens, OUTSIDE, TENANT } from './told.js';

/*
 * The Microsoft 365 Agents SDK and express as its samples put them together. Where the channel's keys are is fixed in
 * it, so that its tokens are signed in Entra's name: the rest of the way is the same.
 */

const settings = { clientId: APP_ID, tenantId: TENANT, clientSecret: 'not used', authority: OUTSIDE };
const adapter = new CloudAdapter(settings);
const provider = { getAccessToken: async () => BOT_TOKEN, acquireTokenOnBehalfOf: async () => BOT_TOKEN };
adapter.connectionManager.getTokenProvider = () => provider;
adapter.connectionManager.getTokenProviderFromActivity = () => provider;
adapter.connectionManager.getDefaultConnection = () => provider;

class Bot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity({ type: 'message', attachments: [attachment()] });
      await next();
    });
  }
}

const bot = new Bot();
const app = express();
app.use(express.json());
app.use(authorizeJWT(adapter.authConfig));
app.post('/api/messages', (request, response) => adapter.process(request, response, (context) => bot.run(context)));
const server = app.listen(0, '127.0.0.1', () => listens(server.address().port));
