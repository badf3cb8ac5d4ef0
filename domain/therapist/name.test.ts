// Facts on how systems write the name of one therapist.
import { expect, test } from 'vitest';
import { therapistNameKey } from './name.ts';

test('order, case, accents and credentials do not make two therapists of one', () => {
  const keys = ['Dana Quill', 'QUILL, DANA', 'Quill, Dana PT, DPT', 'Dr. Dana Quill, P.T.', 'Dána Quill'];
  expect(new Set(keys.map(therapistNameKey))).toEqual(new Set(['dana quill']));
});

test('two names stay two, and a credential alone is no name', () => {
  expect(therapistNameKey('Dana Quill')).not.toBe(therapistNameKey('Dana Quills'));
  expect(therapistNameKey('PT, DPT')).toBeNull();
});
