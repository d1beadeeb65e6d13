import { LANGUAGES, namedLanguage } from '../chat/languages.ts';
import type { Environment } from './environment.ts';

/** The tag of a language that the bot speaks; without one, a card speaks the language of who asked. */
export function readChannelLanguage(env: Environment): string | undefined {
  const named = env.text('CHANNEL_LANGUAGE');
  if (named === undefined) return undefined;
  const language = namedLanguage(named);
  if (language !== undefined) return language;
  const spoken = [...LANGUAGES.keys()].join(', ');
  env.fault('CHANNEL_LANGUAGE', 'is not a language of this bot', `Choose one of ${spoken}, or remove it.`);
  return undefined;
}
