// What the simulated payers say to a 276: where each claim stands.
import { amountOf } from '../../domain/x12/money.ts';
import type { ClaimStatusInquiry } from '../../domain/x12/readers/claim-status-inquiry.ts';
import type { WrittenSegment } from '../../domain/x12/writer.ts';
import type { ClaimStanding, PayersDesk } from '../adjudication/desk.ts';
import type { AnswerSet } from './envelopes.ts';

function compact(date: string): string {
  return date.replaceAll('-', '');
}

/** The number of the answer, how traces come back, and who holds the claims. */
interface Answering {
  readonly reference: string;
  readonly trace: (number: string) => string;
  readonly desk: PayersDesk;
  readonly now: Date;
}

/**
 * A claim that was sent stands where its payer says. One that nobody sent is found by its number all the same: F1 paid, else A4 not found
 * (277 category codes of X12 external list 507).
 */
export function claimStatusResponse(
  inquiries: readonly ClaimStatusInquiry[],
  { reference, trace, desk, now }: Answering,
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
    const number = inquiry.patientControlNumber;
    const standing = desk.standing({ number, payerNumber: inquiry.payerClaimNumber }, now);
    const payerNumber = standing?.payerNumber ?? inquiry.payerClaimNumber;
    segments.push(
      ['TRN', '2', trace(inquiry.trace.number ?? '')],
      statusSegment(standing, inquiry, today),
      ...(payerNumber === null ? [] : [['REF', '1K', payerNumber] as const]),
      ...(number === null ? [] : [['REF', 'EJ', number] as const]),
    );
  }
  return { type: '277', version: '005010X212', segments };
}

/** STC; of a claim that was paid with the day and the number of the payment. */
function statusSegment(standing: ClaimStanding | null, inquiry: ClaimStatusInquiry, today: string): WrittenSegment {
  if (standing === null) {
    const isFound = inquiry.patientControlNumber !== null || inquiry.payerClaimNumber !== null;
    const charge = amountOf(inquiry.chargeCents ?? 0);
    return isFound ? ['STC', ['F1', '65'], today, '', charge, charge] : ['STC', ['A4', '35'], today, '', charge];
  }
  const { category, code, entity, effectiveOn, chargeCents, paidCents, paidOn, trace } = standing;
  return [
    'STC',
    entity === null ? [category, code] : [category, code, entity],
    compact(effectiveOn),
    '',
    amountOf(chargeCents),
    amountOf(paidCents),
    ...(paidOn === null ? [] : [compact(paidOn), '', compact(paidOn), trace ?? '']),
  ];
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
