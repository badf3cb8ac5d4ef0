// Who signs beside: payer and state both have a say, and what is not known is asked.
import { describe, expect, test } from 'vitest';
import { signingRules } from '../../rules/testing/documentation.ts';
import { attestationOn, cosignatureOf, mayStand } from './signing.ts';
import type { CosignatureFacts } from './signing.ts';

const needs = (facts: Partial<CosignatureFacts>): string =>
  cosignatureOf(signingRules, { credential: 'PTA', lineOfBusiness: null, own: {}, day: '2026-06-01', ...facts }).needs;

describe('a co-signature', () => {
  test('is not needed beside a therapist or a physician', () => {
    expect([needs({ credential: 'PT' }), needs({ credential: 'physician' })]).toEqual(['notRequired', 'notRequired']);
  });

  test('of an assistant’s note: Medicare asks for none (ch. 15 §220.3.E), the state’s law must be known too', () => {
    expect(needs({ lineOfBusiness: 'medicare' })).toBe('asked');
    expect(needs({ lineOfBusiness: 'medicare', own: { PTA: 'notRequired' } })).toBe('notRequired');
    expect(needs({ lineOfBusiness: 'medicare', own: { PTA: 'required' } })).toBe('required');
  });

  test('of an assistant’s note for a payer of whom nothing is known is asked, whatever the state allows', () => {
    expect([needs({}), needs({ lineOfBusiness: 'commercial', own: { PTA: 'notRequired' } })]).toEqual([
      'asked',
      'asked',
    ]);
    expect(needs({ lineOfBusiness: 'commercial', own: { PTA: 'required' } })).toBe('required');
  });

  test('of a student’s note is needed everywhere (ch. 15 §230.B), and no setting takes it away', () => {
    expect([
      needs({ credential: 'student' }),
      needs({ credential: 'student', own: { student: 'notRequired' } }),
    ]).toEqual(['required', 'required']);
  });
});

test('who may write a document is no matter of opinion; an unsupported number may stand with a reason', () => {
  expect([mayStand(signingRules, 'author', '2026-06-01'), mayStand(signingRules, 'number', '2026-06-01')]).toEqual([
    false,
    true,
  ]);
});

test('the words of a signature are those of its day; of a day before any there are none', () => {
  expect(attestationOn(signingRules, 'author', '2026-06-01').id).toBe('attest-author');
  expect(() => attestationOn(signingRules, 'author', '2000-01-01')).toThrow('in force');
});
