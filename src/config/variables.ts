/** Every environment variable that the bot reads. The README and .env.example are held against this list. */
export const VARIABLES = [
  'PORT',
  'METRICS_PORT',
  'MicrosoftAppId',
  'MicrosoftAppTenantId',
  'MicrosoftAppType',
  'MicrosoftAppPassword',
  'APP_CERTIFICATE_FILE',
  'APP_CERTIFICATE_KEY_FILE',
  'APP_FEDERATED_TOKEN_FILE',
  'APP_MANAGED_IDENTITY_CLIENT_ID',
  'OAUTH_CONNECTION_NAME',
  'CLOUD',
  'DEFENDER_REGION',
  'DEFENDER_API_URL',
  'GRAPH_API_URL',
  'ENTRA_LOGIN_URL',
  'BOT_OPENID_METADATA_URL',
  'BOT_TOKEN_SERVICE_URL',
  'TEAMS_SERVICE_HOSTS',
  'DATABASE_URL',
  'DATA_DIR',
  'RETENTION_DAYS',
  'RETENTION_MESSAGES_DAYS',
  'AUDIT_ANCHOR_CHANNEL',
  'APPROVAL',
  'APPROVERS',
  'ALLOWED_TEAMS',
  'ALLOWED_CHANNELS',
  'CHANNEL_DETAIL',
  'CHANNEL_LANGUAGE',
  'POLICY_FILE',
  'APPROVAL_EXPIRES_MINUTES',
  'STATUS_READER',
  'STATUS_POLL_SECONDS',
  'LOG_LEVEL',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
] as const;

/** Set by App Service and Container Apps, never by an operator: where they hand out tokens of a managed identity. */
export type PlatformVariable = 'IDENTITY_ENDPOINT' | 'IDENTITY_HEADER';

export type Variable = (typeof VARIABLES)[number] | PlatformVariable;
