// Remittances from the received file to the books, with PostgreSQL: once, whole, to the cent, and with a person where one is needed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleClaim } from '../../domain/claim/testing/claims.ts';
import type { Books } from '../../domain/posting/books.ts';
import { remittanceFile, reversed } from '../../domain/posting/testing/remittances.ts';
import { billedAs } from '../../domain/posting/testing/corpus.ts';
import type { Decided } from '../../domain/posting/testing/remittances.ts';
import { readRemittance } from '../../domain/x12/readers/remittance.ts';
import { setsIn } from '../../domain/x12/testing/sets.ts';
import { asJson, listOf } from '../claims/testing/clinic.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { ledgerOf, postedSince } from './ledger.ts';
import { bookClinic } from './testing/books.ts';
import type { BookClinic } from './testing/books.ts';

let server: TestServer;
let at: BookClinic;

beforeAll(async () => {
  server = await startServer();
  at = await bookClinic(server);
});

afterAll(() => server?.stop());

const chargeCents = 18_050;
const actor = { kind: 'system', process: 'test', behalf: null } as const;
const keystone = { name: 'KEYSTONE', id: 'keystone' };

/** Typed, unlike Vitest's own. */
const containing = (text: string): unknown => expect.stringContaining(text);

let count = 0;
/** A claim of its own number, and what a payer says of it. */
async function billed(): Promise<{
  ref: string;
  paid: Decided & { adjustments: NonNullable<Decided['adjustments']> };
}> {
  const number = `BOOK${(count += 1)}`;
  const ref = await at.claim(sampleClaim({ patientControlNumber: number }));
  return {
    ref,
    paid: {
      number,
      chargeCents,
      payerClaimNumber: `ICN${count}`,
      day: '2026-11-02',
      adjustments: [
        ['CO', '45', 6_000],
        ['PR', '2', 2_410],
      ],
    },
  };
}

const books = async (claim: string): Promise<Books> =>
  (await ledgerOf(at.needs, at.clinic, claim, { purpose: 'test', actor })).books;
const file = (trace: string, ...claims: readonly Decided[]) => remittanceFile([{ trace, claims }]);
const rows = (table: 'remittances' | 'remittance_claims' | 'postings') =>
  at.needs.db.selectFrom(table).selectAll().where('clinic', '=', at.clinic).execute();

test('a payment is in the books to the cent, each amount at its line with the segment it came from', async () => {
  const { ref, paid } = await billed();
  const lines = [
    'SVC*HC:97110:GP*120*80**2',
    'DTM*472*20261102',
    'CAS*CO*45*40',
    'REF*6R*LINE1',
    'SVC*HC:97140:GP:59*60.5*16.4**1',
    'DTM*472*20261102',
    'CAS*CO*45*20',
    'CAS*PR*2*24.1',
  ];
  await at.receive(file('LINES', { ...paid, lines }));
  expect(await books(ref)).toMatchObject({
    standing: 'settled',
    chargeCents,
    paidCents: 9_640,
    adjustedCents: 6_000,
    patientCents: 2_410,
    openCents: 0,
  });
  const page = await at.get(`/v1/console/claims/${ref}/ledger`, 'frontDesk');
  expect(page.json).toMatchObject({
    books: { patientBalanceCents: 2_410 },
    posted: [
      {
        lines: [
          { kind: 'payment', cents: 8_000, line: 1, source: 'SVC segment 11' },
          { kind: 'contractual', group: 'CO', reason: '45', cents: 4_000, line: 1, source: 'CAS segment 13' },
          { kind: 'payment', cents: 1_640, line: 2 },
          { kind: 'contractual', cents: 2_000, line: 2 },
          { kind: 'coinsurance', group: 'PR', reason: '2', cents: 2_410, line: 2 },
        ],
      },
    ],
  });
  expect(page.text).not.toMatch(/BOOK|ICN\d|Fenwick/);
});

test('the same remittance over another way is posted once, another one under its number not at all', async () => {
  const { ref, paid } = await billed();
  await at.receive(file('TWICE', paid));
  const before = await books(ref);
  const counts = [(await rows('remittances')).length, (await rows('postings')).length];
  await at.receive(file('TWICE', paid).replaceAll('~\n', '~'));
  expect([(await rows('remittances')).length, (await rows('postings')).length]).toEqual(counts);
  await at.receive(file('TWICE', { ...paid, adjustments: [] }));
  expect((await rows('postings')).length).toBe(counts[1]);
  expect(await books(ref)).toEqual(before);
  const [item = ''] = await at.items('remittance.unbalanced');
  expect((await at.page(item)).json).toMatchObject({
    item: { role: 'biller', decisions: ['setAside', 'postAnyway'] },
    draft: { payment: { number: 'TWICE' }, found: { findings: [containing('another remittance')] } },
  });
  expect((await at.decide(item, 'setAside')).status).toBe(400);
  expect((await at.decide(item, 'setAside', { reason: 'sent in error' })).status).toBe(200);
  expect(await books(ref)).toEqual(before);
});

test('two payers pay one claim: what the second says of the first is not posted twice to the balance', async () => {
  const { ref, paid } = await billed();
  await at.receive(file('FIRST', { ...paid, status: '19' }));
  expect(await books(ref)).toMatchObject({ standing: 'partly', patientCents: null, openCents: 2_410 });
  const second: Decided = { ...paid, status: '2', payerClaimNumber: 'K1', adjustments: [['OA', '23', 15_640]] };
  await at.receive(remittanceFile([{ trace: 'SECOND', payer: keystone, claims: [second] }]));
  expect(await books(ref)).toMatchObject({ standing: 'settled', paidCents: 12_050, patientCents: 0, openCents: 0 });
});

test('a payment taken back leaves nothing, and what is decided in its place counts', async () => {
  const { ref, paid } = await billed();
  await at.receive(file('PAID', paid));
  await at.receive(file('BACK', reversed(paid), { ...paid, adjustments: [['CO', '45', 7_000]] }));
  expect(await books(ref)).toMatchObject({
    standing: 'settled',
    paidCents: 11_050,
    adjustedCents: 7_000,
    patientCents: 0,
  });
  await at.receive(file('BACK2', reversed({ ...paid, adjustments: [['CO', '45', 7_000]] })));
  expect(await books(ref)).toMatchObject({ standing: 'open', paidCents: 0, adjustedCents: 0, openCents: chargeCents });
});

test('a payment for a claim nobody knows is matched by a named person, once', async () => {
  const { ref, paid } = await billed();
  await at.receive(
    file('UNKNOWN', { ...paid, number: 'GARBLED', patient: { family: 'FENWICK', memberId: 'HBR900100200' } }),
  );
  expect(await books(ref)).toMatchObject({ standing: 'open' });
  const item = (await at.items('remittance.unmatched')).at(-1) ?? '';
  const page = await at.page(item);
  expect(page.json).toMatchObject({
    item: { reason: 'Paid $96.40 of $180.50: no claim here bears its number', decisions: ['match', 'setAside'] },
    draft: {
      patient: { family: 'FENWICK' },
      claim: { number: 'GARBLED', adjustments: ['CO-45 $60.00', 'PR-2 $24.10'] },
    },
  });
  expect((await at.decide(item, 'match')).status).toBe(400);
  expect((await at.decide(item, 'match', { outcome: { claim: 'NOBODY' } })).status).toBe(400);
  expect((await at.decide(item, 'match', { outcome: { claim: paid.number } })).status).toBe(200);
  expect(await books(ref)).toMatchObject({ standing: 'settled', paidCents: 9_640 });
  expect((await at.decide(item, 'match', { outcome: { claim: ref } })).status).toBe(409);
  expect(await actionsOf(server.services, at.clinic)).toContain('remittance.postedByPerson');
  // The payer's own number is known from now on.
  await at.receive(file('KNOWN', reversed({ ...paid, number: 'GARBLED' })));
  expect(await books(ref)).toMatchObject({ standing: 'open', paidCents: 0 });
});

test('two claims of one number are both laid before the person, who names one by its reference', async () => {
  const number = 'ACCOUNT7';
  const onDay = (day: string) =>
    sampleClaim({ patientControlNumber: number, lines: sampleClaim().lines.map((line) => ({ ...line, from: day })) });
  const [earlier, later] = [await at.claim(onDay('2026-11-04')), await at.claim(onDay('2026-11-06'))];
  await at.receive(file('BOTH', { number, chargeCents }));
  const item = (await at.items('remittance.unmatched')).at(-1) ?? '';
  const page = await at.page(item);
  expect(page.json).toMatchObject({ item: { reason: containing('more than one claim fits') } });
  expect(page.text).toContain(later);
  const { subject } = asJson(asJson(page.json)['item']);
  const shown = await at.get(`/v1/console/remittances/${String(subject)}`);
  const [waiting] = listOf(shown.json, 'items');
  expect(waiting).toMatchObject({ state: 'unmatched', workItem: { id: item, kind: 'remittance.unmatched' } });
  expect(listOf(waiting, 'candidates').map(({ claim, from }) => [claim, from])).toEqual([
    [earlier, '2026-11-04'],
    [later, '2026-11-06'],
  ]);
  expect((await at.decide(item, 'match', { outcome: { claim: number } })).status).toBe(409);
  expect((await at.decide(item, 'match', { outcome: { claim: later } })).status).toBe(200);
  expect(await books(later)).toMatchObject({ standing: 'settled', paidCents: chargeCents });
});

test('a remittance that does not balance is not posted, in no part; a claim that does not, never is', async () => {
  const [one, two] = [await billed(), await billed()];
  const before = (await rows('postings')).length;
  const off = { ...two.paid, lines: ['CAS*CO*45*60', 'CAS*PR*2*24.11'] };
  await at.receive(file('OFF', one.paid, off));
  expect((await rows('postings')).length).toBe(before);
  expect(await books(one.ref)).toMatchObject({ standing: 'open' });
  const item = (await at.items('remittance.unbalanced')).at(-1) ?? '';
  expect((await at.page(item)).json).toMatchObject({
    item: { reason: containing('a claim does not balance') },
  });
  const refused = await at.decide(item, 'postAnyway', { reason: 'the payer says so' });
  expect([refused.status, refused.json]).toMatchObject([409, { error: { fix: containing('corrected') } }]);
  expect((await at.decide(item, 'setAside', { reason: 'asked for a corrected one' })).status).toBe(200);
  expect((await rows('postings')).length).toBe(before);
});

test('a payment that differs from its claims is posted when a person says why', async () => {
  const { ref, paid } = await billed();
  await at.receive(remittanceFile([{ trace: 'SHORT', claims: [paid], provider: [['L6', -125]], amountCents: 9_640 }]));
  expect(await books(ref)).toMatchObject({ standing: 'open' });
  const item = (await at.items('remittance.unbalanced')).at(-1) ?? '';
  expect((await at.decide(item, 'postAnyway', { reason: 'interest comes by check' })).status).toBe(200);
  expect(await books(ref)).toMatchObject({ standing: 'settled', paidCents: 9_640 });
});

test('of a file that was cut off nothing is posted; sent again whole, or found whole by a person, all of it is', async () => {
  const [one, two] = [await billed(), await billed()];
  const [whole, other] = [file('CUT', one.paid), file('MISCOUNTED', two.paid)];
  await at.receive(whole.slice(0, whole.indexOf('SE*')));
  expect(await books(one.ref)).toMatchObject({ standing: 'open' });
  const [cut = ''] = await at.items('remittance.unbalanced');
  expect((await at.page(cut)).json).toMatchObject({ item: { reason: containing('cut off') } });
  expect((await at.decide(cut, 'setAside', { reason: 'asked for anew' })).status).toBe(200);
  await at.receive(whole);
  expect(await books(one.ref)).toMatchObject({ standing: 'settled' });

  await at.receive(other.replace(/SE\*\d+/, 'SE*99'));
  expect(await books(two.ref)).toMatchObject({ standing: 'open' });
  const [miscounted = ''] = await at.items('remittance.unbalanced');
  expect((await at.decide(miscounted, 'postAnyway', { reason: 'this payer never counts right' })).status).toBe(200);
  await at.readOn();
  expect(await books(two.ref)).toMatchObject({ standing: 'settled' });
});

test('a file without a remittance in it goes to a person, and cannot be posted', async () => {
  await at.receive('no X12 at all');
  const [item = ''] = await at.items('remittance.unbalanced');
  expect((await at.decide(item, 'postAnyway', { reason: 'why not' })).status).toBe(409);
  expect((await at.decide(item, 'setAside', { reason: 'asked for anew' })).status).toBe(200);
});

test('interest and recoveries stand apart from the claims, and together they are the payment', async () => {
  const { ref, paid } = await billed();
  await at.receive(
    remittanceFile([
      {
        trace: 'APART',
        claims: [paid],
        provider: [
          ['L6', -250],
          ['WO', 1_000],
        ],
      },
    ]),
  );
  const list = await at.get('/v1/console/remittances?limit=1');
  const [newest] = listOf(list.json, 'remittances');
  expect(newest).toMatchObject({ state: 'posted', amountCents: 8_890, claims: 1, unmatched: 0 });
  const page = await at.get(`/v1/console/remittances/${String(newest?.['remittance'])}`);
  expect(page.json).toMatchObject({
    totals: { claimsCents: 9_640, providerCents: -750, notPostedCents: 0 },
    items: [{ claim: ref, state: 'posted', why: ['patientControlNumber', 'days', 'charge'] }],
    provider: [
      { kind: 'interest', reason: 'L6', cents: 250 },
      { kind: 'recovery', reason: 'WO', cents: -1_000 },
    ],
  });
  expect(list.text).not.toMatch(/BOOK|Fenwick|APART/);
  expect(await actionsOf(server.services, at.clinic)).toContain('remittance.viewed');
  for (const role of ['frontDesk', 'therapist'] as const)
    expect((await at.get('/v1/console/remittances', role)).status).toBe(403);
  expect((await at.get(`/v1/console/claims/${ref}/ledger`, 'therapist')).status).toBe(403);
});

test('a server that dies in the middle leaves nothing half, and what was not posted is posted later, once', async () => {
  const [one, two] = [await billed(), await billed()];
  const before = (await rows('postings')).length;
  let remittances = 0;
  const dying = {
    ...at.needs,
    audit: {
      ...at.needs.audit,
      append: async (...[trx, entry]: Parameters<typeof at.needs.audit.append>) => {
        if (entry.action === 'remittance.posted' && (remittances += 1) === 2)
          await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx);
        return at.needs.audit.append(trx, entry);
      },
    },
  };
  const both = remittanceFile([
    { trace: 'ALIVE', claims: [one.paid] },
    { trace: 'DEAD', claims: [two.paid] },
  ]);
  await at.receive(both, dying);
  expect([(await books(one.ref)).standing, (await books(two.ref)).standing]).toEqual(['settled', 'open']);
  expect((await rows('postings')).length).toBe(before + 3);
  await at.readOn();
  expect([(await books(one.ref)).standing, (await books(two.ref)).standing]).toEqual(['settled', 'settled']);
  expect((await rows('postings')).length).toBe(before + 6);
});

test('the ledger is never changed', async () => {
  await expect(at.needs.db.updateTable('postings').set({ cents: 0 }).execute()).rejects.toThrow('append-only');
  await expect(at.needs.db.deleteFrom('postings').execute()).rejects.toThrow('append-only');
});

test('whoever follows a claim hears of each posting once, in the order of the ledger', async () => {
  const last = (await postedSince(at.needs, at.clinic, { order: 0, limit: 1000 })).at(-1)?.order ?? 0;
  const { ref, paid } = await billed();
  await at.receive(file('HEARD', paid));
  await at.receive(file('HEARD2', reversed(paid)));
  const heard = await postedSince(at.needs, at.clinic, { order: last, limit: 10 });
  expect(heard).toMatchObject([
    { claim: ref, status: '1', effect: 'decides', paidCents: 9_640, on: '2026-11-20', payerNumberKnown: true },
    { claim: ref, status: '22', effect: 'reverses', books: { standing: 'open', openCents: chargeCents } },
  ]);
  expect(heard[0]?.adjustments).toEqual([
    { group: 'CO', reason: '45', cents: 6_000 },
    { group: 'PR', reason: '2', cents: 2_410 },
  ]);
  expect(await postedSince(at.needs, at.clinic, { order: heard[1]?.order ?? 0, limit: 10 })).toEqual([]);
});

const data = join(import.meta.dirname, '../../../shared/data');
const listFile = join(data, 'worked-examples/835_balancing_expected.json');

test.skipIf(!existsSync(listFile))(
  'the public remittances are posted or held whole, and every cent has its place',
  async () => {
    at = await bookClinic(server);
    const { files } = JSON.parse(readFileSync(listFile, 'utf8')) as { files: { file: string }[] };
    const made = new Set<string>();
    for (const { file: name } of files) {
      const text = readFileSync(join(data, name), 'utf8');
      for (const said of setsIn(text).flatMap((set) => (set.type === '835' ? readRemittance(set).value.claims : []))) {
        const claim = billedAs(said);
        if (made.has(JSON.stringify(claim))) continue;
        made.add(JSON.stringify(claim));
        await at.claim(claim);
      }
      await at.receive(text);
    }
    const states = async () =>
      (await rows('remittances'))
        .map(({ state }) => state)
        .filter((state) => state !== 'setAside')
        .sort();
    // Two carry what others carry, 156 times over; five count their segments wrong, and of one the lines do not balance.
    expect(await states()).toEqual(['held', ...Array<string>(6).fill('posted')]);
    for (const item of await at.items('remittance.unbalanced'))
      expect((await at.decide(item, 'postAnyway', { reason: 'it is what the payer sent' })).status).toBe(200);
    await at.readOn();
    expect(await states()).toEqual(['held', ...Array<string>(11).fill('posted')]);
    const all = await rows('remittances');
    const [claims, lines] = [await rows('remittance_claims'), await rows('postings')];
    expect(all.filter(({ state }) => state === 'posted').length).toBeGreaterThan(8);
    for (const { ref, state, amount_cents: amount } of all) {
      const own = lines.filter(
        ({ remittance, kind, claim }) => remittance === ref && (kind === 'payment' || claim === null),
      );
      const waiting = claims.filter((one) => one.remittance === ref && one.state !== 'posted');
      const sum = own.reduce((cents, line) => cents + line.cents, 0);
      const atRest = waiting.reduce((cents, one) => cents + (one.paid_cents ?? 0), 0);
      expect(state === 'posted' ? sum + atRest : sum).toBe(state === 'posted' ? amount : 0);
    }
  },
  120_000,
);
