import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { unzipSync } from 'fflate';
import { packApp } from '../manifest/app-package.ts';
import { textsIn } from '../manifest/languages.ts';
import { parseCommand } from '../src/chat/command/parse-command.ts';
import { LANGUAGES } from '../src/chat/languages.ts';
import { colourIcon, outlineIcon } from '../manifest/icons/icons.ts';
import type { Picture } from '../manifest/icons/picture.ts';
import { pngOf } from '../manifest/icons/png.ts';
import { SCAN_DEVICE } from '../src/teams/extensions.ts';
import { CLOUDS } from '../src/config/clouds.ts';

const APP = 'aaaaaaaa-0000-4000-8000-000000000001';

interface Manifest {
  readonly id: string;
  readonly manifestVersion: string;
  readonly composeExtensions: readonly {
    readonly botId: string;
    readonly commands: readonly Readonly<Record<'id' | 'type' | 'context' | 'fetchTask', unknown>>[];
  }[];
  readonly bots: readonly {
    readonly botId: string;
    readonly scopes: readonly string[];
    readonly commandLists: readonly {
      readonly scopes: readonly string[];
      readonly commands: readonly { readonly title: string; readonly type?: string; readonly prompt?: string }[];
    }[];
  }[];
  readonly webApplicationInfo: { readonly id: string; readonly resource: string };
  readonly validDomains: readonly string[];
  readonly icons: { readonly color: string; readonly outline: string };
  readonly authorization?: unknown;
  readonly localizationInfo: {
    readonly defaultLanguageTag: string;
    readonly additionalLanguages: readonly { readonly languageTag: string; readonly file: string }[];
  };
}

const EDITIONS = ['steady', 'newest'] as const;

interface Packed {
  readonly manifest: Manifest;
  readonly zip: Uint8Array;
}

function packed(cloud = 'public', edition: (typeof EDITIONS)[number] = 'steady'): Packed {
  const packing = packApp({ MicrosoftAppId: APP.toUpperCase(), CLOUD: cloud });
  assert.ok(packing.ok);
  const { manifest, zip } = packing[edition];
  return { manifest: JSON.parse(manifest) as Manifest, zip };
}

describe('the manifest', () => {
  for (const edition of EDITIONS) {
    it(`follows its schema, in the ${edition} edition`, async () => {
      const { manifest } = packed('public', edition);
      assert.deepEqual(await AppManifestUtils.validateAgainstSchema(manifest as never), []);
    });
  }

  it('is there for every tenant, and once more at the newest schema', () => {
    const versions = EDITIONS.map((edition) => packed('public', edition).manifest.manifestVersion);
    assert.deepEqual(versions, ['1.25', newestSchema()]);
  });

  it('offers prompts behind the same commands at the newest schema', () => {
    const lists = (edition: (typeof EDITIONS)[number]): Manifest['bots'][number]['commandLists'] =>
      packed('public', edition).manifest.bots[0]?.commandLists ?? [];
    for (const [at, { commands }] of lists('newest').entries()) {
      const steady = lists('steady')[at]?.commands ?? [];
      assert.deepEqual(commands.slice(0, steady.length), steady);
      const prompts = commands.slice(steady.length).map(({ type, prompt }) => [type, parseCommand(prompt ?? '').name]);
      assert.deepEqual(prompts, [
        ['prompt', 'scan'],
        ['prompt', 'my-scans'],
      ]);
    }
  });

  it('has the action on messages that the bot answers', () => {
    const [extension] = packed().manifest.composeExtensions;
    assert.equal(extension?.botId, APP);
    assert.deepEqual(
      extension.commands.map(({ id, type, context, fetchTask }) => [id, type, context, fetchTask]),
      [[SCAN_DEVICE, 'action', ['message'], true]],
    );
  });

  it('names the app everywhere that Teams and Entra look for it', () => {
    const { manifest } = packed();
    assert.equal(manifest.id, APP);
    assert.equal(manifest.bots[0]?.botId, APP);
    assert.deepEqual(manifest.webApplicationInfo, { id: APP, resource: `api://botid-${APP}` });
  });

  it('lets the sign-in window of its cloud open', () => {
    for (const [cloud, { signInHost }] of Object.entries(CLOUDS)) {
      assert.deepEqual(packed(cloud).manifest.validDomains, [signInHost]);
    }
    assert.deepEqual(packed().manifest.validDomains, ['token.botframework.com']);
  });

  it('offers the same commands in a team, in a group chat and in a personal chat', () => {
    const bot = packed().manifest.bots[0]!;
    assert.deepEqual(bot.scopes, ['team', 'groupChat', 'personal']);
    assert.deepEqual(
      bot.commandLists.map((list) => list.scopes),
      [['team'], ['groupChat'], ['personal']],
    );
    for (const list of bot.commandLists) {
      assert.deepEqual(
        list.commands.map((command) => command.title),
        ['scan', 'schedule', 'status', 'my scans', 'cancel', 'history', 'report', 'language', 'help', 'sign out'],
      );
    }
  });

  it('asks for no permission to read along', () => {
    assert.equal(packed().manifest.authorization, undefined);
  });
});

for (const edition of EDITIONS) describeLanguages(edition);

function describeLanguages(edition: (typeof EDITIONS)[number]): void {
  describe(`the ${edition} manifest in other languages`, () => {
    const { manifest, zip } = packed('public', edition);
    const { additionalLanguages, defaultLanguageTag } = manifest.localizationInfo;
    const textsOf = (file: string): Readonly<Record<string, string>> =>
      JSON.parse(Buffer.from(unzipSync(zip)[file]!).toString('utf8')) as Readonly<Record<string, string>>;

    it('are all that the bot speaks, by the tags of Teams', () => {
      assert.deepEqual(
        [defaultLanguageTag, ...additionalLanguages.map(({ languageTag }) => languageTag)],
        ['en', 'nl', 'sv', 'zh-cn'],
      );
      assert.equal(additionalLanguages.length, LANGUAGES.size - 1);
    });

    for (const { languageTag, file } of additionalLanguages) {
      it(`follows its schema, in ${languageTag}`, () => {
        const { $schema = '', ...texts } = textsOf(file);
        const { properties, patternProperties } = localizationSchema($schema);
        for (const [path, text] of Object.entries(texts)) {
          const pattern = Object.keys(patternProperties).find((one) => new RegExp(one).test(path));
          const rule = properties[path] ?? patternProperties[pattern ?? ''];
          assert.ok(rule !== undefined && text.length <= (rule.maxLength ?? Infinity), path);
        }
      });

      it(`says everything that people read, in ${languageTag}`, () => {
        const english = textsIn('en');
        for (const path of Object.keys(english)) {
          assert.ok((textsOf(file)[path] ?? '') !== '', path);
          if (path.endsWith('.description')) assert.notEqual(textsOf(file)[path], english[path], path);
        }
      });

      it(`offers commands that are understood and fit, in ${languageTag}`, () => {
        const language = file.replace('.json', '');
        const english = textsIn('en');
        const titles = Object.entries(textsOf(file)).filter(([path]) => /^bots.*title$/.test(path) && path in english);
        for (const [path, title] of titles) {
          const { name } = parseCommand(title, language);
          assert.equal(name, parseCommand(english[path]!).name, title);
          assert.ok(title.length <= 32, title);
        }
        const prompts = Object.entries(textsOf(file)).filter(([path]) => path.endsWith('.prompt'));
        for (const [, prompt] of prompts) assert.notEqual(parseCommand(prompt, language).name, 'help', prompt);
        for (const text of Object.values(textsOf(file))) assert.ok(text.length <= 128 || text.length > 200, text);
      });
    }

    it('has in English what the language file says', () => {
      for (const [path, text] of Object.entries(textsIn('en'))) assert.equal(valueAt(manifest, path), text, path);
    });
  });
}

interface LocalizationSchema {
  readonly properties: Readonly<Record<string, { readonly maxLength?: number } | undefined>>;
  readonly patternProperties: LocalizationSchema['properties'];
}

/** The newest that Microsoft's package knows. */
function newestSchema(): string {
  const main = createRequire(import.meta.url).resolve('@microsoft/app-manifest');
  const minors = readdirSync(resolve(dirname(main), 'json-schemas/teams')).flatMap(
    (name) => /^v1\.(\d+)$/.exec(name)?.[1] ?? [],
  );
  return `1.${Math.max(...minors.map(Number))}`;
}

/** Microsoft's own, which the package with the manifest's schemas brings along. */
function localizationSchema(url: string): LocalizationSchema {
  const [, version = ''] = /teams\/(v[\d.]+)\//.exec(url) ?? [];
  const main = createRequire(import.meta.url).resolve('@microsoft/app-manifest');
  const file = resolve(dirname(main), `json-schemas/teams/${version}/MicrosoftTeams.Localization.schema.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as LocalizationSchema;
}

function valueAt(tree: unknown, path: string): unknown {
  return path.split(/[.[\]]+/).reduce<unknown>((part, name) => {
    return name === '' ? part : (part as Readonly<Record<string, unknown>>)[name];
  }, tree);
}

describe('the app package', () => {
  it('holds the manifest, the two icons and a file for each further language at its root, and nothing else', () => {
    const files = unzipSync(packed().zip);
    const { icons, localizationInfo } = packed().manifest;
    const languages = localizationInfo.additionalLanguages.map(({ file }) => file);
    const expected = ['manifest.json', icons.color, icons.outline, ...languages];
    assert.deepEqual(Object.keys(files).toSorted(), expected.toSorted());
    assert.deepEqual(JSON.parse(Buffer.from(files['manifest.json']!).toString('utf8')), packed().manifest);
  });

  it('has no placeholder left', () => {
    assert.doesNotMatch(JSON.stringify(packed().manifest), /\$\{\{/);
  });

  it('is the same whenever it is made', () => {
    assert.deepEqual(packed().zip, packed().zip);
  });

  it('is not made without an app id or for an unknown cloud', () => {
    const packing = packApp({ CLOUD: 'mars' });
    assert.ok(!packing.ok);
    assert.deepEqual(
      packing.faults.map((fault) => fault.variable),
      ['CLOUD', 'MicrosoftAppId'],
    );
  });
});

describe('the icons', () => {
  const colour = colourIcon();
  const outline = outlineIcon();
  const FILES: readonly (readonly [string, Picture])[] = [
    ['color.png', colour],
    ['outline.png', outline],
  ];

  for (const [name, drawing] of FILES) {
    it(`have ${name} as its drawing says`, () => {
      const url = new URL(`../manifest/${name}`, import.meta.url);
      assert.ok(existsSync(url));
      const png = readFileSync(url);
      assert.equal(png.toString('latin1', 1, 4), 'PNG');
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [drawing.size, drawing.size]);
      assert.deepEqual(rowsOf(png), rowsOf(pngOf(drawing)), 'run: node manifest/draw-icons.ts');
    });
  }

  it('have the sizes that Teams asks for', () => {
    assert.deepEqual([colour.size, outline.size], [192, 32]);
  });

  it('have an outline of white on nothing', () => {
    const { pixels } = outline;
    const alphas = new Set<number>();
    for (let at = 0; at < pixels.length; at += 4) {
      const [red, green, blue, alpha] = pixels.subarray(at, at + 4);
      if (alpha !== 0) assert.deepEqual([red, green, blue], [255, 255, 255]);
      alphas.add(alpha!);
    }
    assert.ok(alphas.has(0) && alphas.has(255));
  });

  it('have a colour icon without holes', () => {
    const { pixels } = colour;
    assert.ok(pixels.every((value, index) => index % 4 !== 3 || value === 255));
  });
});

/** The unpacked rows: another zlib may pack the same picture differently. */
function rowsOf(png: Buffer): Buffer {
  const header = 8 + 25;
  return inflateSync(png.subarray(header + 8, header + 8 + png.readUInt32BE(header)));
}
