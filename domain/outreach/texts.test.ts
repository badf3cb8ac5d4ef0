// The shipped words of messages: every one keeps to the rules of its channel, in both languages, with a clinic of a usual name.
import { expect, test } from 'vitest';
import { outreachRules as rules, shippedTexts } from '../../rules/testing/outreach.ts';
import { contentFaults } from './content.ts';
import { limitsFor } from './gate.ts';
import { writeTexts } from './texts.ts';
import { categoryOf, channels, purposes } from './words.ts';

const facts = {
  clinic: 'Cedar Valley Physical Therapy',
  phone: '(555) 010-0147',
  date: 'Wed Nov 18',
  time: '10:30 AM',
  by: '11:30 AM',
  link: 'https://cv.example/m/0123456789abcdefghijk',
  count: '10',
};
const optOutWords = rules.replies.flatMap(({ intents }) => intents.stop ?? []);

test.each(purposes.flatMap((purpose) => ['en', 'es'].map((language) => [purpose, language] as const)))(
  '%s in %s says no more than it may and everything it must',
  (purpose, language) => {
    const texts = writeTexts({ own: [], shipped: shippedTexts }, { purpose, language, facts });
    const category = categoryOf(purpose);
    expect(Object.keys(texts).length).toBeGreaterThan(0);
    for (const channel of channels) {
      const written = texts[channel];
      if (written === undefined) continue;
      const limits = limitsFor(rules, { category, channel, day: '2026-11-17' });
      const faults = contentFaults(
        { text: written.body, clinicName: facts.clinic, optOutWords },
        { content: rules.content, limits },
      );
      expect([purpose, channel, faults]).toEqual([purpose, channel, []]);
    }
  },
);

test('the clinic’s own words go before, the patient’s language before both', () => {
  const own = [{ purpose: 'visit.missed', language: 'en', text: '{{clinic}}: call us. STOP' }] as const;
  const write = (language: string | null) =>
    writeTexts({ own, shipped: shippedTexts }, { purpose: 'visit.missed', language, facts }).text?.body;
  expect(write(null)).toBe('Cedar Valley Physical Therapy: call us. STOP');
  expect(write('fr')).toBe(write('en'));
});

test('a fact that is missing stays visible, so that nothing goes out', () => {
  const { text } = writeTexts(
    { own: [], shipped: shippedTexts },
    { purpose: 'visit.missed', language: 'en', facts: {} },
  );
  expect(text?.body).toContain('{{phone}}');
});
