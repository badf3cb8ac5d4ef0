// A payment as an 835, claim payment and remittance advice (005010X221A1).
import { amountOf } from '../../domain/x12/money.ts';
import type { WrittenSegment, WrittenSet } from '../../domain/x12/writer.ts';
import { adjustments } from '../../domain/x12/writers/claim-lines.ts';
import type { RemittancePicture, RemittedClaim, RemittedLine } from './remittance.ts';

const compact = (date: string): string => date.replaceAll('-', '');

/** TRN03: 1 before the payer's tax number, which is made up. */
const originator = '1990000099';

export function remittanceSet(picture: RemittancePicture): WrittenSet {
  const { trace, on, payer, payee, paymentCents, claims, changes } = picture;
  const day = compact(on);
  const method = paymentCents === 0 ? 'NON' : 'ACH';
  const handling = paymentCents === 0 ? 'H' : 'I';
  const empty = Array.from({ length: 11 }, () => '');
  const segments: WrittenSegment[] = [
    ['BPR', handling, amountOf(paymentCents), 'C', method, ...empty, day],
    ['TRN', '1', trace, originator],
    ['DTM', '405', day],
    ['N1', 'PR', payer.name],
    ['N3', '1 Ledger Square'],
    ['N4', 'Red Butte', 'CO', '00010'],
    ['REF', '2U', payer.id],
    ['PER', 'BL', 'Provider Services', 'TE', '8005550100'],
    ['N1', 'PE', payee.name, 'XX', payee.npi],
    ...(payee.taxId === '' ? [] : [['REF', 'TJ', payee.taxId] as const]),
    ['LX', '1'],
    ...claims.flatMap(claimSegments),
    ...(changes.length === 0
      ? []
      : [
          [
            'PLB',
            payee.npi,
            `${on.slice(0, 4)}1231`,
            ...changes.flatMap(({ reason, reference, cents }) => [[reason, reference], amountOf(cents)]),
          ] as const,
        ]),
  ];
  return { type: '835', version: '005010X221A1', control: '0001', segments };
}

function claimSegments(claim: RemittedClaim): WrittenSegment[] {
  const { patient, memberId, patientCents } = claim;
  const id = memberId === null ? [] : ['', '', '', 'MI', memberId];
  return [
    [
      'CLP',
      claim.number,
      claim.status,
      amountOf(claim.chargeCents),
      amountOf(claim.paidCents),
      patientCents === null ? '' : amountOf(patientCents),
      claim.filingCode,
      claim.payerNumber,
      claim.placeOfService,
      claim.frequency,
    ],
    ['NM1', 'QC', '1', patient.family, patient.given, ...id],
    ['DTM', '050', compact(claim.receivedOn)],
    ...claim.lines.flatMap(lineSegments),
  ];
}

function lineSegments(line: RemittedLine): WrittenSegment[] {
  const { unitsPaid, unitsBilled, controlNumber } = line;
  const submitted = unitsPaid === unitsBilled ? [] : ['', String(unitsBilled)];
  return [
    [
      'SVC',
      ['HC', line.code, ...line.modifiers],
      amountOf(line.chargeCents),
      amountOf(line.paidCents),
      '',
      String(unitsPaid),
      ...submitted,
    ],
    ['DTM', '472', compact(line.date)],
    ...adjustments(line.adjustments),
    ...(controlNumber === null ? [] : [['REF', '6R', controlNumber] as const]),
    ...(line.allowedCents === 0 ? [] : [['AMT', 'B6', amountOf(line.allowedCents)] as const]),
    ...line.remarks.map((remark) => ['LQ', 'HE', remark] as const),
  ];
}
