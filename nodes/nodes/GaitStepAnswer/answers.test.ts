// A call's answer is complete whatever the flow did with the items.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completeAnswers, errorCodeOf, withoutIndex } from './answers';
import type { GivenAnswer } from './answers';

const references = fc.uniqueArray(fc.stringMatching(/^wi_[a-z0-9]{3}$/), { minLength: 1, maxLength: 12 });

test('every item asked about has exactly one answer, in the order of the call, whichever reached the end', () => {
  fc.assert(
    fc.property(references, fc.infiniteStream(fc.boolean()), (asked, coin) => {
      const kept = asked.filter(() => coin.next().value === true);
      const given = kept.toReversed().map((item, itemIndex): GivenAnswer => ({ item, itemIndex, outcome: 'pended' }));
      const completed = completeAnswers(asked, given);
      expect(completed.ok && completed.answers.map(({ item }) => item)).toEqual(asked);
      const lost = completed.ok ? completed.answers.filter((answer) => 'error' in answer).map(({ item }) => item) : [];
      expect(lost).toEqual(asked.filter((item) => !kept.includes(item)));
    }),
  );
});

test('an item that was not asked about, or one answered twice, is named and nothing is made of it', () => {
  const given: GivenAnswer = { item: 'wi_b', itemIndex: 0, outcome: 'pended' };
  expect(completeAnswers(['wi_a'], [given])).toMatchObject({ ok: false, message: 'wi_b was not asked about' });
  expect(completeAnswers(['wi_b'], [given, { ...given, itemIndex: 1 }])).toMatchObject({
    ok: false,
    message: 'Two answers for wi_b',
    itemIndex: 1,
  });
});

test("a Gait node's code is kept; another node's error means that the flow brought no answer", () => {
  expect(errorCodeOf({ json: { error: { code: 'vendor.rejected' } } })).toBe('vendor.rejected');
  expect(errorCodeOf({ json: { error: 'Request failed for JANE' } })).toBe('step.lost');
  expect(errorCodeOf({ json: { error: { code: 'ECONNRESET' } } })).toBe('step.lost');
  expect(errorCodeOf({ json: { error: '', outcome: 'pended' } })).toBeNull();
  expect(errorCodeOf({ json: { outcome: 'pended' } })).toBeNull();
});

test('only the code of an error goes to the server', () => {
  const [answer] = [{ item: 'wi_a', itemIndex: 0, error: { code: 'vendor.rejected' as const } }];
  expect(withoutIndex(answer)).toEqual({ item: 'wi_a', error: { code: 'vendor.rejected' } });
});
