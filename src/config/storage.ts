import { DAY } from '../scan/time.ts';
import { isLoopback } from './address.ts';
import type { Environment } from './environment.ts';

export interface Storage {
  /** Where the embedded store is. */
  readonly dataDir: string;
  /** A PostgreSQL database that is used instead. Holds a password: never shown. */
  readonly databaseUrl: string | undefined;
  /** How long a request is kept after its end, in milliseconds. */
  readonly keepFinished: number;
  /** How long it is remembered that a message was sent, in milliseconds. */
  readonly keepSent: number;
  /** The id of the channel where the head of the audit is posted every day. */
  readonly anchorChannel: string | undefined;
}

const DEFAULT_DAYS = 400;
/** The end of a scan is looked for for three days, and then changes what was said about it. */
const LEAST_SENT_DAYS = 7;
const MOST_DAYS = 36_500;
const FORM = 'postgres://user:password@host:5432/database';

export function readStorage(env: Environment): Storage {
  return {
    dataDir: env.text('DATA_DIR') ?? './data',
    databaseUrl: readDatabaseUrl(env),
    keepFinished: (env.whole('RETENTION_DAYS', 1, MOST_DAYS) ?? DEFAULT_DAYS) * DAY,
    keepSent: (env.whole('RETENTION_MESSAGES_DAYS', LEAST_SENT_DAYS, MOST_DAYS) ?? LEAST_SENT_DAYS) * DAY,
    anchorChannel: readAnchorChannel(env),
  };
}

function readAnchorChannel(env: Environment): string | undefined {
  const id = env.text('AUDIT_ANCHOR_CHANNEL');
  if (id === undefined || /^19:[^;\s]{1,200}@thread\.(tacv2|skype)$/.test(id)) return id;
  const remedy = 'Take it from the link to the channel, decoded: 19:…@thread.tacv2. Or remove it.';
  env.fault('AUDIT_ANCHOR_CHANNEL', 'is not the id of a channel', remedy);
  return undefined;
}

function readDatabaseUrl(env: Environment): string | undefined {
  const text = env.text('DATABASE_URL');
  if (text === undefined || isDatabaseUrl(text)) return text;
  const remedy = `Give it as ${FORM}, or remove it to use the embedded store in DATA_DIR.`;
  env.fault('DATABASE_URL', 'is not the address of a PostgreSQL database', remedy);
  return undefined;
}

export function isDatabaseUrl(text: string): boolean {
  const url = parse(text);
  return url !== null && (url.protocol === 'postgres:' || url.protocol === 'postgresql:');
}

/** A user without a host is common where the way is a socket, and no URL by the rules of the web. */
function parse(text: string): URL | null {
  return URL.parse(text) ?? URL.parse(text.replace('@/', '@localhost/'));
}

export function storageWarnings({ databaseUrl }: Storage): readonly string[] {
  const url = databaseUrl === undefined ? null : parse(databaseUrl);
  if (url === null || isOnThisMachine(url) || asksForTls(url.searchParams)) return [];
  const remedy = 'add ?sslmode=verify-full, so that the connection is encrypted and the server proves who it is';
  return [`DATABASE_URL asks for no checked TLS on the way to another machine: ${remedy}.`];
}

function isOnThisMachine({ hostname, searchParams }: URL): boolean {
  const host = searchParams.get('host') ?? decodeURIComponent(hostname);
  return host === '' || host.startsWith('/') || isLoopback(host);
}

function asksForTls(options: URLSearchParams): boolean {
  const mode = options.get('sslmode');
  if (mode === null) return options.get('ssl') === 'true';
  return mode !== 'disable' && mode !== 'no-verify' && options.get('uselibpqcompat') !== 'true';
}
