// What is heard on the phone is written down as the payer said it, and what nobody could tell stays unknown.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallDraft } from '../benefits.ts';
import { moneyInWords } from '../benefit-words.ts';
import { answerValue, callForm } from './call-answers.ts';

const zone = 'America/Chicago';
const draft: CallDraft = {
  check: 'chk_1',
  payer: { id: '00882', name: 'Sunrise' },
  patient: { name: null, birthDate: null },
  coverage: { memberId: null, groupNumber: null },
  provider: { organizationName: null, npi: null, taxId: null },
  serviceDate: '2026-06-15',
  coverages: [
    {
      summary: 'ben_1',
      contacts: [],
      flags: [],
      rejects: [],
      messages: [],
      questions: [
        { field: 'deductibleLeftCents', ask: 'How much of the deductible is left?', essential: true },
        { field: 'visitsLeft', ask: 'How many visits are left?', essential: true },
        { field: 'reference', ask: 'What is the reference number of this call?', essential: false },
      ],
    },
  ],
};

test('dollars become cents, and an amount that is only half typed is none', () => {
  expect(answerValue('cents', '$1,250.50')).toBe(125_050);
  expect(answerValue('cents', '0')).toBe(0);
  for (const typed of ['12.5', '1,25', '-5', '25 or 30', '$']) expect(answerValue('cents', typed)).toBeUndefined();
});

test('any amount that is shown can be typed again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (cents) => {
      expect(answerValue('cents', moneyInWords(cents))).toBe(cents);
    }),
  );
});

test('20 percent is a fifth; 120 percent is nothing', () => {
  expect(answerValue('share', '20')).toBe(0.2);
  expect(answerValue('share', '12.5 %')).toBe(0.125);
  expect(answerValue('share', '120')).toBeUndefined();
});

test('no limit is told apart from a limit of 0, and both from a limit nobody knows', () => {
  expect(answerValue('limit', 'unlimited')).toBe('unlimited');
  expect(answerValue('limit', '0')).toBe(0);
  expect(answerValue('limit', ' ')).toBeNull();
  expect(answerValue('limit', 'about twelve')).toBeUndefined();
});

test('a limit shared with nothing is an answer, a limit shared with who knows what is none', () => {
  expect(answerValue('serviceTypes', 'none')).toEqual([]);
  expect(answerValue('serviceTypes', 'AD AF')).toEqual(['AD', 'AF']);
  expect(answerValue('serviceTypes', '')).toBeNull();
});

test('what nobody could tell is null, and the time of the call is the clinic’s clock', () => {
  const { outcome, wrong, isEmpty } = callForm(
    draft,
    new Map([
      ['0.visitsLeft', '12'],
      ['call.at', '2026-06-02T10:00'],
      ['call.reference', ' R-77 '],
    ]),
    zone,
  );
  expect(outcome).toEqual({
    at: '2026-06-02T15:00:00.000Z',
    answeredBy: null,
    reference: 'R-77',
    coverages: [{ coverage: 0, answers: { deductibleLeftCents: null, visitsLeft: 12 } }],
  });
  expect([wrong.size, isEmpty]).toEqual([0, false]);
});

test('a form without an answer and without a reference is no call', () => {
  const { isEmpty, wrong } = callForm(draft, new Map([['call.at', '2026-06-02T10:00']]), zone);
  expect([isEmpty, wrong.size]).toEqual([true, 0]);
});

test('what cannot be read is named by its field, with how to write it', () => {
  const { wrong } = callForm(draft, new Map([['0.deductibleLeftCents', 'some']]), zone);
  expect([...wrong]).toEqual([
    ['0.deductibleLeftCents', 'Enter dollars, such as 1250 or 12.50.'],
    ['call.at', 'Enter when you called.'],
  ]);
});
