import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { FIRST_LANGUAGE } from '../src/chat/languages.ts';
import { CLOUDS, CLOUD_NAMES } from '../src/config/clouds.ts';
import { Environment } from '../src/config/environment.ts';
import type { Fault } from '../src/config/environment.ts';
import { manifestLanguages } from './languages.ts';
import type { ManifestLanguage } from './languages.ts';

const SCHEMAS = 'https://developer.microsoft.com/json-schemas/teams/';
const PLACEHOLDER = /\$\{\{(\w+)\}\}/g;
/** The oldest time a zip can hold: the same manifest makes the same package, whenever it is made. */
const NO_TIME = new Date(1980, 0, 1);

export type Packing =
  | { readonly ok: true; readonly manifest: string; readonly zip: Uint8Array }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The Teams app package for this bot, or what the environment lacks for it. */
export function packApp(values: Readonly<Record<string, string | undefined>>): Packing {
  const env = new Environment(values);
  const cloud = env.word('CLOUD', CLOUD_NAMES);
  const appId = env.guid('MicrosoftAppId', 'the application (client) id of the app registration');
  if (env.faults.length > 0) return { ok: false, faults: env.faults };
  const template = readFileSync(new URL('manifest.json', import.meta.url), 'utf8');
  const languages = manifestLanguages();
  const english = filled(template, { MicrosoftAppId: appId, SIGN_IN_HOST: CLOUDS[cloud].signInHost });
  const manifest = withLanguages(english, languages);
  return { ok: true, manifest, zip: zipOf(manifest, languages) };
}

function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(PLACEHOLDER, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`manifest.json asks for ${name}, which nothing fills`);
    return value;
  });
}

function withLanguages(manifest: string, languages: readonly ManifestLanguage[]): string {
  const additionalLanguages = languages.map(({ tag, file }) => ({ languageTag: tag, file }));
  const localizationInfo = { defaultLanguageTag: FIRST_LANGUAGE, additionalLanguages };
  return JSON.stringify({ ...(JSON.parse(manifest) as object), localizationInfo }, undefined, 2);
}

/** Teams looks for all files at the root of the package. */
function zipOf(manifest: string, languages: readonly ManifestLanguage[]): Uint8Array {
  const texts = languages.map(({ file, texts }) => [file, Buffer.from(textFile(manifest, texts), 'utf8')] as const);
  const files = {
    ...Object.fromEntries(texts),
    'manifest.json': Buffer.from(manifest, 'utf8'),
    'color.png': readFileSync(new URL('color.png', import.meta.url)),
    'outline.png': readFileSync(new URL('outline.png', import.meta.url)),
  };
  return zipSync(files, { mtime: NO_TIME, level: 9 });
}

/** Each by the schema of the manifest's own version. */
function textFile(manifest: string, texts: ManifestLanguage['texts']): string {
  const { manifestVersion } = JSON.parse(manifest) as { readonly manifestVersion: string };
  const $schema = `${SCHEMAS}v${manifestVersion}/MicrosoftTeams.Localization.schema.json`;
  return JSON.stringify({ $schema, ...texts }, undefined, 2);
}
