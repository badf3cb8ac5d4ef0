// What the simulated payers say of claims: to a 276 where a claim stands, to an 837 that each claim was taken.
import { amountOf } from '../../domain/x12/money.ts';
import type { ClaimStatusInquiry } from '../../domain/x12/readers/claim-status-inquiry.ts';
import type { KeptSegment, TransactionSet } from '../../domain/x12/transaction-set.ts';
import type { WrittenSegment } from '../../domain/x12/writer.ts';
import type { AnswerSet } from './envelopes.ts';

function compact(date: string): string {
  return date.replaceAll('-', '');
}

/** A claim is found by its number, else by nothing: F1 paid, A4 not found (277 category codes of X12 external list 507). */
export function claimStatusResponse(
  inquiries: readonly ClaimStatusInquiry[],
  reference: string,
  trace: (number: string) => string,
  now: Date,
): AnswerSet {
  const at = now.toISOString();
  const today = compact(at.slice(0, 10));
  const [first] = inquiries;
  const payer = first?.informationSource;
  const receiver = first?.receiver;
  const segments: WrittenSegment[] = [
    ['BHT', '0010', '08', reference, today, at.slice(11, 16).replace(':', ''), 'DG'],
    ['HL', '1', '', '20', '1'],
    ['NM1', 'PR', '2', payer?.organizationName ?? 'PAYER', '', '', '', '', 'PI', payer?.id?.value ?? ''],
    ['HL', '2', '1', '21', '1'],
    ['NM1', '41', '2', receiver?.organizationName ?? 'CLINIC', '', '', '', '', '46', receiver?.id?.value ?? ''],
    ['HL', '3', '2', '19', '1'],
  ];
  const provider = first?.providers[0];
  segments.push(['NM1', '1P', '2', provider?.organizationName ?? '', '', '', '', '', 'XX', provider?.id?.value ?? '']);
  let level = 3;
  for (const inquiry of inquiries) {
    const { subscriber, dependent } = inquiry;
    level += 1;
    segments.push(['HL', String(level), '3', '22', dependent === null ? '0' : '1']);
    segments.push(personName('IL', subscriber));
    if (dependent !== null) {
      level += 1;
      segments.push(['HL', String(level), String(level - 1), '23'], personName('QC', dependent));
    }
    const isFound = inquiry.patientControlNumber !== null || inquiry.payerClaimNumber !== null;
    const charge = amountOf(inquiry.chargeCents ?? 0);
    segments.push(
      ['TRN', '2', trace(inquiry.trace.number ?? '')],
      isFound ? ['STC', ['F1', '65'], today, '', charge, charge] : ['STC', ['A4', '35'], today, '', charge],
      ...(inquiry.payerClaimNumber === null ? [] : [['REF', '1K', inquiry.payerClaimNumber] as const]),
      ...(inquiry.patientControlNumber === null ? [] : [['REF', 'EJ', inquiry.patientControlNumber] as const]),
    );
  }
  return { type: '277', version: '005010X212', segments };
}

function personName(role: string, person: ClaimStatusInquiry['subscriber']): WrittenSegment {
  return [
    'NM1',
    role,
    '1',
    person?.family ?? '',
    person?.given ?? '',
    '',
    '',
    '',
    person?.id?.qualifier ?? '',
    person?.id?.value ?? '',
  ];
}

/** A 277CA (005010X214): every claim of an 837 is taken (A2, accepted into adjudication). */
export function claimAcknowledgment(set: TransactionSet, reference: string, now: Date): AnswerSet {
  const at = now.toISOString();
  const today = compact(at.slice(0, 10));
  const name = (code: string): KeptSegment | undefined =>
    set.segments.find((segment) => segment.id === 'NM1' && segment.element(1) === code);
  const claims = set.segments.filter(({ id }) => id === 'CLM');
  const total = claims.map((claim) => claim.element(2));
  const segments: WrittenSegment[] = [
    ['BHT', '0085', '08', reference, today, at.slice(11, 16).replace(':', ''), 'TH'],
    ['HL', '1', '', '20', '1'],
    ['NM1', 'PR', '2', name('40')?.element(3) ?? 'PAYER', '', '', '', '', '46', name('40')?.element(9) ?? 'PAYER'],
    ['TRN', '1', reference],
    ['DTP', '050', 'D8', today],
    ['DTP', '009', 'D8', today],
    ['HL', '2', '1', '21', '1'],
    ['NM1', '41', '2', name('41')?.element(3) ?? 'CLINIC', '', '', '', '', '46', name('41')?.element(9) ?? 'CLINIC'],
    ['TRN', '2', set.segments.find(({ id }) => id === 'BHT')?.element(3) ?? ''],
    ['STC', ['A1', '19', 'PR'], today, 'WQ', total[0] ?? '0'],
    ['HL', '3', '2', '19', claims.length === 0 ? '0' : '1'],
    ['NM1', '85', '2', name('85')?.element(3) ?? '', '', '', '', '', 'XX', name('85')?.element(9) ?? ''],
  ];
  for (const [index, claim] of claims.entries())
    segments.push(
      ['HL', String(index + 4), '3', 'PT'],
      [
        'NM1',
        'QC',
        '1',
        name('IL')?.element(3) ?? '',
        name('IL')?.element(4) ?? '',
        '',
        '',
        '',
        'MI',
        name('IL')?.element(9) ?? '',
      ],
      ['TRN', '2', claim.element(1)],
      ['STC', ['A2', '20', 'PR'], today, 'WQ', claim.element(2)],
    );
  return { type: '277', version: '005010X214', segments };
}
