// Status information (STC), as a 277 tells what became of a claim and a 277CA whether it was accepted.
import type { ClaimStatus } from '../../claim/status.ts';
import type { Loop } from '../loops.ts';
import type { KeptSegment } from '../transaction-set.ts';
import { segmentsOf } from '../tree.ts';
import { filled } from './parts.ts';
import type { Reading } from './reading.ts';

/** C043: what a payer says of a claim. A code nobody knows is kept as it came. */
export interface StatusCodes {
  readonly category: string;
  readonly code: string;
  /** The entity the status is about (X12 entity code). */
  readonly entity: string | null;
  /** Whose list `code` is from: null for the claim status codes, RX for the rejects of NCPDP. */
  readonly codeList: string | null;
}

/** One STC. */
export interface StatusInformation {
  /** STC01, STC10 and STC11, those that are there. */
  readonly codes: readonly StatusCodes[];
  readonly effectiveOn: string | null;
  /** STC03: WQ accepted, U rejected. */
  readonly action: string | null;
  readonly chargeCents: number | null;
  readonly paidCents: number | null;
  readonly paidOn: string | null;
  /** STC07. */
  readonly method: string | null;
  readonly checkOn: string | null;
  readonly checkNumber: string | null;
  /** STC12, the payer's own words: shown, never decided on. */
  readonly message: string | null;
  readonly source: string;
}

export function statusesOf(reading: Reading, loop: Loop): StatusInformation[] {
  return segmentsOf(loop, 'STC').map((segment) => ({
    codes: [1, 10, 11].flatMap((element) => codesOf(reading, segment, element)),
    effectiveOn: reading.date(segment, 2),
    action: reading.text(segment, 3),
    chargeCents: reading.cents(segment, 4),
    paidCents: reading.cents(segment, 5),
    paidOn: reading.date(segment, 6),
    method: reading.text(segment, 7),
    checkOn: reading.date(segment, 8),
    checkNumber: reading.text(segment, 9),
    message: reading.text(segment, 12),
    source: segment.source,
  }));
}

/** A status for each set of codes; the dates and amounts of the STC are those of each. */
export function claimStatusesOf(statuses: readonly StatusInformation[]): ClaimStatus[] {
  return statuses.flatMap(({ codes, effectiveOn, chargeCents, paidCents, paidOn, checkNumber, message, source }) =>
    codes.map(({ category, code, entity, codeList }) => ({
      category,
      code,
      entity,
      codeList,
      effectiveOn,
      chargeCents,
      paidCents,
      paidOn,
      checkNumber,
      message,
      source,
    })),
  );
}

function codesOf(reading: Reading, segment: KeptSegment, element: number): StatusCodes[] {
  if (segment.element(element) === '') return [];
  const [category = '', code = '', entity = '', codeList = ''] = reading.components(segment, element, 4);
  if (category === '')
    reading.fault('element.missing', `STC${String(element).padStart(2, '0')}-1, the category, is missing.`, segment);
  return [{ category, code, entity: filled(entity), codeList: filled(codeList) }];
}
