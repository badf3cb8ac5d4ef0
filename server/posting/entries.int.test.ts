// What a named person writes off or leaves to the patient, from the event of the claim's workflow to the books and the lists.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClaimEvent } from '../../domain/claim/event-schema.ts';
import { sampleClaim } from '../../domain/claim/testing/claims.ts';
import { remittanceFile } from '../../domain/posting/testing/remittances.ts';
import type { Decided } from '../../domain/posting/testing/remittances.ts';
import { asJson, listOf } from '../claims/testing/clinic.ts';
import type { Json } from '../claims/testing/clinic.ts';
import { createKey } from '../setup.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { bookClinic } from './testing/books.ts';
import type { BookClinic } from './testing/books.ts';

let server: TestServer;
let at: BookClinic;
let key: string;
let biller: string;

beforeAll(async () => {
  server = await startServer();
  at = await bookClinic(server);
  const { clinic } = at;
  key = (await createKey(server.services, { name: 'worker', clinic, capabilities: ['worker'], expiresAt: null }))
    .secret;
  const row = await server.services.db
    .selectFrom('users')
    .select('id')
    .where('clinic', '=', at.clinic)
    .where('display_name', '=', 'biller')
    .executeTakeFirstOrThrow();
  biller = row.id;
});

afterAll(() => server?.stop());

const chargeCents = 18_050;
const share = ['PR', '2', 2_410] as const;
const contractual = ['CO', '45', 6_000] as const;

async function billed(number: string): Promise<string> {
  return at.claim(sampleClaim({ patientControlNumber: number }));
}

async function decided(number: string, trace: string, adjustments: NonNullable<Decided['adjustments']>): Promise<void> {
  const said = { number, chargeCents, payerClaimNumber: `ICN${number}`, day: '2026-11-02', adjustments };
  await at.receive(remittanceFile([{ trace, claims: [said] }]));
}

/** As the claim's workflow reports a decision of the biller. */
async function happens(claim: string, type: ClaimEvent['type'], detail: string | null, id = type): Promise<void> {
  const about = { workItem: null, frequency: '1', attempt: 1, detail };
  const event: ClaimEvent = { id: `${claim}/${id}`, type, at: '2026-11-21T15:00:00.000Z', by: biller, ...about };
  const body = { clinic: at.clinic, claim, event };
  const answer = await server.call('POST', '/v1/worker/claims/apply', { key, body });
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
}

const ledger = async (claim: string): Promise<Json> =>
  asJson((await at.get(`/v1/console/claims/${claim}/ledger`)).json);

async function atRisk(claim: string): Promise<unknown> {
  const { json } = await at.get('/v1/console/claims');
  return listOf(json, 'items').find((one) => one['claimRef'] === claim)?.['atRiskCents'];
}

async function audited(claim: string, action: string): Promise<unknown> {
  const row = await server.services.db
    .selectFrom('audit_entries')
    .select('details')
    .where('subject', '=', claim)
    .where('action', '=', action)
    .executeTakeFirstOrThrow();
  const details: unknown = JSON.parse(row.details);
  return details;
}

async function follows(claim: string, state: 'patientBalance'): Promise<void> {
  const now = server.services.now();
  const since = { since: now, tracked_at: now, updated_at: now };
  const life = { clinic: at.clinic, state, frequency: '1', attempt: 1, hold: null, tracked_by: 'test' };
  await server.services.db
    .insertInto('claim_lives')
    .values({ claim, ...life, ...since })
    .execute();
}

test('what a biller writes off of a patient’s balance is in the books once, by name, and at risk no more', async () => {
  const claim = await billed('GIVE1');
  await follows(claim, 'patientBalance');
  await decided('GIVE1', 'GIVE1', [contractual, share]);
  expect(await atRisk(claim)).toBe(2_410);
  await happens(claim, 'writtenOff', 'patient');
  await happens(claim, 'writtenOff', 'patient');
  expect(await ledger(claim)).toMatchObject({
    books: {
      standing: 'settled',
      paidCents: 9_640,
      adjustedCents: 6_000,
      writtenOffCents: 2_410,
      patientCents: 0,
      openCents: 0,
      patientBalanceCents: 0,
    },
    entries: [{ kind: 'writeOff', of: 'patient', cents: 2_410, by: { displayName: 'biller' } }],
  });
  expect((await ledger(claim))['entries']).toHaveLength(1);
  expect(await atRisk(claim)).toBe(0);
  expect(await audited(claim, 'claim.writtenOff')).toMatchObject({ by: biller, patientCents: 2_410 });
});

test('an open claim that is written off is owed by nobody, and the figures tell what was given up', async () => {
  const claim = await billed('GIVE2');
  expect(await atRisk(claim)).toBe(chargeCents);
  await happens(claim, 'writtenOff', 'all');
  expect(await ledger(claim)).toMatchObject({
    books: { standing: 'settled', writtenOffCents: chargeCents, patientCents: 0, openCents: 0 },
    entries: [{ kind: 'writeOff', of: 'insurance', cents: chargeCents }],
  });
  expect(await atRisk(claim)).toBe(0);
  expect(await audited(claim, 'claim.writtenOff')).toMatchObject({
    insuranceCents: chargeCents,
    patientCents: 'unknown',
  });
  const { total } = asJson((await at.get('/v1/console/claims/statistics')).json);
  expect(asJson(total)['receivables']).toMatchObject({ writtenOff: { known: chargeCents + 2_410, unknownFor: 0 } });
});

test('what insurance left open and a biller left to the patient the patient owes, until that is written off too', async () => {
  const claim = await billed('GIVE3');
  await follows(claim, 'patientBalance');
  expect(await atRisk(claim)).toBeNull();
  await happens(claim, 'leftToPatient', null);
  expect(await ledger(claim)).toMatchObject({
    books: { standing: 'settled', openCents: 0, writtenOffCents: 0, patientBalanceCents: chargeCents },
    entries: [{ kind: 'leftToPatient', of: 'insurance', cents: chargeCents, by: { id: biller } }],
  });
  expect(await atRisk(claim)).toBe(chargeCents);
  await happens(claim, 'writtenOff', 'patient');
  expect(asJson((await ledger(claim))['books'])).toMatchObject({ writtenOffCents: chargeCents, patientCents: 0 });
  expect(await atRisk(claim)).toBe(0);
});

test('where the books contradict themselves nothing is entered, and the audit says that the amount is unknown', async () => {
  const claim = await billed('GIVE4');
  await decided('GIVE4', 'GIVE4A', [contractual]);
  await decided('GIVE4', 'GIVE4B', [['CO', '45', 2_000]]);
  await happens(claim, 'writtenOff', 'all');
  expect(await ledger(claim)).toMatchObject({ books: { standing: 'contradictory', writtenOffCents: 0 }, entries: [] });
  expect(await audited(claim, 'claim.writtenOff')).toMatchObject({
    insuranceCents: 'unknown',
    patientCents: 'unknown',
  });
});

test('what a person entered is never changed and never removed', async () => {
  const { db } = server.services;
  await expect(db.updateTable('claim_entries').set({ cents: 1 }).execute()).rejects.toThrow(/append-only/);
  await expect(db.deleteFrom('claim_entries').execute()).rejects.toThrow(/append-only/);
});
