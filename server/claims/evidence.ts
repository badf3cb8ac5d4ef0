// What a biller sees of a claim: its contents laid out for reading, and what is known of it besides.
import type { ClaimProvider } from '../../domain/claim/party-schema.ts';
import type { ClaimLine } from '../../domain/claim/line-schema.ts';
import { dollars } from '../../domain/dollars.ts';
import type { Db } from '../database/tables.ts';
import type { Validator } from '../http/validation.ts';
import type { VaultRecord } from '../vault/vault.ts';
import type { Evidence } from '../work-items/evidence.ts';
import { claimRow, draftIn } from './records.ts';

interface Named {
  readonly name: string | null;
  readonly given: string | null;
}

function nameOf(person: Named | null): string | null {
  if (person === null) return null;
  const parts = [person.given, person.name].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}

function providerOf(provider: ClaimProvider | null) {
  return { name: nameOf(provider), npi: provider?.npi ?? null };
}

function lineWords({ number, procedure, units, unit, chargeCents, from, to, diagnosisPointers }: ClaimLine): string {
  const code = procedure === null ? 'no procedure' : [procedure.code, ...procedure.modifiers].join(' ');
  const days = from === null ? 'no day' : to === null || to === from ? from : `${from} to ${to}`;
  const count = units === null ? 'units unknown' : `${units} ${unit ?? ''}`.trim();
  const charge = chargeCents === null ? 'charge unknown' : dollars(chargeCents);
  const pointers = diagnosisPointers.length === 0 ? '' : `, diagnoses ${diagnosisPointers.join(' ')}`;
  return `${number}: ${code}, ${days}, ${count}, ${charge}${pointers}`;
}

/** The draft of a claim, field by field as it is read. */
export function claimSheet(validator: Validator, draft: VaultRecord): VaultRecord {
  const { claim, heading } = draftIn(validator, draft);
  const { subscriber, patient, payer, billingProvider, rendering, referring } = claim;
  const person = patient ?? subscriber;
  return {
    patient: {
      name: { family: person.name, given: person.given },
      birthDate: person.birthDate,
      relationship: patient === null ? 'self' : patient.relationship,
    },
    coverage: {
      subscriber: nameOf(subscriber),
      payerName: payer.name,
      payerId: payer.id,
      memberId: subscriber.memberId,
      groupNumber: subscriber.groupNumber,
      order: claim.responsibility,
      otherPayers: claim.otherPayers.map(({ payer: other }) => other.name ?? other.id ?? 'without a name'),
    },
    provider: {
      organizationName: nameOf(billingProvider),
      npi: billingProvider.npi,
      taxId: billingProvider.taxId?.value ?? null,
    },
    renderingProvider: providerOf(rendering),
    referringProvider: providerOf(referring),
    claim: {
      number: claim.patientControlNumber,
      frequency: claim.frequency,
      originalNumber: claim.originalClaimNumber,
      placeOfService: claim.placeOfService,
      authorizationNumber: claim.priorAuthorizationNumber,
      diagnoses: claim.diagnoses.map(({ code }, index) => `${index + 1}: ${code}`),
      lines: claim.lines.map(lineWords),
      notes: claim.notes.map(({ text }) => text),
      charge: claim.chargeCents === null ? null : dollars(claim.chargeCents),
      unread: heading.unread,
    },
  };
}

/** The same with the letter that goes with it, and where each of its sentences comes from. */
export function claimPacketSheet(validator: Validator, draft: VaultRecord): VaultRecord {
  const { letter, statements, ...rest } = draft;
  const sheet = claimSheet(validator, rest);
  if (typeof letter !== 'string') return sheet;
  return { ...sheet, letter, letterSources: Array.isArray(statements) ? statements.flatMap(sourceOf) : [] };
}

function sourceOf(statement: unknown): string[] {
  if (typeof statement !== 'object' || statement === null) return [];
  const { text, source }: { text?: unknown; source?: unknown } = statement;
  return typeof text === 'string' && typeof source === 'string' ? [`${source}: ${text}`] : [];
}

/** When the claim came in, and what payers said of it so far. */
export async function claimEvidence(db: Db, clinic: string, ref: string): Promise<Evidence[]> {
  const row = await claimRow(db, clinic, ref);
  const said = await db
    .selectFrom('claim_statuses')
    .select(['structure', 'operation', 'at'])
    .where('claim', '=', ref)
    .orderBy('at', 'desc')
    .limit(5)
    .execute();
  return [
    { label: 'Read from a claim file', value: row.imported_at.toISOString(), source: 'Claim file' },
    ...(row.version === 1
      ? []
      : [{ label: 'Changed since', value: row.changed_at.toISOString(), source: 'Claim file' }]),
    ...said.map(({ structure, operation }) => ({
      label: 'Status',
      value: ['category', 'code', 'effectiveOn'].flatMap((name) => textOf(structure[name])).join(' '),
      source: operation,
    })),
  ];
}

function textOf(value: unknown): string[] {
  return typeof value === 'string' ? [value] : [];
}
