import type { PlaceInfo, World } from '../world.ts';

export interface Suggestion {
  readonly kind: 'mention' | 'command' | 'device';
  readonly title: string;
  readonly detail: string;
  /** What the whole text then is. */
  readonly text: string;
}

const MOST = 7;
const TAKES_DEVICE = /^(scan|status|cancel)\b/i;

/** What could be meant by what has been typed so far, with the cursor at its end. */
export function suggestionsFor(text: string, world: World, place: PlaceInfo): readonly Suggestion[] {
  const mention = `@${world.bot.name}`;
  const begun = /(^|\s)(@[^@]*)$/.exec(text)?.[2];
  if (begun !== undefined && begun.length < mention.length && startsWith(mention, begun)) {
    return [
      { kind: 'mention', title: world.bot.name, detail: 'App', text: `${text.slice(0, -begun.length)}${mention} ` },
    ];
  }
  const spoken = commandIn(text, mention, place);
  return spoken === undefined ? [] : [...devices(text, spoken, world), ...commands(text, spoken, world)].slice(0, MOST);
}

/** Whether the bot hears this: everywhere but in a personal chat it has to be mentioned. */
export function isHeard(text: string, world: World, place: PlaceInfo): boolean {
  return place.kind === 'personal' || text.toLowerCase().includes(`@${world.bot.name}`.toLowerCase());
}

/** With the mention of the bot spelled as Teams would have put it in. */
export function withMention(text: string, { bot }: World): string {
  const mention = `@${bot.name}`;
  const at = text.toLowerCase().indexOf(mention.toLowerCase());
  return at < 0 ? text : text.slice(0, at) + mention + text.slice(at + mention.length);
}

/** What is said to the bot, so far; `undefined` when nothing is. */
function commandIn(text: string, mention: string, place: PlaceInfo): string | undefined {
  const at = text.toLowerCase().lastIndexOf(mention.toLowerCase());
  if (at >= 0) {
    const after = text.slice(at + mention.length);
    return /^\s/.test(after) ? after.trimStart() : undefined;
  }
  return place.kind === 'personal' && text.trim() !== '' ? text.trimStart() : undefined;
}

function commands(text: string, spoken: string, { commands: all }: World): readonly Suggestion[] {
  return all
    .filter((command) => startsWith(command, spoken) && command.length > spoken.length)
    .map((command) => ({ kind: 'command', title: command, detail: '', text: before(text, spoken) + command }));
}

function devices(text: string, spoken: string, { devices: all }: World): readonly Suggestion[] {
  const word = /\s(\S{2,})$/.exec(spoken)?.[1];
  if (word === undefined || !TAKES_DEVICE.test(spoken) || / because /i.test(spoken)) return [];
  const named = all.filter(({ name }) => startsWith(name, word) && name.length > word.length);
  const once = named.filter(({ name }, index) => named.findIndex((other) => other.name === name) === index);
  return once.map(({ name, os }) => {
    const short = name.split('.')[0] ?? name;
    return { kind: 'device', title: short, detail: os, text: `${before(text, word)}${short} ` };
  });
}

function before(text: string, end: string): string {
  return text.slice(0, text.length - end.length);
}

function startsWith(text: string, start: string): boolean {
  return text.toLowerCase().startsWith(start.toLowerCase());
}
