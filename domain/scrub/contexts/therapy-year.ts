// The context `therapyYear`: Medicare's threshold for the KX modifier in each calendar year of the claim, with what is known to be spent.
import { thresholdOn } from '../../billing-tables/thresholds.ts';
import { defineContext } from '../context.ts';

/** PT and SLP share one amount, OT has its own (42 CFR 410.60(e), 410.62(d)). */
const pooled = ['GP', 'GN'];

export const therapyYearContext = defineContext({
  name: 'therapyYear',
  about: 'each calendar year in which the claim has lines of PT or SLP (GP, GN), which share one threshold',
  facts: {
    year: { type: 'number', about: 'the calendar year of the day of service' },
    thresholdCents: {
      type: 'number',
      about: 'the amount from which KX is asked for; null: none is on file for the year',
    },
    medicalReviewCents: {
      type: 'number',
      about: 'the amount from which claims may be picked for review; null as above',
    },
    spentCents: {
      type: 'number',
      about: "allowed for PT and SLP in that year as far as the chart knows; null: it does not know that year's",
    },
    isComplete: { type: 'truth', about: 'whether other clinics are in it; false also where nobody knows' },
    chargeCents: { type: 'number', about: 'what these lines charge: more than Medicare will allow for them' },
    withoutKx: { type: 'list', about: 'the numbers of the lines without KX' },
    withKx: { type: 'list', about: 'the numbers of the lines with KX' },
  },
  items: ({ lines, tables, chart }) => {
    const therapy = lines.filter(({ modifiers }) => modifiers.some((modifier) => pooled.includes(modifier)));
    const years = [...new Set(therapy.flatMap(({ on }) => on?.slice(0, 4) ?? []))].sort();
    return years.map((year) => {
      const ofYear = therapy.filter(({ on }) => on?.startsWith(year) === true);
      const on = ofYear.map((one) => one.on).sort()[0] ?? null;
      const threshold = on === null ? null : thresholdOn(tables.thresholds, on);
      const spend = chart?.therapySpend ?? null;
      const spent = spend !== null && String(spend.year) === year ? spend : null;
      const charges = ofYear.map(({ line }) => line.chargeCents);
      return {
        line: ofYear.find(({ modifiers }) => !modifiers.includes('KX'))?.index ?? null,
        on,
        facts: {
          year: Number(year),
          thresholdCents: threshold?.physicalAndSpeechCents ?? null,
          medicalReviewCents: threshold?.medicalReviewCents ?? null,
          spentCents: spent?.allowedCents ?? null,
          isComplete: spent?.complete ?? false,
          chargeCents: charges.includes(null) ? null : charges.reduce<number>((sum, cents) => sum + (cents ?? 0), 0),
          withoutKx: ofYear.filter(({ modifiers }) => !modifiers.includes('KX')).map(({ index }) => String(index + 1)),
          withKx: ofYear.filter(({ modifiers }) => modifiers.includes('KX')).map(({ index }) => String(index + 1)),
        },
      };
    });
  },
});
