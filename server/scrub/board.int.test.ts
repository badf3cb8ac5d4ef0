// What billers see of claims, with PostgreSQL: where each stands, the money at risk, what was denied, and the life of one claim.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleClaim } from '../../domain/claim/testing/claims.ts';
import { remittanceFile } from '../../domain/posting/testing/remittances.ts';
import type { Decided } from '../../domain/posting/testing/remittances.ts';
import { asJson, listOf } from '../claims/testing/clinic.ts';
import type { Json } from '../claims/testing/clinic.ts';
import { bookClinic } from '../posting/testing/books.ts';
import type { BookClinic } from '../posting/testing/books.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';

const chargeCents = 18_050;
let server: TestServer;
let at: BookClinic;

beforeAll(async () => {
  server = await startServer();
  at = await bookClinic(server);
});

afterAll(() => server?.stop());

/** As its workflow tells where a claim stands. */
async function follow(
  claim: string,
  state: 'pending' | 'denied' | 'closed',
  denial: Json | null = null,
): Promise<void> {
  const { db, now } = server.services;
  const row = { claim, clinic: at.clinic, state, since: now(), frequency: '1', attempt: 1, hold: null };
  await db
    .insertInto('claim_lives')
    .values({
      ...row,
      denial: denial === null ? null : JSON.stringify(denial),
      tracked_by: 'system',
      tracked_at: now(),
      updated_at: now(),
    })
    .execute();
}

const board = async (state: 'open' | 'closed'): Promise<Json[]> =>
  listOf((await at.get(`/v1/console/claims?state=${state}&limit=1000`)).json, 'items');

test('the board tells what a claim may still bring in: the charge before a decision, what is open after it; unknown is never zero', async () => {
  const waiting = await at.claim(sampleClaim({ patientControlNumber: 'WAITS' }));
  const unknown = await at.claim(sampleClaim({ patientControlNumber: 'UNKNOWN', chargeCents: null }));
  const partly = await at.claim(sampleClaim({ patientControlNumber: 'PARTLY' }));
  const closed = await at.claim(sampleClaim({ patientControlNumber: 'CLOSED' }));
  const first: Decided = {
    number: 'PARTLY',
    chargeCents,
    payerClaimNumber: 'ICN-P',
    day: '2026-11-02',
    status: '19',
    adjustments: [
      ['CO', '45', 6_000],
      ['PR', '2', 2_410],
    ],
  };
  await at.receive(remittanceFile([{ trace: 'FIRST', claims: [first] }]));
  await follow(partly, 'pending');
  await follow(closed, 'closed');
  const open = await board('open');
  const of = (ref: string) => open.find(({ claimRef }) => claimRef === ref);
  expect(of(waiting)).toMatchObject({ atRiskCents: chargeCents, life: null });
  expect(of(unknown)).toMatchObject({ atRiskCents: null, chargeCents: null });
  expect(of(partly)).toMatchObject({ atRiskCents: 2_410, life: { state: 'pending', sentAt: null } });
  expect(of(closed)).toBeUndefined();
  expect((await board('closed')).map(({ claimRef, atRiskCents }) => [claimRef, atRiskCents])).toEqual([[closed, 0]]);
});

test('a denied claim stands in the workbench with the reason in our own words, and the last day to act or that nobody told it', async () => {
  const denial = {
    class: 'coding',
    whatToDo: 'correct',
    group: 'CO',
    reason: '4',
    remarks: ['N519'],
    posting: 'rec_1',
  };
  const [late, early] = [
    await at.claim(sampleClaim({ patientControlNumber: 'LATE' })),
    await at.claim(sampleClaim({ patientControlNumber: 'EARLY' })),
  ];
  await follow(late, 'denied', { ...denial, cents: 12_000, decideBy: null });
  await follow(early, 'denied', { ...denial, cents: 6_050, decideBy: '2026-12-01' });
  const items = listOf((await at.get('/v1/console/denials')).json, 'items');
  expect(items.map(({ claimRef, decideBy }) => [claimRef, decideBy])).toEqual([
    [early, '2026-12-01'],
    [late, null],
  ]);
  const [first] = items;
  expect(first).toMatchObject({ deniedCents: 6_050, chargeCents, whatToDo: 'correct', workItem: null });
  expect(String(asJson(first?.['reason'])['meaning'])).toContain('modifier');
  expect(first?.['patientName']).not.toBeNull();
  for (const role of ['frontDesk', 'therapist'] as const)
    expect((await at.get('/v1/console/denials', role)).status).toBe(403);
  expect(await actionsOf(server.services, at.clinic)).toContain('claim.denialsListed');
});

test('the page of a claim tells its life: events and items in their order, and what payers said, with the codes in words', async () => {
  const claim = await at.claim(sampleClaim({ patientControlNumber: 'LIFE' }));
  const { db, now, vault } = server.services;
  await follow(claim, 'pending');
  const types = ['submissionOpened', 'submitted', 'acknowledged'] as const;
  for (const [index, type] of types.entries()) {
    server.pass(60_000);
    await db
      .insertInto('claim_events')
      .values({
        id: `${claim}/${index}`,
        claim,
        clinic: at.clinic,
        type,
        at: now(),
        by_whom: 'workflow',
        work_item: null,
        frequency: '1',
        attempt: 1,
        detail: null,
      })
      .execute();
  }
  const structure = {
    statuses: [{ category: 'A2', code: '20', entity: null, effectiveOn: '2026-11-03', paidCents: null }],
  };
  await db
    .insertInto('claim_statuses')
    .values({
      clinic: at.clinic,
      claim,
      record: await vault.put(at.clinic, 'claimStatus', {}),
      operation: 'x12Files.reports.fetch',
      sent_back: false,
      structure: JSON.stringify(structure),
      at: now(),
    })
    .execute();
  const page = asJson((await at.get(`/v1/console/claims/${claim}`)).json);
  expect(listOf(page, 'timeline').map(({ event, by }) => [event, by])).toEqual([
    ['submissionOpened', null],
    ['submitted', null],
    ['acknowledged', null],
  ]);
  const [status] = listOf(page, 'statuses');
  const [told] = listOf(status, 'statuses');
  expect(told).toMatchObject({ category: { code: 'A2' }, status: { code: '20' }, effectiveOn: '2026-11-03' });
  expect(asJson(told?.['category'])['meaning']).not.toBeNull();
  expect(asJson(page['life'])['sentAt']).not.toBeNull();
  expect(page).toMatchObject({ hasChart: false, suggestions: [], findings: [] });
});
