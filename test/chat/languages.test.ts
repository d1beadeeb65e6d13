import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LANGUAGES, languageName, namedLanguage, spokenLanguage } from '../../src/chat/languages.ts';
import { localeOf } from '../../src/chat/language.ts';
import { chosenLanguage, languageNames } from '../../src/chat/speak/chosen-language.ts';
import { commentFrom } from '../../src/chat/speak/comment-from.ts';

describe('the language of a reader', () => {
  it('is that of their client, in every region of it', () => {
    const readers = {
      sv: ['sv', 'sv-FI', 'sv_SE'],
      nl: ['nl-BE', 'NL-nl'],
      'zh-Hans': ['zh', 'zh-CN', 'zh-SG', 'zh-Hans-HK'],
    };
    for (const [language, locales] of Object.entries(readers)) {
      for (const locale of locales) assert.equal(spokenLanguage(locale), language, locale);
    }
  });

  it('is English for everybody else', () => {
    for (const locale of ['en-GB', 'zh-TW', 'zh-HK', 'zh-Hant', 'nb-NO', 'svx', '', '?']) {
      assert.equal(spokenLanguage(locale), 'en', locale);
    }
    fc.assert(fc.property(fc.string(), (locale) => LANGUAGES.has(spokenLanguage(locale))));
  });

  it('is the one that they chose, if they did', () => {
    assert.equal(localeOf({ language: 'nl', locale: 'sv-SE' }), 'nl');
    assert.equal(localeOf({ language: undefined, locale: 'sv-SE' }), 'sv-SE');
  });
});

describe('a language', () => {
  it('is known by its tag, and by its name in every other', () => {
    for (const tag of LANGUAGES.keys()) {
      assert.equal(namedLanguage(tag), tag);
      assert.equal(namedLanguage(languageName(tag)), tag);
    }
    for (const name of ['swedish', 'Svenska', 'Zweeds', '瑞典语', 'sv-FI'])
      assert.equal(namedLanguage(name), 'sv', name);
    for (const name of ['chinese', 'kinesiska', '中文', '简体中文', 'zh'])
      assert.equal(namedLanguage(name), 'zh-Hans', name);
    for (const name of ['french', 'xx', '', 'zh-Hant']) assert.equal(namedLanguage(name), undefined, name);
  });

  it('is found among the words around it', () => {
    const wishes = {
      'to Swedish, please': 'sv',
      'Simplified Chinese': 'zh-Hans',
      'auto.': 'auto',
      自动: 'auto',
      Klingon: undefined,
    };
    for (const [wanted, chosen] of Object.entries(wishes)) assert.equal(chosenLanguage(wanted), chosen, wanted);
  });

  it('is offered by the name that its own speakers give it', () => {
    assert.match(languageNames('en'), /English, .*svenska.* and .*中文/);
  });
});

describe('an alert as the only reason', () => {
  it('becomes a sentence in the language of its word', () => {
    assert.match(commentFrom('alert 3212', 'sv'), /alert 3212/);
    for (const [reason, locale] of [
      ['larm 3212', 'sv'],
      ['waarschuwing 3212', 'nl'],
      ['警报3212', 'zh-Hans'],
    ] as const) {
      assert.match(commentFrom(reason, locale), /.{4}3212/);
      assert.equal(commentFrom(reason, 'en'), commentFrom(reason, locale));
    }
  });

  it('stays as it is with more words, or fewer', () => {
    for (const reason of ['larm 3212 igen', 'larmet', 'alerts 3', 'waarschuwing', '警报 3212 再次出现']) {
      for (const locale of LANGUAGES.keys()) assert.equal(commentFrom(reason, locale), reason);
    }
  });
});
