// Takes in the clinic's own claim files: each file is kept whole, each claim of it once, by what makes it this claim.
import { sql } from 'kysely';
import { therabillOperations } from '../../connectors/therabill/operations.ts';
import { x12FilesOperations } from '../../connectors/x12-files/operations.ts';
import { unknownPayer } from '../../domain/authorization/slots.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { claimIdentity, serviceDays } from '../../domain/claim/facts.ts';
import { claimSchema } from '../../domain/claim/schema.ts';
import { readClaimFile } from '../../domain/x12/readers/claim-file.ts';
import type { ClaimOfFile } from '../../domain/x12/readers/claim-file.ts';
import type { Audit } from '../audit/append.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { done } from '../operations/done.ts';
import type { OperationAnswer, Reading } from '../operations/reading.ts';
import { confirmed, keepDocument, unconfirmed } from '../received/documents.ts';
import { newReference } from '../vault/reference.ts';
import type { Vault } from '../vault/vault.ts';
import { claimChanged } from './life/tellings.ts';
import { claimRow, structureOfClaim } from './records.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
}

type Item = Readonly<Record<string, unknown>>;

/** Where a claim stood that is not taken in, and why: never what it says. */
interface Fault {
  readonly code: string;
  readonly segment: number | string;
}

/** Where claim files come from: the billing system's folder of a connection. */
const sources = [
  {
    name: 'x12Files.claims.import',
    source: 'x12Files.claims',
    operation: x12FilesOperations['x12Files.claims.fetch'],
  },
  {
    name: 'therabill.claims.import',
    source: 'therabill.claims',
    operation: therabillOperations['therabill.claims.fetch'],
  },
] as const;

type ClaimSource = (typeof sources)[number];

export function claimImports(needs: Needs): ReadonlyMap<string, Reading> {
  return new Map(sources.map((one) => [one.name, importClaims(needs, one)]));
}

/** Reads the claim files of a connection: one item per claim, and one per file of which nothing could be read. */
function importClaims(needs: Needs, { name: purpose, source, operation }: ClaimSource): Reading {
  const { db, now } = needs;
  return async ({ clinic, connection, ask, by, open }): Promise<OperationAnswer> => {
    const of = { clinic, connection, source } as const;
    const kept = await unconfirmed(db, of);
    const limit = ask.options?.limit;
    const request = { confirmed: kept, ...(limit === undefined ? {} : { limit }) };
    const { files, more, waiting, unreadable } = done(await operation.run(await open(operation), request));
    await confirmed(db, of, kept, now());
    const items: Item[] = [];
    for (const { sha256, text } of files)
      items.push(
        ...(await db.transaction().execute((trx) => storeFile(needs, trx, { ...of, purpose, sha256, text, by }))),
      );
    const count = (outcome: string) => items.filter((item) => item['outcome'] === outcome).length;
    return {
      outcome: items.length === 0 ? 'nothingNew' : 'imported',
      structure: {
        files: files.length,
        added: count('added'),
        changed: count('changed'),
        known: count('known'),
        unreadable: count('unreadable') + unreadable,
        waiting,
        more,
      },
      refs: [],
      items,
    };
  };
}

async function storeFile(
  needs: Needs,
  trx: Trx,
  of: {
    clinic: string;
    connection: string;
    source: ClaimSource['source'];
    purpose: ClaimSource['name'];
    sha256: string;
    text: string;
    by: Principal;
  },
): Promise<Item[]> {
  const { clinic, connection, sha256, text, by } = of;
  // Two readers of the same claim, one record of it.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`claims ${clinic}`}, 0))`.execute(trx);
  const { claims, findings } = readClaimFile(Buffer.from(text));
  const faults: Fault[] = [...findings];
  const items: Item[] = [];
  const { record, isNew } = await keepDocument(needs, trx, {
    ...of,
    name: sha256,
    kinds: ['837'],
    content: { text },
    structure: { claims: claims.length, findings: findings.map(({ code, segment }) => ({ code, segment })) },
  });
  // Stored before, and only its sender did not hear of it.
  if (!isNew) return [];
  for (const one of claims) {
    const identity = claimIdentity(one.claim);
    if (identity === null) faults.push({ code: 'noClaimNumber', segment: one.source });
    else items.push(await storeClaim(needs, trx, { clinic, one, identity, by }));
  }
  if (faults.length > 0) {
    const outcome = items.length === 0 ? 'unreadable' : 'partlyRead';
    items.push({ outcome, structure: { claims: items.length, findings: faults }, refs: [record] });
  }
  await needs.audit.append(trx, {
    clinic,
    actor: actorOf(by),
    action: 'claims.imported',
    subject: connection,
    purpose: of.purpose,
    details: { file: sha256, claims: claims.length, findings: faults.length },
  });
  return items;
}

async function storeClaim(
  needs: Needs,
  trx: Trx,
  of: { clinic: string; one: ClaimOfFile; identity: string; by: Principal },
): Promise<Item> {
  const { vault, now } = needs;
  const { clinic, identity } = of;
  const { claim, heading } = of.one;
  const content = canonicalJson(claim);
  const number = claim.patientControlNumber ?? '';
  const lookup = { identity, content, number };
  const same = await vault.find(clinic, 'claim', { identity, content }, { trx });
  const known = same ?? (await vault.find(clinic, 'claim', { identity }, { trx }));
  const at = now();
  const days = serviceDays(claim);
  const facts = {
    payer: claim.payer.id ?? unknownPayer,
    service_from: days?.from ?? null,
    service_to: days?.to ?? null,
    charge_cents: claim.chargeCents,
    lines: claim.lines.length,
    frequency: claim.frequency ?? 'unknown',
    changed_at: at,
  };
  if (known === null) {
    const ref = newReference('clm');
    await vault.put(clinic, 'claim', { ...claim }, { schema: claimSchema, lookup, ref, trx });
    const kept = await vault.put(clinic, 'claimHeading', { ...heading }, { trx });
    await trx
      .insertInto('claims')
      .values({ ref, clinic, ...facts, version: 1, heading: kept, imported_at: at })
      .execute();
    return itemOf(trx, clinic, ref, 'added', heading.unread.length);
  }
  if (same !== null) return itemOf(trx, clinic, known, 'known', heading.unread.length);
  const version = await vault.replace(clinic, known, { ...claim }, { schema: claimSchema, lookup, trx });
  const kept = await vault.put(clinic, 'claimHeading', { ...heading }, { trx });
  await trx
    .updateTable('claims')
    .set({ ...facts, version, heading: kept })
    .where('ref', '=', known)
    .execute();
  await closeReviews(needs, trx, { clinic, claim: known, by: of.by });
  await claimChanged(trx, known);
  return itemOf(trx, clinic, known, 'changed', heading.unread.length);
}

/** Whoever reviews the claim as it was would approve what is no longer so: it is asked for anew. */
async function closeReviews(
  { audit, now }: Needs,
  trx: Trx,
  { clinic, claim, by }: { clinic: string; claim: string; by: Principal },
): Promise<void> {
  const open = await trx
    .updateTable('work_items')
    .set({ status: 'closed', closed_at: now(), close_reason: 'claimChanged' })
    .where('clinic', '=', clinic)
    .where('subject', '=', claim)
    .where('kind', '=', 'claim.submit')
    .where('status', '=', 'open')
    .returning('id')
    .execute();
  for (const { id } of open) {
    const details = { reason: 'claimChanged' };
    await audit.append(trx, { clinic, actor: actorOf(by), action: 'workItem.closed', subject: id, details });
  }
}

async function itemOf(
  trx: Trx,
  clinic: string,
  claim: string,
  outcome: 'added' | 'known' | 'changed',
  unread: number,
): Promise<Item> {
  const structure = structureOfClaim(await claimRow(trx, clinic, claim));
  return { item: claim, claim, outcome, structure: { ...structure, unread }, refs: [claim] };
}
