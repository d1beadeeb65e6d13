import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { HttpServer } from '../http.ts';
import { ChannelKeys } from '../teams/channel-keys.ts';
import { Impossible } from './acts.ts';
import { apiRoutes } from './api-routes.ts';
import type { BotDied } from './bot-process.ts';
import { doctorIn } from './doctor.ts';
import { guardOf } from './guard.ts';
import { PageLines } from './page-lines.ts';
import { listenNear } from './port.ts';
import { Session } from './session.ts';
import { staticFiles } from './static-files.ts';

export interface SandboxOptions {
  /** Undefined: the usual one, or the next that is free. */
  readonly port: number | undefined;
  /** Undefined: a folder that is gone afterwards. */
  readonly dataDir: string | undefined;
  readonly baseEnv: Readonly<Record<string, string>>;
  /** Told of every line of the bot's log, beside the file that keeps it. */
  readonly onLogLine: (line: string) => void;
  /** The bot has ended by itself. */
  readonly onBotDied: (died: BotDied) => void;
}

/** The page's server, and behind it one session after the other. */
export class Sandbox {
  readonly #options: SandboxOptions;
  readonly #keys: ChannelKeys;
  /** For what is gone afterwards in any case. */
  readonly #temporary = mkdtempSync(join(tmpdir(), 'scan-bot-sandbox-'));
  readonly #lines = new PageLines();
  #session: Session | undefined;
  #server: HttpServer | undefined;
  #sessions = 0;

  private constructor(options: SandboxOptions, keys: ChannelKeys) {
    this.#options = options;
    this.#keys = keys;
  }

  static async open(options: SandboxOptions): Promise<Sandbox> {
    const sandbox = new Sandbox(options, await ChannelKeys.generate());
    try {
      await sandbox.#begin();
      sandbox.#server = await sandbox.#listen();
      return sandbox;
    } catch (fault) {
      await sandbox.close();
      throw fault;
    }
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** The bot's own log. */
  get logFile(): string {
    return join(this.#options.dataDir ?? this.#temporary, 'bot.log');
  }

  /** Lets the doctor look at a bot that somebody uses already: without a sign-in there is little to see. */
  doctor(): Promise<number> {
    const session = this.#session;
    if (session === undefined) throw new Impossible('It begins anew already.');
    return session.withSomebody(() => doctorIn(session.env));
  }

  async close(): Promise<void> {
    this.#lines.close();
    await this.#server?.close();
    await this.#end();
    rmSync(this.#temporary, { recursive: true, force: true });
  }

  async #begin(): Promise<void> {
    const { baseEnv, onLogLine: heard } = this.#options;
    const onLogLine = (line: string): void => {
      appendFileSync(this.logFile, `${line}\n`, { mode: 0o600 });
      heard(line);
    };
    const caFile = join(this.#temporary, 'authority.pem');
    const options = { dataDir: this.#dataDir(), caFile, baseEnv, keys: this.#keys, onLogLine };
    const session = await Session.open(options, this.#lines);
    this.#session = session;
    void session.bot.ended.then((died) => {
      if (this.#session === session) this.#options.onBotDied(died);
    });
  }

  /** Without a folder of the user's own every beginning has an empty store. */
  #dataDir(): string {
    this.#sessions += 1;
    const folder = resolve(this.#options.dataDir ?? join(this.#temporary, `data-${this.#sessions}`));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  async #end(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.close();
  }

  async #reset(): Promise<void> {
    if (this.#session === undefined) throw new Impossible('It begins anew already.');
    await this.#end();
    await this.#begin();
    this.#lines.tell('reset', {});
  }

  #listen(): Promise<HttpServer> {
    const session = (): Session => {
      if (this.#session === undefined) throw new Impossible('Everything begins anew; try again in a moment.');
      return this.#session;
    };
    const reset = (): Promise<void> => this.#reset();
    const routes = [...staticFiles(), ...apiRoutes({ lines: this.#lines, session, reset })];
    const guard = guardOf(() => this.#server?.port ?? 0);
    return listenNear(this.#options.port, (port) => HttpServer.start({ routes, port, guard }));
  }
}
