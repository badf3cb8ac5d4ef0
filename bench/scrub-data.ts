// Seeded claims with the charts behind them for the measurement of scrubbing: clinics of four kinds of payers, one defect in ten claims.
import type { Claim } from '../domain/claim/schema.ts';
import { claimFile } from '../domain/claim/testing/claim-file.ts';
import { sampleClaim } from '../domain/claim/testing/claims.ts';
import { addDays } from '../domain/calendar.ts';
import type { ScrubChart } from '../domain/scrub/chart-schema.ts';
import { randomFrom } from './runs-out-data.ts';

export const asOf = '2024-09-16';

const payers = [
  { id: 'MEDICARE', filingCode: 'MB', lineOfBusiness: 'medicare' },
  { id: 'sunrise-medicare', filingCode: '16', lineOfBusiness: 'medicareAdvantage' },
  { id: 'state-medicaid', filingCode: 'MC', lineOfBusiness: 'medicaid' },
  { id: 'harbor-health', filingCode: 'CI', lineOfBusiness: 'commercial' },
] as const;

const services = [
  {
    code: '97110',
    text: 'Straight leg raises and heel slides, 3 sets of 10, knee flexion to 110 degrees, cues for quad control',
  },
  {
    code: '97112',
    text: 'Single leg stance on foam, 4 x 30 seconds, perturbations in all directions, loses balance twice',
  },
  { code: '97140', text: 'Grade III posterior glide of the tibiofemoral joint, right knee, flexion gained 8 degrees' },
  {
    code: '97530',
    text: 'Sit to stand from 45 cm, 3 sets of 8, carrying 5 kg over 10 metres, for work in the warehouse',
  },
] as const;

interface Charted {
  readonly claims: readonly Claim[];
  readonly charts: readonly ScrubChart[];
}

/** A chart of four to twenty visits each, and the claim for the last of them. */
export function makeCharted(count: number, seed: number): Charted {
  const random = randomFrom(seed);
  const made = Array.from({ length: count }, (_, index) => makeOne(random, index));
  return { claims: made.map(({ claim }) => claim), charts: made.map(({ chart }) => chart) };
}

function makeOne(random: () => number, index: number): { readonly claim: Claim; readonly chart: ScrubChart } {
  const between = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  const payer = payers[index % payers.length] ?? payers[0];
  const start = addDays('2024-07-01', between(0, 20));
  const days = Array.from({ length: between(4, 20) }, (_, visit) => addDays(start, Math.floor((visit * 7) / 3)));
  const visits = days.map((date, at) => {
    const given = services.slice(between(0, 1), between(2, 4));
    const interventions = given.map(({ code, text }) => ({ code, minutes: between(1, 2) * 15 + 1, by: 'PT', text }));
    const kind: 'evaluation' | 'progress' | 'daily' = at === 0 ? 'evaluation' : at % 8 === 0 ? 'progress' : 'daily';
    return {
      date,
      clinician: { ref: `clinician-${at % 3}`, credential: 'PT' },
      totalMinutes: interventions.reduce((sum, { minutes }) => sum + minutes, 5),
      interventions,
      note: { kind, signedOn: date, credential: 'PT' },
      outcomes: at % 8 === 0 ? [{ measure: 'LEFS', score: between(30, 70) }] : [],
    };
  });
  const last = visits.at(-1);
  const sample = sampleClaim();
  const [line] = sample.lines;
  if (last === undefined || line === undefined) throw new Error('a chart has a visit, the sample claim has a line');
  const isWrong = random() < 0.1;
  const lines = last.interventions.map(({ code, minutes }, at) => ({
    ...line,
    number: at + 1,
    procedure: { qualifier: 'HC', code, modifiers: isWrong && at === 0 ? [] : ['GP'], description: null },
    units: Math.floor((minutes + 7) / 15),
    chargeCents: 6_000,
    from: last.date,
    dates: [],
    controlNumber: `LINE${at + 1}`,
  }));
  const claim: Claim = {
    ...sample,
    patientControlNumber: `CLAIM${String(index).padStart(6, '0')}`,
    chargeCents: 6_000 * lines.length,
    filingCode: payer.filingCode,
    payer: { ...sample.payer, id: payer.id },
    referring: sample.rendering,
    priorAuthorizationNumber: payer.lineOfBusiness === 'medicare' ? null : `PA${String(index).padStart(8, '0')}`,
    subscriber: { ...sample.subscriber, memberId: `MEMBER${String(index).padStart(6, '0')}` },
    dates: [{ qualifier: '454', from: start, to: null }],
    lines,
  };
  const chart: ScrubChart = {
    patient: `patient-${index}`,
    payer: { id: payer.id, lineOfBusiness: payer.lineOfBusiness },
    therapySpend: { year: 2024, allowedCents: between(20_000, 260_000), complete: false },
    authorizations: [
      {
        number: `PA${String(index).padStart(8, '0')}`,
        from: start,
        to: addDays(start, 90),
        visitsApproved: 24,
        visitsUsed: days.length - 1,
      },
    ],
    planOfCare: {
      start,
      end: addDays(start, 80),
      orderOnFile: true,
      transmittedOn: start,
      certifiedOn: addDays(start, 9),
    },
    visits,
  };
  return { claim, chart };
}

/** One file of X12, as billing software hands it over. */
export function asClaimFile(claims: readonly Claim[]): Uint8Array {
  return new TextEncoder().encode(claimFile(claims, 31));
}
