import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alertReferenceIn } from '../../../src/chat/command/alert-reference.ts';

const ALERT = 'da637472900382838869_-1364969609';

describe('the reason of a scan', () => {
  for (const reason of [`alert ${ALERT}`, ALERT, `see (${ALERT.toUpperCase()}), please`, `incident 12: ${ALERT}`]) {
    it(`names an alert in "${reason}"`, () => {
      assert.deepEqual(alertReferenceIn(reason), { is: 'alert', id: ALERT });
    });
  }

  for (const reason of [
    'incident 7587',
    'Incident #7587.',
    'part of incident no. 7587',
    'Vorfall 7587',
    'incident id: 7587',
  ]) {
    it(`names an incident in "${reason}"`, () => {
      assert.deepEqual(alertReferenceIn(reason), { is: 'incident', number: 7587 });
    });
  }

  for (const reason of [
    'alert 3212',
    '3212',
    'coincident 12',
    'incident of today',
    'ra637472900382838869_1',
    'incident 12-34',
  ])
    it(`names neither in "${reason}"`, () => {
      assert.equal(alertReferenceIn(reason), undefined);
    });

  it('is read without surprises, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.nat(), (text, number) => {
        alertReferenceIn(text);
        assert.equal(alertReferenceIn(`alert ${number}`), undefined);
      }),
    );
  });
});
