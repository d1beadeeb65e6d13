import assert from 'node:assert/strict';
import * as answers from '../../src/teams/invoke-answer.ts';

const login = { text: 'Sign in first', button: 'Sign in', connection: 'defender', link: 'https://token.test/x' };

describe('an answer to an invoke', () => {
  it('always goes out as HTTP 200, with the status in its body', () => {
    const all = [
      [answers.cardAnswer({ type: 'AdaptiveCard' }), 200, 'application/vnd.microsoft.card.adaptive'],
      [answers.messageAnswer('x'), 200, 'application/vnd.microsoft.activity.message'],
      [answers.errorAnswer(400, 'BadRequest', 'x'), 400, 'application/vnd.microsoft.error'],
      [answers.loginRequest({ ...login, exchange: undefined }), 401, 'application/vnd.microsoft.activity.loginRequest'],
      [answers.incorrectAuthCode(), 401, 'application/vnd.microsoft.error.incorrectAuthCode'],
      [answers.preconditionFailed('x'), 412, 'application/vnd.microsoft.error.preconditionFailed'],
    ] as const;
    for (const [answer, statusCode, type] of all) {
      assert.equal(answer.status, 200);
      const { value, ...rest } = answer.body as { value: unknown };
      assert.deepEqual(rest, { statusCode, type });
      assert.notEqual(value, undefined);
    }
  });

  it('leaves the key of the silent exchange out where there is none', () => {
    const without = JSON.stringify(answers.loginRequest({ ...login, exchange: undefined }));
    assert.ok(!without.includes('tokenExchangeResource'));
    const exchange = { id: 'x', uri: 'api://botid-y' };
    assert.ok(
      JSON.stringify(answers.loginRequest({ ...login, exchange })).includes('"tokenExchangeResource":{"id":"x"'),
    );
  });

  it('to a token exchange has the status itself as its word', () => {
    const ids = { id: 'x', connectionName: 'c' };
    assert.deepEqual(answers.tokenExchanged('x', 'c'), { status: 200, body: { ...ids, failureDetail: null } });
    assert.deepEqual(answers.tokenNotExchanged('x', 'c', 'no'), { status: 412, body: { ...ids, failureDetail: 'no' } });
  });
});
