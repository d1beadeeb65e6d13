import assert from 'node:assert/strict';
import { LANGUAGES } from '../../../src/chat/languages.ts';
import { cancelComment } from '../../../src/chat/speak/cancel-comment.ts';
import { pressAnswer, signInAnswer } from '../../../src/chat/speak/press-answer.ts';
import { signInWords } from '../../../src/chat/speak/sign-in-words.ts';
import { commentFault } from '../../../src/scan/comment.ts';
import { lookOf } from '../cards/requests.ts';

describe('the answer to a press that changed nothing', () => {
  it('says whose card it is', () => {
    assert.match(
      pressAnswer({ why: 'not-yours', requester: 'Alice\nAalto' }, lookOf('minimal')),
      /^This card is for Alice Aalto\./,
    );
  });

  it('says what to do with an unknown and with a closed one', () => {
    assert.match(pressAnswer({ why: 'unknown' }, lookOf('minimal')), /Ask for the scan again/);
    assert.match(pressAnswer({ why: 'over' }, lookOf('minimal')), /already closed/);
  });
});

describe('a sign-in', () => {
  it('has a text and a short button', () => {
    const { text, button } = signInWords('en');
    assert.match(text, /in your own name/);
    assert.equal(button, 'Sign in');
  });

  it('is answered for each of its ends', () => {
    const { done, unreachable, wrongAccount, failed } = signInAnswer('en');
    assert.match(done, /signed in/);
    assert.match(unreachable, /cannot reach/);
    assert.match(wrongAccount, /another account.*Teams account/);
    assert.match(failed, /did not work/);
  });
});

describe('the comment on a cancellation', () => {
  it('is one that Defender takes', () => {
    for (const language of LANGUAGES.keys()) assert.equal(commentFault(cancelComment(language)), undefined);
    assert.match(cancelComment('nl-BE'), /^Geannuleerd vanuit Microsoft Teams/);
  });
});
