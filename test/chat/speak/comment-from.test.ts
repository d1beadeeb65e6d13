import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commentFrom } from '../../../src/chat/speak/comment-from.ts';

describe('the comment from a typed reason', () => {
  it('is a whole sentence when the reason is an alert and nothing else', () => {
    assert.equal(commentFrom('alert 3212', 'en'), 'Check machine for viruses due to alert 3212');
    assert.equal(commentFrom('ALERT da637_1', 'fi'), 'Check machine for viruses due to alert da637_1');
    assert.equal(commentFrom('alert $t(help.help)', 'en'), 'Check machine for viruses due to alert $t(help.help)');
  });

  it('is the reason word for word otherwise', () => {
    const others = [
      'alert',
      'alert ',
      'alert 3212 again',
      'alerts 3212',
      'red alert 3212',
      'alert: 3212',
      'alert\n3212',
      '',
    ];
    for (const reason of others) assert.equal(commentFrom(reason, 'en'), reason);
    fc.assert(
      fc.property(fc.string(), (reason) => {
        fc.pre(!/^alert/i.test(reason));
        assert.equal(commentFrom(reason, 'en'), reason);
      }),
    );
  });
});
