// The patient's share of what is allowed, from the member's benefits as every simulated vendor tells them.
import type { Adjustment } from '../../domain/claim/line-schema.ts';
import { benefitsOf } from '../benefits/picture.ts';
import type { SubmittedClaim } from './submitted.ts';
import { serviceDateOf } from './submitted.ts';

export interface Coverage {
  /** `unknown` where the payer does not know the member. */
  readonly standing: 'active' | 'inactive' | 'unknown';
  readonly copayCents: number | null;
  readonly coinsurance: number | null;
  readonly deductibleLeftCents: number;
}

/** What the member's plan says on the day of service. */
export function coverageOf(claim: SubmittedClaim): Coverage {
  const day = serviceDateOf(claim) || '2026-01-01';
  const { people } = benefitsOf({
    payerId: claim.payer.id,
    memberId: claim.memberId,
    given: null,
    family: null,
    birthDate: null,
    role: 'subscriber',
    trace: null,
    serviceDate: day,
    serviceTypes: ['PT'],
    now: new Date(`${day}T12:00:00Z`),
  });
  const [person] = people;
  const benefits = (person?.benefits ?? []).filter(({ network }) => network !== 'N');
  const find = (code: string) => benefits.find((one) => one.code === code && one.level !== 'FAM');
  const left = benefits.find((one) => one.code === 'C' && one.period === '29' && one.level !== 'FAM');
  const isRefused = person === undefined || person.rejects.length > 0;
  return {
    standing: isRefused ? 'unknown' : find('1') === undefined ? 'inactive' : 'active',
    copayCents: find('B')?.amountCents ?? null,
    coinsurance: find('A')?.percent ?? null,
    deductibleLeftCents: left?.amountCents ?? 0,
  };
}

/** Takes the patient's share out of line after line: a copayment for the visit, else deductible and coinsurance. */
export class PatientShare {
  readonly #coverage: Coverage;
  #copay: number;
  #deductible: number;

  constructor(coverage: Coverage) {
    this.#coverage = coverage;
    this.#copay = coverage.copayCents ?? 0;
    this.#deductible = coverage.deductibleLeftCents;
  }

  /** PR-3, or PR-1 and PR-2, of so many cents that are allowed. */
  of(allowedCents: number): Adjustment[] {
    if (this.#coverage.copayCents !== null) {
      const taken = Math.min(this.#copay, allowedCents);
      this.#copay -= taken;
      return owed('3', taken);
    }
    if (this.#coverage.coinsurance === null) return [];
    const deductible = Math.min(this.#deductible, allowedCents);
    this.#deductible -= deductible;
    const coinsurance = Math.round((allowedCents - deductible) * this.#coverage.coinsurance);
    return [...owed('1', deductible), ...owed('2', coinsurance)];
  }
}

function owed(reason: string, amountCents: number): Adjustment[] {
  return amountCents === 0 ? [] : [{ group: 'PR', reason, amountCents, quantity: null }];
}
