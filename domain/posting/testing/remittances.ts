// Remittances for the tests of posting, as payers write them: every value is made up, each claim balances.
import type { Remittance } from '../../claim/remittance.ts';
import { readRemittance } from '../../x12/readers/remittance.ts';
import { setsIn } from '../../x12/testing/sets.ts';

/** A claim that a payer decided; amounts in cents. Its payment is what its adjustments leave. */
export interface Decided {
  readonly number: string;
  readonly status?: string;
  readonly chargeCents: number;
  /** Group, reason and cents. */
  readonly adjustments?: readonly (readonly [group: string, reason: string, cents: number])[];
  readonly payerClaimNumber?: string;
  readonly day?: string;
  readonly patient?: { readonly family: string; readonly memberId: string };
  /** Segments of service lines in place of none. */
  readonly lines?: readonly string[];
}

const dollars = (cents: number): string => (cents / 100).toFixed(2);

export function paidCents({ chargeCents, adjustments = [] }: Decided): number {
  return adjustments.reduce((left, [, , cents]) => left - cents, chargeCents);
}

/** The same claim taken back: every amount with the other sign. */
export function reversed(decided: Decided): Decided {
  return {
    ...decided,
    status: '22',
    chargeCents: -decided.chargeCents,
    adjustments: (decided.adjustments ?? []).map(([group, reason, cents]) => [group, reason, -cents]),
  };
}

export interface Given {
  readonly claims: readonly Decided[];
  readonly trace?: string;
  readonly payer?: { readonly name: string; readonly id: string };
  readonly producedOn?: string;
  /** PLB03 and PLB04 in cents: positive takes from the payment. */
  readonly provider?: readonly (readonly [reason: string, cents: number])[];
  /** BPR02 where it is not what the claims add up to. */
  readonly amountCents?: number;
}

function claimSegments(one: Decided): string[] {
  const { number, status = '1', chargeCents, adjustments = [], payerClaimNumber = 'ICN1', day, patient, lines } = one;
  const owed = adjustments.filter(([group]) => group === 'PR').reduce((sum, [, , cents]) => sum + cents, 0);
  return [
    `CLP*${number}*${status}*${dollars(chargeCents)}*${dollars(paidCents(one))}*${dollars(owed)}*12*${payerClaimNumber}*11*1`,
    ...(lines === undefined
      ? adjustments.map(([group, reason, cents]) => `CAS*${group}*${reason}*${dollars(cents)}`)
      : []),
    ...(patient === undefined ? [] : [`NM1*QC*1*${patient.family}*PAT****MI*${patient.memberId}`]),
    ...(day === undefined ? [] : [`DTM*232*${day.replaceAll('-', '')}`]),
    ...(lines ?? []),
  ];
}

/** The segments of one 835 between ST and SE. */
export function remittanceSegments(given: Given): string[] {
  const { claims, trace = 'TRACE1', producedOn = '2026-11-20', provider = [] } = given;
  const payer = given.payer ?? { name: 'HARBOR HEALTH', id: 'harbor-health' };
  const taken = provider.reduce((sum, [, cents]) => sum + cents, 0);
  const amount = given.amountCents ?? claims.reduce((sum, one) => sum + paidCents(one), 0) - taken;
  const day = producedOn.replaceAll('-', '');
  return [
    `BPR*I*${dollars(amount)}*C*ACH************${day}`,
    `TRN*1*${trace}*1999000001`,
    `DTM*405*${day}`,
    `N1*PR*${payer.name}*XV*${payer.id}`,
    'N1*PE*STRIDE TEST CLINIC*XX*1999999984',
    'LX*1',
    ...claims.flatMap(claimSegments),
    ...provider.map(([reason, cents]) => `PLB*1999999984*20261231*${reason}:REF*${dollars(cents)}`),
  ];
}

/** A file of remittances as it comes, a segment a line. */
export function remittanceFile(all: readonly Given[]): string {
  const sets = all.flatMap((given, index) => {
    const content = remittanceSegments(given);
    const control = String(index + 1).padStart(4, '0');
    return [`ST*835*${control}`, ...content, `SE*${content.length + 2}*${control}`];
  });
  return [
    'ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *261120*0815*^*00501*000000905*0*P*:',
    'GS*HP*PAYER*CLINIC*20261120*0815*1*X*005010X221A1',
    ...sets,
    `GE*${all.length}*1`,
    'IEA*1*000000905',
    '',
  ].join('~\n');
}

export function remittances(all: readonly Given[]): Remittance[] {
  return setsIn(remittanceFile(all)).map((set) => readRemittance(set).value);
}

export function remittance(given: Given): Remittance {
  const [only] = remittances([given]);
  if (only === undefined) throw new Error('The file holds no remittance.');
  return only;
}
