import { doorAnswers } from '../../../src/chat/speak/press-answer.ts';
import { createNet } from '../../../src/net/request.ts';
import { Door } from '../../../src/teams/door.ts';
import { BotServer } from '../../../src/teams/server.ts';
import type { TurnContext } from 'botbuilder';
import { FakeClock } from '../../support/fake-clock.ts';
import { APP_ID, message, TENANT } from './activities.ts';
import { Channel, ISSUER } from './channel.ts';

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** What a turn throws when the store is away. */
export class Outage extends Error {}

/** The bot's HTTP side with a door in it, and the channel that signs for it. What comes in is only counted. */
export class Entrance {
  readonly channel: Channel;
  readonly clock = new FakeClock();
  readonly refused: string[] = [];
  readonly faults: (readonly [string, unknown])[] = [];
  turns: TurnContext['activity'][] = [];
  /** What a turn does, when a test wants it to do something. */
  logic: (context: TurnContext) => Promise<void> = () => Promise.resolve();
  url = '';
  readonly #server: BotServer;

  private constructor(channel: Channel) {
    this.channel = channel;
    const door = this.#door();
    this.#server = new BotServer({
      clock: this.clock,
      screen: (authorization) => door.screen(authorization),
      receive: (authorization, activity) => door.receive(authorization, activity, (context) => this.#turn(context)),
      ready: () => Promise.resolve({ ok: true }),
      metrics: () => Promise.resolve(''),
      onFault: (fault) => this.faults.push(['http', fault]),
    });
  }

  static async open(): Promise<Entrance> {
    const entrance = new Entrance(await Channel.start());
    entrance.url = `http://127.0.0.1:${await entrance.#server.listen(0)}/api/messages`;
    return entrance;
  }

  async close(): Promise<void> {
    await this.#server.close();
    await this.channel.close();
  }

  forget(): void {
    this.turns = [];
    this.refused.length = 0;
    this.faults.length = 0;
    this.logic = () => Promise.resolve();
  }

  async post(body: unknown, authorization?: string): Promise<Reply> {
    const headers = { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(this.url, { method: 'POST', headers, body: text });
    return { status: response.status, text: await response.text() };
  }

  async postSigned(body: unknown = message('help')): Promise<Reply> {
    return this.post(body, `Bearer ${await this.channel.token()}`);
  }

  #door(): Door {
    const settings = {
      appId: APP_ID,
      tenantId: TENANT,
      openIdMetadataUrl: this.channel.metadataUrl,
      issuer: ISSUER,
      serviceHosts: ['smba.trafficmanager.net', '127.0.0.1:3979'],
    };
    return new Door(settings, {
      words: doorAnswers,
      net: createNet(),
      clock: this.clock,
      isOutage: (fault) => fault instanceof Outage,
      onFault: (reference, fault) => this.faults.push([reference, fault]),
      onRefused: (status, why) => this.refused.push(`${status} ${why}`),
    });
  }

  #turn(context: TurnContext): Promise<void> {
    this.turns.push(context.activity);
    return this.logic(context);
  }
}
