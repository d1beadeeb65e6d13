import type { SandboxPerson } from '../person.ts';

export interface BotAccount {
  readonly id: string;
  readonly name: string;
}

export interface CastOptions {
  readonly appId: string;
  readonly appName: string;
  readonly tenantId: string;
  readonly teamName?: string | undefined;
  readonly people: readonly SandboxPerson[];
}

/** Everybody there is: the bot, the people, and the tenant they meet in. */
export class Cast {
  readonly appId: string;
  readonly bot: BotAccount;
  readonly tenantId: string;
  readonly teamName: string;
  readonly people: readonly SandboxPerson[];

  constructor(options: CastOptions) {
    this.appId = options.appId;
    this.bot = { id: `28:${options.appId}`, name: options.appName };
    this.tenantId = options.tenantId;
    this.teamName = options.teamName ?? 'Security';
    this.people = options.people;
  }

  person(handle: string): SandboxPerson {
    const found = this.people.find((person) => person.handle === handle);
    if (found === undefined) throw new Error(`Nobody here is called ${handle}.`);
    return found;
  }

  /** By any id that Teams takes for a person: `29:…`, Entra object id, user principal name. */
  byId(id: string): SandboxPerson | undefined {
    const wanted = id.toLowerCase();
    return this.people.find(
      (person) => person.teamsId === id || person.oid.toLowerCase() === wanted || person.upn.toLowerCase() === wanted,
    );
  }
}
