import assert from 'node:assert/strict';
import type { Answer, Message, PageEvents, Press, SignIn } from '../../../src/sandbox/page/api.ts';
import type { DeviceInfo, Exercise, PlaceInfo, World } from '../../../src/sandbox/page/world.ts';
import type { WireLine } from '../../../src/sandbox/page/wire.ts';
import { buttonsOf, titleOf } from '../../../src/sandbox/teams/card.ts';

type Heard = {
  readonly [Name in keyof PageEvents]: { readonly name: Name; readonly data: PageEvents[Name] };
}[keyof PageEvents];

export interface Answered<Body = unknown> {
  readonly status: number;
  readonly body: Body;
}

/** Somebody with the page open: speaks the page's API over HTTP, and hears its events. */
export class Player {
  readonly handle: string;
  readonly heard: Heard[] = [];
  readonly #url: string;
  readonly #hangUp = new AbortController();
  #listening: Promise<void> = Promise.resolve();
  #onEvent: () => void = () => undefined;

  private constructor(url: string, handle: string) {
    this.#url = url;
    this.handle = handle;
  }

  static async open(url: string, handle: string): Promise<Player> {
    const player = new Player(url, handle);
    const response = await fetch(`${url}/api/events?as=${handle}`, { signal: player.#hangUp.signal });
    assert.equal(response.status, 200);
    assert.ok(response.body);
    player.#listening = player.#listen(response.body.pipeThrough(new TextDecoderStream()).getReader());
    return player;
  }

  async close(): Promise<void> {
    this.#hangUp.abort();
    await this.#listening;
  }

  async #listen(reader: ReadableStreamDefaultReader<string>): Promise<void> {
    let text = '';
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        const blocks = (text + read.value).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.#hear(block);
      }
    } catch {
      // Hung up, here or there.
    }
  }

  #hear(block: string): void {
    const [, name, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? [];
    if (name === undefined || data === undefined) return;
    this.heard.push({ name, data: JSON.parse(data) as unknown } as Heard);
    this.#onEvent();
  }

  /** Looks now and after every event, until there is something to see. */
  async until<Seen>(
    look: () => Promise<Seen | undefined | false> | Seen | undefined | false,
    what: string,
  ): Promise<Seen> {
    const deadline = Date.now() + 45_000;
    for (;;) {
      const count = this.heard.length;
      const seen = await look();
      if (seen !== undefined && seen !== false) return seen;
      if (this.heard.length === count) await this.#nextEvent(deadline - Date.now(), what);
    }
  }

  #nextEvent(ms: number, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error(`${this.handle} waited in vain for: ${what}`));
      }, ms);
      this.#onEvent = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }

  async get<Body>(path: string): Promise<Body> {
    const response = await fetch(`${this.#url}/api/${path}`);
    assert.equal(response.status, 200, path);
    return (await response.json()) as Body;
  }

  async post<Body>(path: string, body: unknown): Promise<Answered<Body>> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${this.#url}/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Body };
  }

  world(): Promise<World> {
    return this.get('world');
  }

  messages(): Promise<readonly Message[]> {
    return this.get(`messages?as=${this.handle}`);
  }

  wire(after = 0): Promise<readonly WireLine[]> {
    return this.get(`wire?after=${after}`);
  }

  async place(name: string): Promise<PlaceInfo> {
    const { places } = await this.world();
    const found = places.find((place) => place.name === name && place.members.includes(this.handle));
    assert.ok(found, name);
    return found;
  }

  async device(name: string): Promise<DeviceInfo> {
    const found = (await this.world()).devices.find((device) => device.name.startsWith(name));
    assert.ok(found, name);
    return found;
  }

  async exercise(id: string): Promise<Exercise> {
    const found = (await this.world()).drill.find((exercise) => exercise.id === id);
    assert.ok(found, id);
    return found;
  }

  /** Begins a thread in the first channel; the answer is its id. */
  async says(text: string): Promise<string> {
    const { id: place } = await this.place('Incidents');
    const said = await this.post<{ message: string }>('say', { as: this.handle, place, text: `@Scan Bot ${text}` });
    assert.equal(said.status, 200);
    return said.body.message;
  }

  async inThread(thread: string): Promise<readonly Message[]> {
    return (await this.messages()).filter((message) => message.thread === thread);
  }

  /** The message in the thread whose card says this now. */
  shows(thread: string, title: string): Promise<Message> {
    const look = async (): Promise<Message | undefined> =>
      (await this.inThread(thread)).find(({ card }) => card !== undefined && titleOf(card).endsWith(title));
    return this.until(look, `a card that says “${title}”`);
  }

  /** Signs in when asked to, and goes on when not. */
  async isSignedInAt(thread: string): Promise<void> {
    const look = async (): Promise<Message | undefined> =>
      (await this.inThread(thread)).find(({ author, signIn }) => author.kind === 'bot' && signIn?.done !== true);
    const first = await this.until(look, 'what the bot says first');
    if (first.signIn !== undefined) await this.signsIn({ message: first.id, choice: 'ok' });
  }

  async presses(message: Message, title: string, inputs: Press['inputs'] = {}): Promise<Answer> {
    const action = buttonsOf(message.card ?? {}).find((button) => button.title === title)?.action;
    assert.ok(action, title);
    const pressed = { as: this.handle, message: message.id, action, inputs };
    const { status, body } = await this.post<{ answer: Answer }>('press', pressed);
    assert.equal(status, 200, JSON.stringify(body));
    return body.answer;
  }

  async signsIn(how: Omit<SignIn, 'as'>): Promise<Answer> {
    const { status, body } = await this.post<{ answer: Answer }>('sign-in', { as: this.handle, ...how });
    assert.equal(status, 200, JSON.stringify(body));
    return body.answer;
  }

  /** By the card that asks for it in a thread. */
  async signsInAt(thread: string): Promise<Answer> {
    const look = async (): Promise<Message | undefined> =>
      (await this.inThread(thread)).find(({ signIn }) => signIn?.done === false);
    const { id: message } = await this.until(look, 'a card that asks for a sign-in');
    return this.signsIn({ message, choice: 'ok' });
  }

  async turns(mood: string, on = true): Promise<void> {
    assert.equal((await this.post('mood', { id: mood, on })).status, 200, mood);
  }

  async isOn(mood: string): Promise<boolean | undefined> {
    return (await this.world()).moods.find(({ id }) => id === mood)?.active;
  }

  /** Waits until the newest world that this page was told of has the mood so. */
  async hears(mood: string, active: boolean): Promise<void> {
    const look = (): boolean => {
      const worlds = this.heard.flatMap(({ name, data }) => (name === 'world' && 'moods' in data ? [data] : []));
      return worlds.at(-1)?.moods.find(({ id }) => id === mood)?.active === active;
    };
    await this.until(look, `${mood} ${active ? 'on' : 'off'}`);
  }
}
