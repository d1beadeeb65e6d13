import assert from 'node:assert/strict';
import type { Spoken } from '../../../src/chat/speak/speak.ts';
import { speak } from '../../../src/chat/speak/speak.ts';
import type { Ruling } from '../../../src/scan/rule-book.ts';
import type { CancelOutcome, Notice, SingleNotice } from '../../../src/scan/notice.ts';
import type { Person } from '../../../src/scan/person.ts';
import type { Stage } from '../../../src/scan/stage.ts';
import { HOUR } from '../../../src/scan/time.ts';
import { ALICE, closed, EVERY_STAGE, following, HOSTILE, LAPTOP, lookOf, NOON } from '../cards/requests.ts';
import { REFUSAL_KINDS, requestIn, scanAs, settled } from '../cards/requests.ts';
import { withFindings } from '../../gallery/with-findings.ts';

const REQUEST = requestIn(following('Pending')).id;

type Text = Extract<Spoken, { kind: 'text' }>;

function say(notice: SingleNotice, stage?: Stage, to: Person = ALICE): Text {
  const request = stage === undefined ? undefined : requestIn(stage);
  const spoken = speak(notice, { to, mention: false, look: lookOf('minimal', { reader: to }), request });
  assert.equal(spoken.kind, 'text');
  return spoken;
}

function ended(stage: Stage): Text {
  return say({ say: 'ended', request: REQUEST }, stage);
}

const CANCELS = Object.keys({
  cancelled: 1,
  dismissed: 1,
  'too-late': 1,
  'nothing-to-cancel': 1,
  'not-yours': 1,
  unclear: 1,
} satisfies Record<CancelOutcome, 1>) as CancelOutcome[];

/** Every notice that is said in lines, with `word` wherever somebody outside can put one. */
function lineNotices(word: string): readonly SingleNotice[] {
  const request = REQUEST;
  return [
    { say: 'which-device' },
    { say: 'told-here' },
    { say: 'told-there' },
    { say: 'asked-many-already' },
    { say: 'not-found', device: word },
    { say: 'accepted', request },
    { say: 'started', request },
    { say: 'ended', request },
    { say: 'confirmed', request },
    { say: 'sign-in-to-follow', request },
    ...CANCELS.map((outcome): SingleNotice => ({ say: 'cancel', device: word, outcome, refusal: undefined })),
    { say: 'cancel', device: word, outcome: 'too-late', refusal: { kind: 'bad-request', code: word } },
    { say: 'signed-in' },
    { say: 'signed-out' },
    { say: 'sign-in-failed', code: word },
    { say: 'wrong-account' },
    { say: 'sign-in-expired' },
    ...REFUSAL_KINDS.map((kind): SingleNotice => ({ say: 'refused', refusal: { kind, target: word } })),
    { say: 'press-refused', why: { why: 'not-yours', requester: word } },
    { say: 'press-refused', why: { why: 'unknown' } },
    { say: 'press-refused', why: { why: 'over' } },
    { say: 'unexpected', reference: word },
    ...ruleNotices(word),
  ];
}

function ruleNotices(word: string): readonly SingleNotice[] {
  const halt = { is: 'paused', by: ALICE.id, name: word, at: NOON, reason: word } as const;
  const limits = { coolDownMs: HOUR, scansPerPersonAndHour: 1, mostDevices: 2 };
  const unknown: Ruling['unknown'] = ['tag', 'requester'];
  const Quick: Ruling = { rule: word, asks: { kind: 'refuse', reason: word }, limits: {}, unknown };
  const demands = [
    { needed: 2, by: 'anyone' },
    { needed: 1, by: [] },
  ] as const;
  const Full: Ruling = { rule: undefined, asks: { kind: 'approvals', demands }, limits, unknown: [] };
  return [
    { say: 'why', device: word, rulings: { Quick, Full }, paused: halt },
    { say: 'why', device: word, rulings: { Quick, Full: Quick }, paused: undefined },
    { say: 'halt', halt },
    { say: 'halt', halt: { ...halt, is: 'resumed' } },
    { say: 'not-paused' },
    { say: 'not-operator', names: [word], more: 2 },
    { say: 'not-operator', names: [], more: 0 },
    { say: 'operator-unknown' },
  ];
}

describe('why', () => {
  const nothing = { limits: {}, unknown: [] } as const;
  const free: Ruling = { rule: undefined, asks: { kind: 'approvals', demands: [] }, ...nothing };
  const two: Ruling = {
    rule: 'Tier 0',
    asks: { kind: 'approvals', demands: [{ needed: 2, by: [{ kind: 'person', id: ALICE.id }] }] },
    limits: { coolDownMs: 4 * HOUR },
    unknown: ['tag'],
  };
  const told = (Quick: Ruling, Full: Ruling): readonly string[] =>
    say({ say: 'why', device: 'DC-01', rulings: { Quick, Full }, paused: undefined }).text.split('\n\n');

  it('is told in two sentences: the rule, and what it asks for', () => {
    assert.deepEqual(told(two, two), [
      'For DC-01, what counts is the rule “Tier 0” (not known, and so counted against the scan: its tags).',
      'It asks for this: 2 approvals by different people whom the rule names, 4 h 0 min between two scans of the device.',
    ]);
  });

  it('is told for each type where they differ', () => {
    const no: Ruling = { rule: 'No full', asks: { kind: 'refuse', reason: 'Quick ones only.' }, ...nothing };
    assert.deepEqual(told(free, no), [
      'For DC-01, what counts for a quick scan is the general setting (no rule matches), and for a full one the rule “No full”.',
      'For a quick scan it asks for this: the confirmation of whoever wants the scan; for a full scan for this: no scan at all (“Quick ones only.”).',
    ]);
    assert.deepEqual(told(two, { ...two, rule: 'Other' })[1], told(two, two)[1]);
  });

  it('says beside it that scans are paused', () => {
    const paused = { is: 'paused', by: ALICE.id, name: 'Erik', at: NOON, reason: 'incident *7*' } as const;
    const { text } = say({ say: 'why', device: 'DC-01', rulings: { Quick: free, Full: free }, paused });
    assert.match(text, /\n\nNew scans are paused by Erik\..*incident \\\*7\\\*$/);
  });
});

describe('the end of a scan', () => {
  it('is told with device, type, result, duration, comment and the way to Defender', () => {
    const { text, summary } = ended(settled('Succeeded'));
    assert.equal(summary, 'Full scan of FIN-LAPTOP-07 finished: Succeeded');
    assert.ok(text.startsWith(summary));
    assert.match(text, /ran to its end at 14:00\..* It took 2 h 10 min\./);
    assert.match(text, /Comment: alert 3212 says so/);
    assert.match(
      text,
      /\[Open in Defender\]\(https:\/\/security\.microsoft\.com\/machines\/1e5b[0-9a-f]{36}\/overview\)$/,
    );
  });

  it('is told in a toast by what was found, once that is known', () => {
    const toasts = [0, 1, 7].map((count) => {
      const telling = { to: ALICE, mention: true, look: lookOf('minimal'), request: withFindings({}, count) };
      const { text, summary } = speak({ say: 'ended', request: REQUEST }, telling) as Text;
      assert.match(text, /Full scan of FIN-LAPTOP-07 finished: Succeeded · findings: /);
      return summary;
    });
    assert.deepEqual(toasts, [
      'Full scan of FIN-LAPTOP-07 finished: nothing found',
      'Full scan of FIN-LAPTOP-07 finished: one alert',
      'Full scan of FIN-LAPTOP-07 finished: 7 alerts',
    ]);
  });

  it('is not told by what was found when it did not run to its end', () => {
    const request = { ...withFindings({}, 0), stage: settled('Failed') };
    const telling = { to: ALICE, mention: true, look: lookOf('full'), request };
    assert.match(
      (speak({ say: 'ended', request: REQUEST }, telling) as Text).summary,
      /did not run: Failed · findings/,
    );
  });

  it('tells whose scan it was', () => {
    const { text } = ended(settled('Failed', true, { requester: 'bob', comment: 'mine' }));
    assert.match(text, /started by bob at 11:50.*No second scan was started/);
    assert.doesNotMatch(text, /mine/);
  });

  it('tells why there was no scan, and what to do', () => {
    const refused = ended(
      closed('refused', { kind: 'forbidden', status: 403, code: 'Forbidden', target: 'guid-1' }),
    ).text;
    assert.match(refused, /you may not do this\.[^]*Ask a Defender administrator[^]*HTTP 403, Forbidden · .*guid-1/);
    assert.match(ended(closed('unexpected')).text, /Reference: ref-4711/);
    assert.match(ended(closed('expired')).text, /No scan was started/);
  });
});

describe('a scan on its way', () => {
  it('is told when Defender accepts it and when the device starts it', () => {
    assert.match(
      say({ say: 'accepted', request: REQUEST }, following('Pending')).text,
      /^Full scan of .*Defender accepted it/,
    );
    assert.match(say({ say: 'started', request: REQUEST }, following('InProgress')).text, /is running now/);
  });

  it('is not called accepted when another one is followed', () => {
    for (const stage of [following('Pending', true), settled('Failed', true)]) {
      const { text } = say({ say: 'accepted', request: REQUEST }, stage);
      assert.doesNotMatch(text, /accepted it/);
      assert.match(text, /No second scan was started/);
    }
  });

  it('is said to be forgotten when the store no longer has it', () => {
    for (const word of ['accepted', 'started', 'ended', 'sign-in-to-follow'] as const) {
      assert.match(say({ say: word, request: REQUEST }).text, /no longer kept/);
    }
  });
});

describe('a cancellation', () => {
  it('promises no more than is known', () => {
    const text = (outcome: CancelOutcome): string =>
      say({ say: 'cancel', device: 'FIN', outcome, refusal: undefined }).text;
    assert.match(text('cancelled'), /reports the scan as cancelled.*may still run/);
    assert.match(text('too-late'), /too late/);
    assert.match(text('not-yours'), /somebody else/);
    assert.match(text('unclear'), /not clear/);
    for (const outcome of CANCELS) assert.match(text(outcome), /^FIN: /);
  });
});

describe('a failed sign-in', () => {
  it('is explained for each of Teams’ codes', () => {
    const codes = [
      'installappfailed',
      'installedappnotfound',
      'authrequestfailed',
      'invokeerror',
      'resourcematchfailed',
    ];
    const texts = [...codes, 'oauthcardnotvalid', 'tokenmissing'].map(
      (code) => say({ say: 'sign-in-failed', code }).text,
    );
    assert.equal(new Set(texts).size, 7);
    for (const text of texts) assert.match(text, /^Sign-in .*(not work|does not work)/);
    assert.match(say({ say: 'sign-in-failed', code: 'toString' }).text, /code toString/);
  });
});

describe('a message', () => {
  it('mentions its reader at the start, in the words of the entity', () => {
    const to = { ...ALICE, name: 'A & <b>\n' };
    const telling = { to, mention: true, look: lookOf('minimal'), request: requestIn(settled('Failed')) };
    const spoken = speak({ say: 'ended', request: REQUEST }, telling) as Text;
    const [mention] = spoken.mentions;
    assert.equal(mention?.text, '<at>A &amp; &lt;b&gt;</at>');
    assert.deepEqual([mention.person, spoken.text.indexOf(`${mention.text} Full scan`)], [to, 0]);
    assert.doesNotMatch(spoken.summary, /<at>/);
  });

  it('mentions nobody where nobody is to be called', () => {
    const { text, mentions } = ended(settled('Failed'));
    assert.deepEqual([mentions, text.includes('<at>')], [[], false]);
  });

  it('leaves no gap in any of its sentences', () => {
    for (const stage of Object.values(EVERY_STAGE)) {
      for (const notice of lineNotices('word')) {
        const { text, summary } = say(notice, stage);
        assert.ok(text !== '' && summary !== '', notice.say);
        assert.doesNotMatch(text + summary, /\{\{|undefined|NaN|Invalid|\n{3}/, notice.say);
      }
    }
  });

  it('keeps foreign words from becoming links, mentions, code or another reading direction', () => {
    for (const word of HOSTILE) {
      const requester = { ...ALICE, name: word };
      const stage = {
        ...settled('Failed'),
        device: { ...LAPTOP, name: word },
        scan: scanAs('Failed', { comment: word }),
      } as Stage;
      const request = { ...requestIn(stage), requester };
      for (const notice of lineNotices(word)) {
        const { text } = speak(notice, { to: ALICE, mention: false, look: lookOf('full'), request }) as Text;
        const foreign = text.replace(/\[Open in Defender\]\(https:[^)]*\)$/, '');
        assert.doesNotMatch(foreign, /(?<!\\)\[|<|(?<!\\)`|(?<!\\)\*\*|^#/m, text);
        assert.doesNotMatch(foreign, /[\u202a-\u202e\u2066-\u2069]/);
      }
    }
  });
});

describe('a notice that is a list', () => {
  it('is drawn as a card', () => {
    const templates = (
      [
        { say: 'help', guess: undefined },
        { say: 'welcome' },
        { say: 'which-one', command: 'status', among: [LAPTOP] },
        { say: 'status', device: LAPTOP, scans: [] },
        { say: 'my-scans', scans: [{ device: 'x', type: 'Full', stage: 'asked', at: NOON }] },
      ] satisfies Notice[]
    ).map((notice) => {
      const spoken = speak(notice, { to: ALICE, mention: false, look: lookOf('full') });
      assert.equal(spoken.kind, 'card');
      assert.doesNotMatch(JSON.stringify(spoken.view), /\{\{|undefined|NaN/);
      return spoken.view.template;
    });
    assert.deepEqual(templates, ['help', 'help', 'list', 'list', 'list']);
  });
});
