// Reads an 835, claim payment and remittance advice (005010X221A1): one payment with its claims, lines and adjustments.
import type { ProviderAdjustment, Remittance, RemittanceParty, Reversal } from '../../claim/remittance.ts';
import type { Fault } from '../findings.ts';
import { remittance } from '../grammars/remittance.ts';
import type { Loop } from '../loops.ts';
import type { KeptSegment, TransactionSet } from '../transaction-set.ts';
import { allLoops, loopsOf } from '../tree.ts';
import { addressOf } from './claim-parties.ts';
import { filled } from './parts.ts';
import type { OtherSegment } from './reading.ts';
import { Reading } from './reading.ts';
import { claimOf } from './remittance-claim.ts';
import { contactsOf, datesOf, idOf, referencesOf } from './remittance-parts.ts';

export interface ReadRemittance {
  readonly value: Remittance;
  /** What is in no field: bank accounts, totals by provider and fiscal period, amounts of MIA and MOA … */
  readonly others: readonly OtherSegment[];
  readonly faults: readonly Fault[];
}

/** Never throws: what is wrong is in `faults`, what has no field in `others`. */
export function readRemittance(set: TransactionSet): ReadRemittance {
  const reading = new Reading(set, remittance);
  const { head, tail } = reading.tree;
  const payment = head.find(({ id }) => id === 'BPR');
  const trace = head.find(({ id }) => id === 'TRN');
  if (trace !== undefined) reading.know(trace, 1);
  const dates = datesOf(reading, head);
  // LX only counts; TS2 and TS3 stay.
  for (const { segments } of loopsOf(reading.tree, '2000'))
    for (const segment of segments) if (segment.id === 'LX') reading.know(segment, 1);
  const claims = allLoops(reading.tree, '2100').map(({ loop }) => claimOf(reading, loop));
  const value: Remittance = {
    payment: {
      handling: reading.text(payment, 1),
      amountCents: reading.cents(payment, 2),
      direction: reading.text(payment, 3),
      method: reading.text(payment, 4),
      on: reading.date(payment, 16),
      trace: reading.text(trace, 2),
      originator: reading.text(trace, 3),
    },
    currency: reading.text(
      head.find(({ id }) => id === 'CUR'),
      2,
    ),
    producedOn: dates.find(({ qualifier }) => qualifier === '405')?.date ?? null,
    dates,
    references: referencesOf(reading, head),
    payer: partyOf(reading, '1000A'),
    payee: partyOf(reading, '1000B'),
    claims,
    reversals: reversalsIn(claims),
    adjustments: tail.filter(({ id }) => id === 'PLB').flatMap((segment) => providerAdjustmentsOf(reading, segment)),
  };
  return { value, others: reading.rest(), faults: reading.faults };
}

/**
 * Pairs each reversal (CLP02 22) with the claim that takes its place: the next one of the same patient control number that is no
 * reversal, else the one before it, as payers put them in either order (005010X221A1, section 1.10.2.8). A claim corrects once.
 */
export function reversalsIn(claims: Remittance['claims']): Reversal[] {
  const taken = new Set<number>();
  return claims.flatMap((claim, reversed): Reversal[] => {
    if (claim.status !== '22') return [];
    const others = claims
      .map((_, index) => index)
      .filter((index) => !taken.has(index) && corrects(claims[index], claim.patientControlNumber));
    const corrected = others.find((index) => index > reversed) ?? others.findLast((index) => index < reversed) ?? null;
    if (corrected !== null) taken.add(corrected);
    return [{ reversed, corrected }];
  });
}

function corrects(claim: Remittance['claims'][number] | undefined, patientControlNumber: string | null): boolean {
  if (claim === undefined || claim.status === '22' || patientControlNumber === null) return false;
  return claim.patientControlNumber === patientControlNumber;
}

function partyOf(reading: Reading, id: string): RemittanceParty | null {
  const loop: Loop | undefined = reading.tree.loops.find((one) => one.id === id);
  const segment = loop?.segments[0];
  if (loop === undefined || segment === undefined) return null;
  reading.know(segment, 1);
  return {
    name: reading.text(segment, 2),
    id: idOf(reading, segment, 3),
    address: addressOf(reading, loop),
    references: referencesOf(reading, loop.segments),
    contacts: contactsOf(reading, loop.segments),
    source: segment.source,
  };
}

/** PLB: up to six adjustments of one provider and fiscal period. */
function providerAdjustmentsOf(reading: Reading, segment: KeptSegment): ProviderAdjustment[] {
  const providerId = reading.text(segment, 1);
  const fiscalPeriodEnd = reading.date(segment, 2);
  return [3, 5, 7, 9, 11, 13]
    .filter((element) => segment.element(element) !== '' || segment.element(element + 1) !== '')
    .map((element) => {
      const [reason = '', reference = ''] = reading.components(segment, element, 2);
      return {
        providerId,
        fiscalPeriodEnd,
        reason: filled(reason),
        reference: filled(reference),
        amountCents: reading.cents(segment, element + 1),
        source: segment.source,
      };
    });
}
