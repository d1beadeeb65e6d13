import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { FIRST_LANGUAGE } from '../src/chat/languages.ts';
import { CLOUDS, CLOUD_NAMES } from '../src/config/clouds.ts';
import { Environment } from '../src/config/environment.ts';
import type { Fault } from '../src/config/environment.ts';
import { inEdition, NEWEST, schemaOf, STEADY, withPrompts } from './editions.ts';
import type { Edition } from './editions.ts';
import { COMMANDS, manifestLanguages } from './languages.ts';
import type { ManifestLanguage } from './languages.ts';

const PLACEHOLDER = /\$\{\{(\w+)\}\}/g;
/** The oldest time a zip can hold: the same manifest makes the same package, whenever it is made. */
const NO_TIME = new Date(1980, 0, 1);

export interface Package {
  /** What it is called where it is written. */
  readonly file: string;
  readonly manifest: string;
  readonly zip: Uint8Array;
}

export type Packing =
  | { readonly ok: true; readonly steady: Package; readonly newest: Package }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The Teams app packages for this bot, or what the environment lacks for them. */
export function packApp(values: Readonly<Record<string, string | undefined>>): Packing {
  const env = new Environment(values);
  const cloud = env.word('CLOUD', CLOUD_NAMES);
  const appId = env.guid('MicrosoftAppId', 'the application (client) id of the app registration');
  if (env.faults.length > 0) return { ok: false, faults: env.faults };
  const template = readFileSync(new URL('manifest.json', import.meta.url), 'utf8');
  const english = filled(template, { MicrosoftAppId: appId, SIGN_IN_HOST: CLOUDS[cloud].signInHost });
  return { ok: true, steady: packed(english, STEADY), newest: packed(english, NEWEST) };
}

function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(PLACEHOLDER, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`manifest.json asks for ${name}, which nothing fills`);
    return value;
  });
}

function packed(english: string, edition: Edition): Package {
  const languages = manifestLanguages();
  const whole = inEdition(JSON.parse(english) as object, edition);
  const manifest = JSON.stringify({ ...whole, localizationInfo: localizationOf(languages) }, undefined, 2);
  return { file: edition.file, manifest, zip: zipOf(manifest, languages, edition) };
}

function localizationOf(languages: readonly ManifestLanguage[]): object {
  const additionalLanguages = languages.map(({ tag, file }) => ({ languageTag: tag, file }));
  return { defaultLanguageTag: FIRST_LANGUAGE, additionalLanguages };
}

/** Teams looks for all files at the root of the package. */
function zipOf(manifest: string, languages: readonly ManifestLanguage[], edition: Edition): Uint8Array {
  const texts = languages.map((one) => [one.file, Buffer.from(textFile(one, edition), 'utf8')] as const);
  const files = {
    ...Object.fromEntries(texts),
    'manifest.json': Buffer.from(manifest, 'utf8'),
    'color.png': readFileSync(new URL('color.png', import.meta.url)),
    'outline.png': readFileSync(new URL('outline.png', import.meta.url)),
  };
  return zipSync(files, { mtime: NO_TIME, level: 9 });
}

/** Each by the schema of the manifest's own version. */
function textFile(language: ManifestLanguage, edition: Edition): string {
  const $schema = schemaOf(edition, 'MicrosoftTeams.Localization');
  return JSON.stringify({ $schema, ...withPrompts(language, edition, COMMANDS.length) }, undefined, 2);
}
