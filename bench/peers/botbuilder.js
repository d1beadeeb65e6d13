import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';
import { APP_ID, attachment, BOT_TOKEN, listens, OUTSIDE, TENANT } from './told.js';

/* The Bot Framework SDK and restify as its samples put them together. */

const credentials = {
  isValidAppId: async (id) => id === APP_ID,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({
    getToken: async () => BOT_TOKEN,
    signRequest: async (request) => {
      request.headers.set('authorization', `Bearer ${BOT_TOKEN}`);
      return request;
    },
  }),
};
const authentication = new ConfigurationBotFrameworkAuthentication(
  {
    MicrosoftAppId: APP_ID,
    MicrosoftAppTenantId: TENANT,
    MicrosoftAppType: 'SingleTenant',
    ValidateAuthority: true,
    ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${TENANT}`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    OAuthUrl: 'https://api.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl: `${OUTSIDE}/v1/.well-known/openidconfiguration`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${OUTSIDE}/v1/.well-known/openidconfiguration`,
    CallerId: 'urn:botframework:azure',
  },
  credentials,
);
const adapter = new CloudAdapter(authentication);
adapter.onTurnError = async (_context, fault) => {
  process.stderr.write(`${fault}\n`);
};

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
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
server.listen(0, '127.0.0.1', () => listens(server.address().port));
