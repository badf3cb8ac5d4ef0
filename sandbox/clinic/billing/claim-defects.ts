// Defects of a claim or of one visit.
import { addDays } from '../calendar.ts';
import { lineOf, withLines } from './claims.ts';
import {
  always,
  changeLine,
  changeModifiers,
  changeVisit,
  further,
  hasCode,
  indexOf,
  isMedicare,
  modifiersIn,
  onClaim,
  payerOf,
  recode,
  unitsBy,
} from './changes.ts';
import type { Kind } from './changes.ts';

const placeholders = ['0000', 'TBD', 'PENDING'] as const;

export const ofClaims: readonly Kind[] = [
  {
    rule: 'code.unknown',
    count: 2,
    isAlone: false,
    fits: (one) => hasCode(one, '97110'),
    plant: (one) => recode(one, indexOf(one, '97110'), '97111'),
  },
  {
    rule: 'code.deleted',
    count: 2,
    isAlone: false,
    fits: (one) => hasCode(one, '97530') || hasCode(one, '97112'),
    plant: (one) => recode(one, Math.max(indexOf(one, '97530'), indexOf(one, '97112')), '97762'),
  },
  {
    rule: 'code.future-date',
    count: 2,
    isAlone: false,
    fits: always,
    plant: ({ claim, chart, visit }) => ({
      claim: changeLine(claim, 1, (line) => ({ ...line, from: addDays(visit.date, 365) })),
      chart,
      line: 1,
    }),
  },
  {
    rule: 'code.payer-form',
    count: 3,
    isAlone: false,
    fits: isMedicare,
    plant: (one) => further(one, '97014', 1, 15),
  },
  {
    rule: 'code.not-payable',
    count: 2,
    isAlone: false,
    fits: isMedicare,
    plant: (one) => further(one, '97010', 1, 10),
  },
  {
    rule: 'ncci.ptp',
    count: 3,
    isAlone: false,
    fits: (one) => hasCode(one, '97140'),
    plant: (one) => further(one, '97124', 1, 15),
  },
  {
    rule: 'mue',
    count: 2,
    isAlone: false,
    // The Medicare Advantage plan takes no ultrasound at all.
    fits: (one) => payerOf(one) !== 'medicareAdvantage',
    plant: (one) => further(one, '97035', 3, 45),
  },
  {
    rule: 'payer.rule',
    count: 2,
    isAlone: false,
    fits: (one) => payerOf(one) === 'medicareAdvantage',
    plant: (one) => further(one, '97035', 1, 15),
  },
  {
    rule: 'modifier.discipline',
    count: 2,
    isAlone: false,
    // Elsewhere only some payers ask for GP.
    fits: (one) => ['medicare', 'medicareAdvantage'].includes(payerOf(one)),
    plant: (one, at) => ({
      claim: changeModifiers(one.claim, 1, ([, ...rest]) => (at % 2 === 0 ? rest : ['GO', ...rest])),
      chart: one.chart,
      line: 1,
    }),
  },
  {
    rule: 'modifier.threshold',
    count: 3,
    isAlone: false,
    fits: (one) => modifiersIn(one).includes('KX'),
    plant: ({ claim, chart }) => ({
      claim: changeModifiers(claim, 0, (all) => all.filter((modifier) => modifier !== 'KX')),
      chart,
      line: 0,
    }),
  },
  {
    rule: 'modifier.assistant',
    count: 3,
    isAlone: false,
    fits: (one) => modifiersIn(one).includes('CQ'),
    plant: ({ claim, chart }) => ({
      claim: changeModifiers(claim, 0, (all) => all.filter((modifier) => modifier !== 'CQ')),
      chart,
      line: 0,
    }),
  },
  {
    rule: 'modifier.distinct',
    count: 3,
    isAlone: false,
    // In a group and alone on one day: paid beside each other only where the therapist can say that they were distinct.
    fits: (one) => isMedicare(one) && hasCode(one, '97110'),
    plant: (one) => further(one, '97150', 1, 20),
  },
  {
    rule: 'modifier.telehealth',
    count: 2,
    isAlone: false,
    fits: (one) => modifiersIn(one).length <= 2,
    plant: ({ claim, chart }) => ({
      claim: changeModifiers(claim, 0, (all) => [...all, '95']),
      chart,
      line: 0,
    }),
  },
  {
    rule: 'functional.reporting',
    count: 2,
    isAlone: false,
    fits: isMedicare,
    plant: (one) => ({
      claim: withLines(one.claim, [
        ...one.claim.lines,
        lineOf('G8978', 1, [...modifiersIn(one), 'CJ'], one.visit.date),
      ]),
      chart: one.chart,
      line: one.claim.lines.length,
    }),
  },
  {
    rule: 'modifier.conflict',
    count: 2,
    isAlone: false,
    fits: (one) => modifiersIn(one).length <= 2,
    plant: ({ claim, chart }) => ({
      claim: changeModifiers(claim, 0, (all) => [...all, 'GA', 'GZ']),
      chart,
      line: 0,
    }),
  },
  {
    rule: 'modifier.order',
    count: 2,
    isAlone: false,
    fits: (one) => modifiersIn(one).includes('KX'),
    plant: ({ claim, chart }) => ({
      claim: changeModifiers(claim, 0, (all) => ['KX', ...all.filter((modifier) => modifier !== 'KX')]),
      chart,
      line: 0,
    }),
  },
  {
    rule: 'units.minutes',
    count: 4,
    isAlone: false,
    fits: ({ claim }) => claim.lines[0]?.units === 2,
    plant: (one, at) => unitsBy(one, 0, at % 2 === 0 ? 1 : -1),
  },
  {
    rule: 'documentation.supports',
    count: 3,
    isAlone: false,
    fits: always,
    plant: ({ claim, chart, visit }) => ({
      claim,
      chart: changeVisit(chart, visit.date, (one) => ({
        ...one,
        interventions: one.interventions.map((each, index) => (index === 1 ? { ...each, text: null } : each)),
      })),
      line: 1,
    }),
  },
  {
    rule: 'authorization.present',
    count: 3,
    isAlone: false,
    fits: (one) => ['medicareAdvantage', 'medicaid'].includes(payerOf(one)),
    plant: (one) => onClaim(one, { priorAuthorizationNumber: null }),
  },
  {
    rule: 'authorization.placeholder',
    count: 2,
    isAlone: false,
    fits: ({ claim }) => claim.priorAuthorizationNumber !== null,
    plant: (one, at) => onClaim(one, { priorAuthorizationNumber: placeholders[at % placeholders.length] ?? '0000' }),
  },
  {
    rule: 'diagnosis.pointer',
    count: 2,
    isAlone: false,
    fits: always,
    plant: ({ claim, chart }) => ({
      claim: changeLine(claim, 1, (line) => ({ ...line, diagnosisPointers: [4] })),
      chart,
      line: 1,
    }),
  },
  {
    rule: 'diagnosis.format',
    count: 2,
    isAlone: false,
    fits: always,
    // As it was written before October 2015 (ICD-9-CM).
    plant: (one) => onClaim(one, { diagnoses: [{ qualifier: 'ABK', code: '724.2' }, ...one.claim.diagnoses.slice(1)] }),
  },
  {
    rule: 'place-of-service',
    count: 2,
    isAlone: false,
    fits: always,
    plant: (one) => onClaim(one, { placeOfService: '21' }),
  },
  {
    rule: 'referring-provider',
    count: 2,
    isAlone: false,
    fits: isMedicare,
    plant: (one) => onClaim(one, { referring: null }),
  },
  {
    rule: 'line.duplicate',
    count: 2,
    isAlone: false,
    fits: ({ claim }) => claim.lines[0]?.units === 2,
    plant: (one) => {
      const half = unitsBy(one, 0, -1).claim;
      const [first] = half.lines;
      const lines = first === undefined ? half.lines : [...half.lines, first];
      return { claim: withLines(half, lines), chart: one.chart, line: lines.length - 1 };
    },
  },
  {
    rule: 'schedule.mismatch',
    count: 2,
    isAlone: false,
    fits: ({ chart, visit }) => !chart.visits.some(({ date }) => date === addDays(visit.date, 1)),
    plant: (one) => ({
      claim: {
        ...one.claim,
        lines: one.claim.lines.map((line) => ({ ...line, from: addDays(one.visit.date, 1) })),
      },
      chart: one.chart,
      line: null,
    }),
  },
  {
    rule: 'charge.mismatch',
    count: 2,
    isAlone: false,
    fits: always,
    plant: (one) => onClaim(one, { chargeCents: (one.claim.chargeCents ?? 0) + 1000 }),
  },
];
