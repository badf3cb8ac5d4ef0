// What a person is asked about a remittance: which claim a payment is for, or what to make of one that does not balance.
import { serviceDays } from '../../domain/claim/facts.ts';
import type { Remittance, RemittanceClaim, RemittanceLine } from '../../domain/claim/remittance.ts';
import { payerKey } from '../../domain/posting/lines.ts';
import { dollars } from '../../domain/dollars.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { SystemPrincipal } from '../http/principal.ts';
import type { Evidence } from '../work-items/evidence.ts';
import type { OpenedClaim } from './candidates.ts';
import type { PostingNeeds } from './needs.ts';
import type { RemittanceFinding } from './tables.ts';

/** In words, without a number or a name: reasons stand in lists. */
const whyWords: Readonly<Record<string, string>> = {
  noNumber: 'the payer names no claim number',
  unknownNumber: 'no claim here bears its number',
  contradicted: 'the claim of that number does not fit',
  ambiguous: 'more than one claim fits',
  unknownStatus: 'its status is not known',
  paidWithoutDecision: 'its status says that nothing is paid, and something is',
  days: 'other days of service',
  charge: 'another charge',
  patient: 'another patient',
  'balance.line': 'a service line does not balance',
  'balance.claim': 'a claim does not balance',
  'balance.transaction': 'the claims do not add up to the payment',
  noRemittance: 'there is no remittance in it',
  'trace.reused': 'its trace number, payer and day are those of another remittance',
};

function words(codes: readonly string[]): string {
  const known = codes.map((code) => whyWords[code] ?? code);
  return [...new Set(known)].join('; ');
}

const cents = (amount: number | null): string => (amount === null ? 'unknown' : dollars(amount));

type Paid = Pick<Remittance, 'payer' | 'payment' | 'producedOn'>;

/** Opens the item by which a person says which claim it is. */
export async function openUnmatched(
  needs: PostingNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly ref: string;
    readonly remittance: Paid;
    readonly said: RemittanceClaim;
    readonly why: readonly string[];
    readonly candidates: readonly { readonly claim: OpenedClaim; readonly contradictions: readonly string[] }[];
    readonly by: SystemPrincipal;
  },
): Promise<void> {
  const { clinic, ref, remittance, said, why, candidates } = of;
  await needs.workItems.open(
    {
      clinic,
      key: `remittance/${ref}`,
      kind: 'remittance.unmatched',
      subject: ref,
      workflow: null,
      dueAt: null,
      context: { claims: candidates.map(({ claim }) => claim.ref) },
      reason: `Paid ${cents(said.paidCents)} of ${cents(said.chargeCents)}: ${words(why)}`,
      payer: payerKey(remittance),
      draft: {
        ...paymentSheet(remittance),
        ...claimSheet(said),
        here: {
          candidates: candidates.map(({ claim, contradictions }) => candidateWords(claim, contradictions)),
        },
      },
    },
    of.by,
    trx,
  );
}

/** Opens the item about a remittance of which nothing is posted. */
export async function openHeld(
  needs: PostingNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly ref: string;
    readonly remittance: Paid & Pick<Remittance, 'claims'>;
    readonly findings: readonly RemittanceFinding[];
    readonly by: SystemPrincipal;
  },
): Promise<void> {
  const { clinic, ref, remittance, findings, by } = of;
  await needs.workItems.open(
    {
      clinic,
      key: `remittance/${ref}`,
      kind: 'remittance.unbalanced',
      subject: ref,
      workflow: null,
      dueAt: null,
      context: {},
      reason: `Payment of ${cents(remittance.payment.amountCents)}, claims: ${remittance.claims.length}; not posted: ${words(codesOf(findings))}`,
      payer: payerKey(remittance),
      draft: {
        ...paymentSheet(remittance),
        found: { findings: findingWords(findings), claims: remittance.claims.slice(0, mostShown).map(claimWords) },
      },
    },
    by,
    trx,
  );
}

/** Opens the item about a file of which nothing was read. */
export async function openDamaged(
  needs: PostingNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly file: string;
    readonly remittances: number;
    readonly findings: readonly RemittanceFinding[];
    readonly by: SystemPrincipal;
  },
): Promise<void> {
  const { clinic, file, remittances, findings, by } = of;
  await needs.workItems.open(
    {
      clinic,
      key: `remittance/${file}`,
      kind: 'remittance.unbalanced',
      subject: file,
      workflow: null,
      dueAt: null,
      context: { remittances },
      reason:
        remittances === 0
          ? 'A file of remittances holds none'
          : `A file of remittances was cut off or changed on its way: ${codesOf(findings).join(', ')}`,
      draft: { found: { findings: findingWords(findings), claims: [] } },
    },
    by,
    trx,
  );
}

function codesOf(findings: readonly RemittanceFinding[]): string[] {
  return [...new Set(findings.map(({ code }) => code))];
}

function findingWords(findings: readonly RemittanceFinding[]): string[] {
  return findings.slice(0, mostShown).map(({ code, segment }) => `${words([code])}${placeWords(segment)}`);
}

/** A page holds so many; the file has them all. */
const mostShown = 200;

function placeWords(segment: number | null): string {
  return segment === null ? '' : `, segment ${segment}`;
}

function paymentSheet({ payer, payment, producedOn }: Paid) {
  return {
    payment: {
      payer: payer?.name ?? null,
      number: payment.trace,
      method: payment.method,
      amount: cents(payment.amountCents),
      on: payment.on ?? producedOn,
    },
  };
}

function claimSheet(said: RemittanceClaim) {
  const patient = said.names.find(({ role }) => role === 'QC');
  const insured = said.names.find(({ role }) => role === 'IL');
  return {
    patient: {
      family: patient?.family ?? null,
      given: patient?.given ?? null,
      memberId: patient?.id?.value ?? insured?.id?.value ?? null,
    },
    claim: {
      number: said.patientControlNumber,
      payerNumber: said.payerClaimNumber,
      status: said.status,
      charge: cents(said.chargeCents),
      paid: cents(said.paidCents),
      patientOwes: cents(said.patientResponsibilityCents),
      days: said.dates.filter(({ qualifier }) => qualifier === '232' || qualifier === '233').map(({ date }) => date),
      adjustments: said.adjustments.map(adjustmentWords),
      lines: said.lines.map(lineWords),
    },
  };
}

function claimWords({ patientControlNumber, status, chargeCents, paidCents }: RemittanceClaim): string {
  return `${patientControlNumber ?? 'no number'}, status ${status ?? 'unknown'}: charge ${cents(chargeCents)}, paid ${cents(paidCents)}`;
}

function adjustmentWords({ group, reason, amountCents }: RemittanceClaim['adjustments'][number]): string {
  return `${group}-${reason} ${dollars(amountCents)}`;
}

function lineWords({ procedure, chargeCents, paidCents, dates, adjustments }: RemittanceLine): string {
  const code = [procedure?.value ?? 'no procedure', ...(procedure?.modifiers ?? [])].join(' ');
  const day = dates.find(({ qualifier }) => qualifier === '472' || qualifier === '150')?.date ?? 'no day';
  const left = adjustments.map(adjustmentWords).join(', ');
  return `${code}, ${day}: charge ${cents(chargeCents)}, paid ${cents(paidCents)}${left === '' ? '' : `, ${left}`}`;
}

function candidateWords({ ref, claim }: OpenedClaim, contradictions: readonly string[]): string {
  const days = serviceDays(claim);
  const person = claim.patient ?? claim.subscriber;
  const doubt = contradictions.length === 0 ? '' : `; ${words(contradictions)}`;
  return [
    claim.patientControlNumber ?? 'no number',
    [person.given, person.name].filter((part) => part !== null).join(' '),
    days === null ? 'no day' : days.from,
    `charge ${cents(claim.chargeCents)}`,
    `${ref}${doubt}`,
  ].join(', ');
}

/** The facts behind an item about a remittance. */
export async function remittanceEvidence(db: Db, clinic: string, subject: string): Promise<Evidence[]> {
  const claim = await db
    .selectFrom('remittance_claims')
    .select(['remittance', 'position', 'why', 'state'])
    .where('clinic', '=', clinic)
    .where('ref', '=', subject)
    .executeTakeFirst();
  const row = await db
    .selectFrom('remittances')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('ref', '=', claim?.remittance ?? subject)
    .executeTakeFirst();
  const source = 'Remittance';
  return [
    ...(claim === undefined
      ? []
      : [
          { label: 'Why it is not posted', value: words(claim.why), source: 'Gait' },
          { label: 'Place in the remittance', value: claim.position + 1, source },
        ]),
    ...(row === undefined
      ? []
      : [
          { label: 'Received', value: row.received_at.toISOString(), source: 'Gait' },
          { label: 'Produced on', value: row.produced_on, source },
          { label: 'Payment', value: cents(row.amount_cents), source },
          { label: 'Claims in it', value: row.claims, source },
        ]),
  ];
}
