// What leaves for a model names nobody, and comes back as it was; what a model alters on the way is caught.
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { verificationRules } from '../../rules/testing/documentation.ts';
import { verifier } from '../note-verifier/verify.ts';
import { deidentify, reidentify } from './deidentify.ts';
import { draftOf } from './testing/drafts.ts';
import { drawSources } from './testing/sessions.ts';

const key = {
  identifiers: { '[patient]': ['Maria Lopez', 'Lopez', 'Maria'], '[clinician]': ['Dr. Chen'] },
  shiftDays: -213,
};

test('names, telephone numbers and mail addresses become references, dates move', () => {
  const text =
    'Maria Lopez (555-555-0142, maria@example.org) was seen by Dr. Chen on 05/04/2026; onset 2026-03-01. MARIA walks.';
  const { text: sent } = deidentify(text, key);
  expect(sent).not.toMatch(/maria|lopez|chen|0142|example|2026-03-01|05\/04\/2026/i);
  expect(sent).toContain('[patient 2] walks');
});

test('whatever left comes back as it was', () => {
  const word = fc.constantFrom(
    'Maria Lopez',
    'lopez',
    'Dr. Chen',
    '05/04/2026',
    '2026-03-01',
    'flexion',
    '110°',
    '4-/5',
    'marianne',
    '.',
  );
  fc.assert(
    fc.property(fc.array(word), fc.integer({ min: -400, max: 400 }), (words, shiftDays) => {
      const text = words.join(' ');
      const { text: sent, replaced } = deidentify(text, { ...key, shiftDays });
      expect(reidentify(sent, { shiftDays }, replaced)).toBe(text);
    }),
  );
});

test('days between two dates are the same for the model', () => {
  const { text } = deidentify('from 02/27/2028 to 03/01/2028', { identifiers: {}, shiftDays: 10 });
  expect(text).toBe('from 03/08/2028 to 03/11/2028');
});

test('a sentence that went out and came back verifies; one that was altered does not', () => {
  const verify = verifier(verificationRules);
  const [, source] = drawSources(5, 1, 3);
  if (source === undefined) throw new Error('No source was drawn');
  const draft = draftOf(source, 'daily');
  const through = (alter: (text: string) => string) => ({
    ...draft,
    sections: draft.sections.map((section) => ({
      ...section,
      sentences: section.sentences.map((sentence) => {
        const { text, replaced } = deidentify(sentence.text, key);
        return { ...sentence, text: reidentify(alter(text), key, replaced) };
      }),
    })),
  });
  expect(
    verify(
      through((text) => text),
      source,
    ).maySign,
  ).toBe(true);
  expect(
    verify(
      through((text) => text.replace(/(\d+)\/10/, '9/10')),
      source,
    ).maySign,
  ).toBe(false);
});
