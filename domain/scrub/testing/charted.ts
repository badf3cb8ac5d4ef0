// Claims with charts for tests of scrub rules; every value is made up.
import { sampleClaim } from '../../claim/testing/claims.ts';
import type { ClaimLine } from '../../claim/line-schema.ts';
import type { Claim } from '../../claim/schema.ts';
import { scrubRules } from '../../../rules/testing/scrub-rules.ts';
import type { ScrubChart } from '../chart-schema.ts';
import type { ChartVisit, Intervention } from '../chart/treatment-days.ts';
import { scrub } from '../engine.ts';
import type { Scrubbed } from '../engine.ts';
import type { ScrubProfile } from '../profile-schema.ts';

export const day = '2026-05-04';

export interface Charge {
  readonly code: string;
  readonly units: number;
  readonly on?: string;
  readonly modifiers?: readonly string[];
  readonly authorization?: string;
}

/** A claim to Medicare with these lines. */
export function claimOf(charges: readonly Charge[], changes: Partial<Claim> = {}): Claim {
  const payer = { name: 'Test Payer', idQualifier: 'PI', id: 'test-payer', address: null, secondaryIds: [] };
  const sample = sampleClaim({ filingCode: 'MB', priorAuthorizationNumber: null, payer });
  const [first] = sample.lines;
  if (first === undefined) throw new Error('The sample claim has lines.');
  const lines = charges.map(
    ({ code, units, on = day, modifiers = ['GP'], authorization }, index): ClaimLine => ({
      ...first,
      number: index + 1,
      procedure: { qualifier: 'HC', code, modifiers: [...modifiers], description: null },
      chargeCents: 5000 * units,
      units,
      from: on,
      controlNumber: `LINE${index + 1}`,
      priorAuthorizationNumber: authorization ?? null,
    }),
  );
  const chargeCents = lines.reduce((sum, line) => sum + (line.chargeCents ?? 0), 0);
  return { ...sample, lines, chargeCents, ...changes };
}

export function intervention(code: string, minutes: number | null, changes: Partial<Intervention> = {}): Intervention {
  return { code, minutes, by: 'PT', text: texts[code] ?? 'Done as planned', ...changes };
}

const texts: Readonly<Record<string, string>> = {
  '97110': 'Quad sets and straight leg raises 3x10, cues for full extension',
  '97112': 'Tandem stance on foam with contact guard, 6 trials',
  '97140': 'Grade III posterior glides to the right shoulder, 3 x 30 s',
  '97161': 'History: diabetes. ROM, strength and gait tested. Stable; low complexity, LEFS 41',
};

export function visit(date: string, changes: Partial<ChartVisit> = {}): ChartVisit {
  const interventions = changes.interventions ?? [intervention('97110', 30), intervention('97140', 15)];
  return {
    date,
    clinician: { ref: 'therapist-1', credential: 'PT' },
    totalMinutes: 5 + interventions.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
    interventions,
    note: { kind: 'daily', signedOn: date, credential: 'PT' },
    outcomes: [],
    ...changes,
  };
}

export function chartOf(changes: Partial<ScrubChart> = {}): ScrubChart {
  return { patient: 'patient-1', payer: { id: null, lineOfBusiness: 'medicare' }, ...changes };
}

export interface Checked {
  readonly claim: Claim;
  readonly chart?: ScrubChart | null;
  readonly profile?: ScrubProfile;
  readonly asOf?: string;
}

export function check({ claim, chart = null, profile = {}, asOf = '2026-05-20' }: Checked): Scrubbed {
  const { book, tables, reference } = scrubRules;
  return scrub(book, { claim, chart, profile, tables, reference, asOf });
}

/** The findings of one rule, each as `variant severity line: message`. */
export function found(rule: string, checked: Checked): string[] {
  return check(checked)
    .findings.filter((finding) => finding.rule === rule)
    .map(({ variant, severity, line, message }) => `${variant ?? ''} ${severity} ${line ?? '-'}: ${message}`.trim());
}

/** What the rule would have needed, as `variant needs`. */
export function unchecked(rule: string, checked: Checked): string[] {
  return check(checked)
    .notChecked.filter((one) => one.rule === rule)
    .map(({ variant, needs }) => `${variant ?? ''} ${needs}`.trim());
}
