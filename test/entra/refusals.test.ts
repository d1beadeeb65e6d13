import assert from 'node:assert/strict';
import { AuthError, ClientAuthError, InteractionRequiredAuthError, ServerError } from '@azure/msal-node';
import fc from 'fast-check';
import { CredentialFault } from '../../src/entra/credential-fault.ts';
import { assertionRefusal, tokenRefusal } from '../../src/entra/refusals.ts';
import { signInMends } from '../../src/scan/refusal.ts';

type Words = readonly [error: string, suberror: string, number: number];

function server([error, suberror, number]: Words): ServerError {
  return new ServerError(error, '', 'SECRET words', suberror, number as unknown as string, 400);
}

function interaction([error, suberror, number]: Words, claims = ''): InteractionRequiredAuthError {
  return new InteractionRequiredAuthError(
    error,
    '',
    'SECRET words',
    suberror,
    '',
    '',
    claims,
    number as unknown as string,
  );
}

describe('what Entra says', () => {
  const table: readonly (readonly [AuthError, string])[] = [
    [interaction(['invalid_grant', 'consent_required', 65001]), 'consent-missing'],
    [interaction(['consent_required', '', 0]), 'consent-missing'],
    [interaction(['interaction_required', '', 50105]), 'consent-missing'],
    [server(['invalid_grant', '', 65001]), 'consent-missing'],
    [interaction(['interaction_required', 'basic_action', 50076], '{}'), 'mfa-needed'],
    [interaction(['interaction_required', '', 50079]), 'mfa-needed'],
    [interaction(['invalid_grant', 'additional_action', 53000]), 'mfa-needed'],
    [server(['invalid_grant', '', 53003]), 'mfa-needed'],
    [interaction(['invalid_grant', 'bad_token', 50173]), 'session-revoked'],
    [server(['invalid_grant', '', 700082]), 'session-revoked'],
    [interaction(['invalid_grant', 'bad_token', 1]), 'session-revoked'],
    [interaction(['interaction_required', '', 1]), 'mfa-needed'],
    [interaction(['invalid_grant', '', 1], '{}'), 'mfa-needed'],
    [server(['invalid_grant', '', 50057]), 'account-disabled'],
    [server(['invalid_grant', '', 500133]), 'sign-in-needed'],
    [server(['invalid_grant', '', 50013]), 'sign-in-needed'],
    [server(['invalid_grant', '', 500131]), 'sign-in-needed'],
    [interaction(['invalid_grant', 'user_password_expired', 50055]), 'sign-in-needed'],
    [interaction(['login_required', '', 50058]), 'sign-in-needed'],
    [server(['invalid_client', '', 7000215]), 'entra-misconfigured'],
    [server(['invalid_client', '', 700027]), 'entra-misconfigured'],
    [server(['invalid_client', '', 700213]), 'entra-misconfigured'],
    [server(['unauthorized_client', '', 700016]), 'entra-misconfigured'],
    [server(['invalid_resource', '', 500011]), 'entra-misconfigured'],
    [server(['never_heard_of', '', 1]), 'entra-misconfigured'],
    [new ClientAuthError('authority_uri_insecure', ''), 'entra-misconfigured'],
    [server(['temporarily_unavailable', '', 90033]), 'entra-unavailable'],
    [server(['90033', '', 0]), 'entra-unavailable'],
    [server(['90033 50196', '', 0]), 'entra-unavailable'],
    [server(['', '', 0]), 'entra-unavailable'],
    [new ServerError('invalid_grant', '', '', '', '', 429), 'entra-unavailable'],
    [new ServerError('anything', '', '', '', '', 502), 'entra-unavailable'],
    [new AuthError('network_error', ''), 'entra-unavailable'],
    [new ClientAuthError('endpoints_resolution_error', ''), 'entra-unavailable'],
    [new ClientAuthError('token_parsing_error', ''), 'entra-unavailable'],
  ];
  for (const [fault, kind] of table) {
    it(`is ${kind} for ${fault.name} ${JSON.stringify([fault.errorCode, fault.subError])}`, () => {
      assert.equal(tokenRefusal(fault, undefined).refusal.kind, kind);
    });
  }

  it('says when to come back only where coming back helps', () => {
    assert.equal(tokenRefusal(server(['temporarily_unavailable', '', 90033]), 5).refusal.retryAt, 5);
    assert.equal(tokenRefusal(server(['invalid_grant', '', 500133]), 5).refusal.retryAt, undefined);
  });

  it('is repeated only as words and numbers', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.anything(), (error, suberror, number) => {
        const fault = new ServerError(error, '', 'SECRET', suberror, number as string, 400);
        const { code } = tokenRefusal(fault, undefined).refusal;
        assert.match(code ?? '', /^[\w .\-/]{0,200}$/);
        assert.ok(!(code ?? '').includes('SECRET'));
      }),
    );
  });

  it('is nothing that a program fault could pass for', () => {
    assert.throws(() => tokenRefusal(new TypeError('a fault of ours'), undefined), TypeError);
  });

  it('tells a platform that is silent from a credential that is wrong', () => {
    const silent = tokenRefusal(new CredentialFault('unavailable', 'managed-identity-503', ''), undefined);
    assert.deepEqual(silent.refusal, { kind: 'entra-unavailable', code: 'managed-identity-503' });
    const wrong = tokenRefusal(new CredentialFault('misconfigured', 'unreadable-file', ''), undefined);
    assert.deepEqual(wrong.refusal, { kind: 'entra-misconfigured', code: 'unreadable-file' });
  });
});

describe('a sign-in that is not used', () => {
  it('is asked for again, unless the person is a guest or the keys are out of reach', () => {
    const flaws = ['wrong-person', 'wrong-tenant', 'invalid', 'expired', 'guest', 'keys-unavailable'] as const;
    const mended = flaws.filter((flaw) => signInMends(assertionRefusal(flaw).refusal));
    assert.deepEqual(mended, ['wrong-person', 'wrong-tenant', 'invalid', 'expired']);
    assert.equal(assertionRefusal('guest').refusal.kind, 'guest');
    assert.equal(assertionRefusal('keys-unavailable').refusal.kind, 'entra-unavailable');
  });
});
