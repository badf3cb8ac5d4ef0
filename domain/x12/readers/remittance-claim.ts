// One claim of an 835 with its service lines (005010X221A1, loops 2100 and 2110).
import type {
  RemittanceAdjustment,
  RemittanceClaim,
  RemittanceLine,
  RemittanceName,
  RemittanceProcedure,
} from '../../claim/remittance.ts';
import type { Loop } from '../loops.ts';
import type { KeptSegment } from '../transaction-set.ts';
import { loopsOf, segmentsOf } from '../tree.ts';
import { adjustmentsIn } from './claim-lines.ts';
import { procedureOf } from './parts.ts';
import type { Reading } from './reading.ts';
import { amountsOf, contactsOf, datesOf, idOf, quantitiesOf, referencesOf } from './remittance-parts.ts';

/** Where MIA and MOA name remark codes. */
const remarkElements: Readonly<Record<string, readonly number[]>> = { MIA: [5, 20, 21, 22, 23], MOA: [3, 4, 5, 6, 7] };

export function claimOf(reading: Reading, loop: Loop): RemittanceClaim {
  const segment = loop.segments[0];
  return {
    patientControlNumber: reading.text(segment, 1),
    status: reading.text(segment, 2),
    chargeCents: reading.cents(segment, 3),
    paidCents: reading.cents(segment, 4),
    patientResponsibilityCents: reading.cents(segment, 5),
    filingCode: reading.text(segment, 6),
    payerClaimNumber: reading.text(segment, 7),
    facilityCode: reading.text(segment, 8),
    frequency: reading.text(segment, 9),
    names: segmentsOf(loop, 'NM1').map((name) => nameOf(reading, name)),
    adjustments: adjustmentsOf(reading, loop),
    remarks: ['MIA', 'MOA'].flatMap((id) => segmentsOf(loop, id).flatMap((one) => remarksOf(reading, one))),
    dates: datesOf(reading, loop.segments),
    references: referencesOf(reading, loop.segments),
    contacts: contactsOf(reading, loop.segments),
    amounts: amountsOf(reading, loop.segments),
    quantities: quantitiesOf(reading, loop.segments),
    lines: loopsOf(loop, '2110').map((line) => lineOf(reading, line)),
    source: segment?.source ?? '',
  };
}

function lineOf(reading: Reading, loop: Loop): RemittanceLine {
  const segment = loop.segments[0];
  const references = referencesOf(reading, loop.segments);
  return {
    procedure: segment === undefined ? null : procedureIn(reading, segment, 1),
    submittedProcedure: segment === undefined ? null : procedureIn(reading, segment, 6),
    revenueCode: reading.text(segment, 4),
    chargeCents: reading.cents(segment, 2),
    paidCents: reading.cents(segment, 3),
    units: reading.number(segment, 5),
    submittedUnits: reading.number(segment, 7),
    controlNumber: references.find(({ qualifier }) => qualifier === '6R')?.value ?? null,
    dates: datesOf(reading, loop.segments),
    adjustments: adjustmentsOf(reading, loop),
    references,
    amounts: amountsOf(reading, loop.segments),
    quantities: quantitiesOf(reading, loop.segments),
    remarks: segmentsOf(loop, 'LQ').map((remark) => ({
      qualifier: reading.text(remark, 1),
      value: reading.text(remark, 2),
    })),
    source: segment?.source ?? '',
  };
}

function adjustmentsOf(reading: Reading, loop: Loop): RemittanceAdjustment[] {
  return segmentsOf(loop, 'CAS').flatMap((segment) =>
    adjustmentsIn(reading, segment).map((one) => ({ ...one, source: segment.source })),
  );
}

function procedureIn(reading: Reading, segment: KeptSegment, element: number): RemittanceProcedure | null {
  const procedure = procedureOf(reading, segment, element);
  if (procedure === null) return null;
  const { qualifier, value, modifiers } = procedure;
  return { qualifier, value, modifiers };
}

function nameOf(reading: Reading, segment: KeptSegment): RemittanceName {
  const kind = { '1': 'person', '2': 'organization' } as const;
  const code = reading.text(segment, 2);
  return {
    role: reading.text(segment, 1),
    kind: code === '1' || code === '2' ? kind[code] : null,
    family: reading.text(segment, 3),
    given: reading.text(segment, 4),
    id: idOf(reading, segment, 8),
    source: segment.source,
  };
}

function remarksOf(reading: Reading, segment: KeptSegment): string[] {
  return (remarkElements[segment.id] ?? [])
    .map((element) => reading.text(segment, element))
    .filter((code) => code !== null);
}
