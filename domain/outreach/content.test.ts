// What a message may say: no diagnosis, no therapy detail, who writes and how to stop.
import { expect, test } from 'vitest';
import { outreachRules as rules } from '../../rules/testing/outreach.ts';
import { contentFaults } from './content.ts';
import { limitsFor } from './gate.ts';

const limits = limitsFor(rules, { category: 'reminder', channel: 'text', day: '2026-11-17' });
const faults = (text: string) =>
  contentFaults({ text, clinicName: 'Cedar Knee & Spine PT', optOutWords: ['stop'] }, { ...rules, limits });

test('a reminder that says who, when and how to stop has no fault, whatever the clinic is called', () => {
  expect(
    faults('Cedar Knee & Spine PT: visit Tue 17 Nov 9:00 AM. Reply YES or call 555-0100. STOP ends texts.'),
  ).toEqual([]);
});

test.each([
  ['Cedar Knee & Spine PT: your knee visit is at 9. STOP ends texts.', 'clinicalWord'],
  ['Cedar Knee & Spine PT: bring your Diagnosis letter. STOP ends texts.', 'clinicalWord'],
  ['Cedar Knee & Spine PT: dolor de cabeza? STOP.', 'clinicalWord'],
  ['Visit at 9. STOP ends texts.', 'clinicMissing'],
  ['Cedar Knee & Spine PT: visit at 9.', 'optOutMissing'],
  ['Cedar Knee & Spine PT: visit at {{time}}. STOP ends texts.', 'unfilled'],
  [`Cedar Knee & Spine PT: ${'x'.repeat(150)} STOP`, 'tooLong'],
])('%s: %s', (text, fault) => {
  expect(faults(text)).toEqual([fault]);
});

test('a clinical word within another word is none', () => {
  expect(faults('Cedar Knee & Spine PT: shipping the band to you. STOP ends texts.')).toEqual([]);
});
