import assert from 'node:assert/strict';
import { refusalOf, REFUSALS } from '../../src/defender/refusals.ts';
import type { MoodName, MoodSettings } from '../../src/sandbox/defender/moods.ts';
import type { Refusal } from '../../src/scan/refusal.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { alice, contoso, NOON } from './contoso.ts';
import type { Contoso } from './contoso.ts';

interface Row {
  readonly it: string;
  readonly mood: MoodName;
  readonly settings?: MoodSettings;
  readonly refusal: Refusal;
}

const ROWS: readonly Row[] = [
  {
    it: 'a busy device, by its code',
    ...refusedWith(400, 'ActiveRequestAlreadyExists'),
    refusal: { kind: 'already-running', status: 400, code: 'ActiveRequestAlreadyExists' },
  },
  {
    it: 'a busy device, by its text where the code does not tell',
    mood: 'refuses',
    settings: { status: 400, word: 'BadRequest', message: 'ACTION is already in progress.' },
    refusal: { kind: 'already-running', status: 400, code: 'BadRequest' },
  },
  {
    it: 'a busy device, by its text without any code',
    mood: 'refuses',
    settings: { status: 400, word: '', message: 'Action is already in progress' },
    refusal: { kind: 'already-running', status: 400 },
  },
  {
    it: 'a known code before the text',
    mood: 'refuses',
    settings: { status: 400, word: 'OsPlatformNotSupported', message: 'Action is already in progress' },
    refusal: { kind: 'os-not-supported', status: 400, code: 'OsPlatformNotSupported' },
  },
  {
    it: 'an operating system without such a scan',
    mood: 'os-not-supported',
    refusal: { kind: 'os-not-supported', status: 400, code: 'OsPlatformNotSupported' },
  },
  {
    it: 'a client that is too old',
    mood: 'client-too-old',
    refusal: { kind: 'client-too-old', status: 400, code: 'ClientVersionNotSupported' },
  },
  {
    it: 'any other 400',
    ...refusedWith(400, 'InvalidRequestBody'),
    refusal: { kind: 'bad-request', status: 400, code: 'InvalidRequestBody' },
  },
  {
    it: 'a missing permission',
    mood: 'permission-missing',
    refusal: { kind: 'forbidden', status: 403, code: 'Forbidden' },
  },
  {
    it: 'a feature that is switched off',
    mood: 'feature-disabled',
    refusal: { kind: 'feature-disabled', status: 403, code: 'DisabledFeature' },
  },
  {
    it: 'an operation that is not allowed',
    mood: 'operation-disallowed',
    refusal: { kind: 'not-allowed', status: 403, code: 'DisallowedOperation' },
  },
  {
    it: 'a device that is not there',
    ...refusedWith(404, 'ResourceNotFound'),
    refusal: { kind: 'not-found', status: 404, code: 'ResourceNotFound' },
  },
  {
    it: 'a 4xx that nobody has documented',
    ...refusedWith(409, 'Conflict'),
    refusal: { kind: 'bad-request', status: 409, code: 'Conflict' },
  },
  {
    it: 'too many calls, with the time to wait',
    mood: 'throttled',
    settings: { seconds: 90 },
    refusal: { kind: 'throttled', status: 429, code: '429', retryAt: NOON + 90 * SECOND },
  },
  {
    it: 'too many calls, a minute when no time is given',
    mood: 'throttled',
    settings: { seconds: undefined },
    refusal: { kind: 'throttled', status: 429, code: '429', retryAt: NOON + MINUTE },
  },
  {
    it: 'an internal error',
    mood: 'fails',
    refusal: { kind: 'failed', status: 500, code: 'InternalServerError' },
  },
  { it: 'a web page instead of JSON', mood: 'gateway', refusal: { kind: 'failed', status: 502 } },
  {
    it: 'a service that is away',
    mood: 'gateway',
    settings: { status: 503 },
    refusal: { kind: 'failed', status: 503 },
  },
  { it: 'a yes that cannot be read', mood: 'unreadable', refusal: { kind: 'unreadable' } },
  {
    it: 'a redirection, which is not followed',
    ...refusedWith(307, ''),
    refusal: { kind: 'unreadable', code: 'redirect' },
  },
  { it: 'a line that breaks', mood: 'cut', refusal: { kind: 'no-answer', code: 'network' } },
  { it: 'an answer that is lost', mood: 'answer-lost', refusal: { kind: 'no-answer', code: 'network' } },
];

function refusedWith(status: number, word: string): Pick<Row, 'mood' | 'settings'> {
  return { mood: 'refuses', settings: { status, word, message: 'whatever' } };
}

describe('a refusal of Defender', () => {
  let here: Contoso;

  beforeEach(async () => {
    here = await contoso({ timeoutMs: 500 });
  });

  afterEach(() => here.standIn.close());

  for (const row of ROWS) {
    it(`is understood: ${row.it}`, async () => {
      here.standIn.moods.start(row.mood, row.settings);
      const answer = await here.defender.startScan(alice, here.device, 'Quick', 'Check');
      assert(!answer.ok);
      const { target, ...refusal } = answer.refusal;
      assert.deepEqual(refusal, row.refusal);
      assert(target === undefined || target.length === 36);
      assert.equal(here.net.posts(), 1, 'a start is sent once');
    });
  }

  it('is understood: an unauthorised start, sent once more with a fresh token and no more', async () => {
    here.standIn.moods.start('unauthorised', { times: undefined });
    const answer = await here.defender.startScan(alice, here.device, 'Quick', 'Check');
    assert(!answer.ok);
    assert.equal(answer.refusal.kind, 'unauthorized');
    assert.equal(here.net.posts(), 2);
  });

  it('is understood: no answer in time, sent once', async () => {
    here.standIn.moods.start('slow');
    const answer = await here.defender.startScan(alice, here.device, 'Quick', 'Check');
    assert.deepEqual(answer, { ok: false, refusal: { kind: 'no-answer', code: 'timeout' } });
    assert.equal(here.net.posts(), 1);
  });

  it('keeps what Microsoft support asks for', async () => {
    here.standIn.moods.start('permission-missing');
    const answer = await here.defender.startScan(alice, here.device, 'Quick', 'Check');
    assert(!answer.ok);
    const [entry] = here.standIn.wire.entries;
    assert.deepEqual((entry?.answerBody as { error: { target: string } }).error.target, answer.refusal.target);
  });

  it('has a test for each row of the table', () => {
    const tested = ROWS.map(({ refusal }) => refusal.kind).concat('unauthorized');
    assert.deepEqual(
      REFUSALS.filter(({ kind }) => !tested.includes(kind)),
      [],
    );
  });

  it('reads the time to wait from a date as well', () => {
    const headers = { 'retry-after': new Date(NOON + 2 * MINUTE).toUTCString() };
    assert.equal(refusalOf({ status: 429, headers, text: '' }, NOON).retryAt, NOON + 2 * MINUTE);
  });

  it('waits neither less than a second nor longer than a day', () => {
    const after = (seconds: string): number =>
      (refusalOf({ status: 429, headers: { 'retry-after': seconds }, text: '' }, NOON).retryAt ?? 0) - NOON;
    assert.equal(after('0'), SECOND);
    assert.equal(after('999999999'), 24 * 60 * MINUTE);
  });

  it('does not repeat words that are none', () => {
    const text = JSON.stringify({ error: { code: '<b>x</b>', target: 'a b' } });
    assert.deepEqual(refusalOf({ status: 403, headers: {}, text }, NOON), { kind: 'forbidden', status: 403 });
  });
});
