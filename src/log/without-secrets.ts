const HIDDEN = '[hidden]';
const DEEPEST = 6;
const LONGEST_LIST = 50;
const MOST_FRAMES = 12;
const LONGEST_TEXT = 4000;

/** Names under which people's words, tokens or secrets travel. Compared without case, dashes and underscores. */
const SECRET_NAME =
  /(token|secret|password|assertion|authorization|cookie|credentials?|privatekey|comment|signinlink|sasurl)$|^(text|body|claims)$/;

/** A signed token, or whatever follows `Bearer`. */
const TOKEN = /eyJ[\w-]+\.[\w-]+(\.[\w-]*)*|\bBearer\s+[^\s"',;]+/gi;

export function withoutTokens(text: string): string {
  const short = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return short.replace(TOKEN, HIDDEN);
}

/** The facts of a log line; an error on its own becomes the fact `err`. */
export function withoutSecrets(facts: object): object {
  return facts instanceof Error ? { err: ofError(facts, 0) } : ofEntries(facts, 0);
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return withoutTokens(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '[deep]';
  if (value instanceof Error) return ofError(value, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).map((entry: unknown) => clean(entry, depth + 1));
  return ofEntries(value, depth);
}

function ofEntries(object: object, depth: number): object {
  const entries = Object.entries(object).map(([name, value]: [string, unknown]) => [
    name,
    isSecret(name, value) ? HIDDEN : clean(value, depth + 1),
  ]);
  return Object.fromEntries(entries) as object;
}

/** Numbers and truth values under such a name are facts: `hasToken`, how long a `comment` is. */
function isSecret(name: string, value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'boolean' || value === undefined) return false;
  return SECRET_NAME.test(name.toLowerCase().replace(/[-_]/g, ''));
}

/** Only what identifies the fault: errors of HTTP libraries carry whole requests, with their headers. */
function ofError(error: Error, depth: number): object {
  const { code, statusCode, status } = error as { code?: unknown; statusCode?: unknown; status?: unknown };
  const cause = error.cause === undefined ? {} : { cause: clean(error.cause, depth + 1) };
  return {
    name: error.name,
    message: messageOf(error),
    ...plain({ code, statusCode, status }),
    at: frames(error),
    ...cause,
  };
}

/** A parser quotes what it could not read, which is somebody's text. */
function messageOf(error: Error): string {
  return error instanceof SyntaxError ? HIDDEN : withoutTokens(error.message);
}

/** The stack without its first lines, which repeat the message. */
function frames(error: Error): readonly string[] {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines.slice(0, MOST_FRAMES).map((line) => line.trim());
}

function plain(facts: Readonly<Record<string, unknown>>): object {
  const known = Object.entries(facts).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  return Object.fromEntries(known.map(([name, value]) => [name, clean(value, DEEPEST)]));
}
