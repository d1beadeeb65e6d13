import { FIRST_LANGUAGE, LANGUAGES } from '../src/chat/languages.ts';
import { words } from '../src/chat/language.ts';

export const SCOPES = 3;
export const COMMANDS = [
  'scan',
  'schedule',
  'status',
  'my-scans',
  'cancel',
  'history',
  'report',
  'language',
  'help',
  'sign-out',
] as const;

export interface ManifestLanguage {
  /** As Teams names it: by its region where the language alone would not do. */
  readonly tag: string;
  /** As this bot names it. */
  readonly language: string;
  readonly file: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** What Teams shows of the app before anybody talks to it, in every language but that of the manifest itself. */
export function manifestLanguages(): readonly ManifestLanguage[] {
  return [...LANGUAGES.keys()]
    .filter((language) => language !== FIRST_LANGUAGE)
    .map((language) => ({ tag: tagForTeams(language), language, file: `${language}.json`, texts: textsIn(language) }));
}

/** By the paths at which they stand in the manifest. */
export function textsIn(language: string): Readonly<Record<string, string>> {
  const { t } = words(language);
  const commands = COMMANDS.map((name) => ({ title: title(name, language), description: t(`app.${name}`) }));
  const lists = Array.from({ length: SCOPES }, (_, list) =>
    commands.flatMap(({ title, description }, at) => {
      const path = `bots[0].commandLists[${list}].commands[${at}]`;
      return [[`${path}.title`, title] as const, [`${path}.description`, description] as const];
    }),
  );
  const about = { 'description.short': t('app.short'), 'description.full': t('app.full') };
  const action = {
    'composeExtensions[0].commands[0].title': t('extension.title'),
    'composeExtensions[0].commands[0].description': t('app.scan-device'),
  };
  return { ...about, ...Object.fromEntries(lists.flat()), ...action };
}

/** What somebody who picks the command gets typed for them: the bot has to understand it. */
function title(name: (typeof COMMANDS)[number], language: string): string {
  return LANGUAGES.get(language)?.grammar.commands[name][0] ?? name;
}

function tagForTeams(language: string): string {
  const { language: base, script, region } = new Intl.Locale(language).maximize();
  const hasScript = new Intl.Locale(language).script !== undefined && script !== undefined;
  return (hasScript ? `${base}-${region ?? ''}` : base).toLowerCase();
}
