import { ConnectorClient, ConnectorFactory, UserTokenClient } from 'botframework-connector';

function closed(): Promise<never> {
  return Promise.reject(new Error('Messages go out through Connector, tokens come through TokenService.'));
}

/** The SDK wants a sender for every turn. This one is built once and sends nothing. */
export class InertConnectorFactory extends ConnectorFactory {
  readonly #client = new ConnectorClient({ signRequest: closed });

  override create(): Promise<ConnectorClient> {
    return Promise.resolve(this.#client);
  }
}

export class InertUserTokenClient extends UserTokenClient {
  override getUserToken = closed;
  override getSignInResource = closed;
  override signOutUser = closed;
  override getTokenStatus = closed;
  override getAadTokens = closed;
  override exchangeToken = closed;
}
