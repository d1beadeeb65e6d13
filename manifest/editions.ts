import { LANGUAGES } from '../src/chat/languages.ts';
import { words } from '../src/chat/language.ts';
import type { WordKey } from '../src/chat/language.ts';
import { SCOPES } from './languages.ts';
import type { ManifestLanguage } from './languages.ts';

const SCHEMAS = 'https://developer.microsoft.com/json-schemas/teams/';

/** Of one manifest, as different versions of its schema want it. */
export interface Edition {
  readonly file: string;
  readonly version: string;
  /** What Teams offers to be sent with one press, where the schema knows prompts. */
  readonly prompts: readonly Prompt[];
}

interface Prompt {
  readonly command: 'scan' | 'my-scans' | 'report';
  readonly title: WordKey;
  readonly description: WordKey;
}

/** The commands of a manifest, as far as editions differ. */
interface Manifest {
  readonly bots: readonly { readonly commandLists: readonly CommandList[]; readonly [name: string]: unknown }[];
  readonly [name: string]: unknown;
}
interface CommandList {
  readonly commands: readonly object[];
  readonly [name: string]: unknown;
}

/** For every tenant: the oldest schema that knows private and shared channels. */
export const STEADY: Edition = { file: 'scan-bot.zip', version: '1.25', prompts: [] };

/** The newest schema; tenants whose Teams does not know it yet refuse the package. */
export const NEWEST: Edition = {
  file: 'scan-bot-newest.zip',
  version: '1.30',
  prompts: [
    { command: 'scan', title: 'app.prompt-scan', description: 'app.scan' },
    { command: 'my-scans', title: 'app.prompt-mine', description: 'app.my-scans' },
  ],
};

export function schemaOf({ version }: Edition, name: 'MicrosoftTeams' | 'MicrosoftTeams.Localization'): string {
  return `${SCHEMAS}v${version}/${name}.schema.json`;
}

/** The manifest in this edition; its own language is English. */
export function inEdition(manifest: object, edition: Edition): object {
  const whole = manifest as Manifest;
  const prompts = edition.prompts.map((prompt) => ({ ...promptIn(prompt, 'en'), type: 'prompt' }));
  const bots = whole.bots.map((bot) => ({
    ...bot,
    commandLists: bot.commandLists.map((list) => ({ ...list, commands: [...list.commands, ...prompts] })),
  }));
  return { ...whole, $schema: schemaOf(edition, 'MicrosoftTeams'), manifestVersion: edition.version, bots };
}

/** The texts of a language with those of the prompts, which stand behind `count` commands. */
export function withPrompts(language: ManifestLanguage, edition: Edition, count: number): ManifestLanguage['texts'] {
  const paths = edition.prompts.flatMap((prompt, at) =>
    Array.from({ length: SCOPES }, (_, list) => {
      const path = `bots[0].commandLists[${list}].commands[${count + at}]`;
      return Object.entries(promptIn(prompt, language.language)).map(([name, text]) => [`${path}.${name}`, text]);
    }).flat(),
  );
  return { ...language.texts, ...(Object.fromEntries(paths) as ManifestLanguage['texts']) };
}

/** What is sent is a command that the bot understands in this language. */
function promptIn({ command, title, description }: Prompt, language: string): Readonly<Record<string, string>> {
  const { t } = words(language);
  const prompt = LANGUAGES.get(language)?.grammar.commands[command][0] ?? command;
  return { title: t(title), description: t(description), prompt };
}
