// Therabill over the server: its claims are imported, what patients paid is in the books, and a remittance lies ready for upload.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleClaim } from '../../domain/claim/testing/claims.ts';
import { claimFile } from '../../domain/claim/testing/claim-file.ts';
import { remittanceFile } from '../../domain/posting/testing/remittances.ts';
import { startSandbox } from '../../sandbox/testing/running-sandbox.ts';
import type { RunningSandbox } from '../../sandbox/testing/running-sandbox.ts';
import { password } from '../authorizations/testing/followed.ts';
import { asJson, claimClinic, listOf } from '../claims/testing/clinic.ts';
import type { ClaimClinic, Json } from '../claims/testing/clinic.ts';
import { addConnection } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';

let server: TestServer;
let sandbox: RunningSandbox;
let at: ClaimClinic;
let folder: string;
let connection: string;
let cookie: string;

const labels = {
  clients: { recordNumber: ['Client #'], payerName: ['Carrier'] },
  payments: { recordNumber: ['Client #'] },
};

beforeAll(async () => {
  [server, sandbox] = await Promise.all([startServer(), startSandbox()]);
  at = await claimClinic(server, sandbox);
  folder = join(sandbox.stateFolder, 'therabill');
  mkdirSync(folder);
  const added = await addConnection(server.services, at.clinic.clinic, {
    name: 'Therabill',
    system: 'therabill',
    mode: 'live',
    config: { dropFolder: folder, settleSeconds: 0.05, labels },
    secrets: {},
    agreement: {
      vendor: 'therabill',
      effective: '2020-01-01',
      expires: null,
      scope: [
        'name',
        'birthDate',
        'contact',
        'address',
        'memberId',
        'recordNumber',
        'visitTime',
        'payment',
        'diagnosis',
      ],
      evidence: 'signed copy',
    },
  });
  connection = added.id;
  const answer = await server.call('POST', '/v1/session', { body: { email: at.clinic.email, password } });
  cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}, 120_000);

afterAll(async () => {
  await Promise.all([server?.stop(), sandbox?.stop()]);
});

const leave = (kind: string, name: string, text: string): void => {
  mkdirSync(join(folder, kind), { recursive: true });
  writeFileSync(join(folder, kind, name), text);
};
const importNew = (what: string): Promise<Json> => at.ask(`therabill.${what}.import`, 'Therabill');
const ledger = async (claim: string): Promise<Json> =>
  asJson((await server.call('GET', `/v1/console/claims/${claim}/ledger`, { cookie })).json);
const uploads = (): string[] => readdirSync(join(folder, 'upload')).filter((name) => !name.startsWith('.'));

let files = 0;
async function billed(number: string): Promise<string> {
  leave(
    'claims',
    `${number}.837`,
    claimFile([sampleClaim({ patientControlNumber: number, patientPaidCents: null })], (files += 1)),
  );
  const [item] = listOf(await importNew('claims'), 'items');
  return String(item?.['claim']);
}

const header = 'Payment ID,Client #,Claim Number,Date of Service,Payment Date,Amount,Paid By,Payment Method';
const table = (...rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;
const day = testDay();

test('the claims that Therabill exports are imported by reference, each once', async () => {
  await sandbox.post('/sandbox/therabill/export', { folder, today: '2026-11-18', seed: 1, claims: 20, perFile: 20 });
  rmSync(join(folder, 'clients'), { recursive: true });
  rmSync(join(folder, 'payments'), { recursive: true });
  const first = await importNew('claims');
  expect(first).toMatchObject({ outcome: 'imported', structure: { files: 1, added: 20 } });
  expect(listOf(first, 'items').every(({ claim }) => String(claim).startsWith('clm_'))).toBe(true);
  expect(JSON.stringify(first)).not.toMatch(/"DC/);
  expect(await importNew('claims')).toMatchObject({ outcome: 'nothingNew' });
});

test('what a patient paid is in the books of the claim once; what payers paid there is not', async () => {
  const claim = await billed('PAID1');
  const rows = [
    `P1,7,PAID1,${day},${day},$30.00,Client,Cash`,
    `P2,7,PAID1,${day},${day},-10,Client,Cash`,
    `P3,7,PAID1,${day},${day},100,Insurance,ACH`,
    `P4,7,PAID1,${day},${day},5,Write-off,Other`,
  ];
  leave('payments', 'p1.csv', table(...rows));
  const answer = await importNew('payments');
  expect(listOf(answer, 'items')).toMatchObject([
    { outcome: 'posted', structure: { posted: 2, ofPayers: 1, others: 1, unmatched: 0, conflicting: 0, refused: 0 } },
  ]);
  const books = { patientPaidCents: 2_000, paidCents: 0 };
  expect(await ledger(claim)).toMatchObject({ books, payments: [{ cents: 3_000 }, { cents: -1_000 }] });
  // A later export holds the same payments and one more; one was changed since.
  leave(
    'payments',
    'p2.csv',
    table(...rows.slice(0, 1), `P2,7,PAID1,${day},${day},-11,Client,Cash`, `P5,7,PAID1,${day},${day},1,Client,Check`),
  );
  expect(listOf(await importNew('payments'), 'items')).toMatchObject([
    { structure: { posted: 1, known: 1, conflicting: 1 } },
  ]);
  expect(await ledger(claim)).toMatchObject({ books: { patientPaidCents: 2_100 } });
  expect(server.logs.join('\n')).not.toMatch(/PAID1/);
});

test('a payment for a claim that is not here yet waits for it', async () => {
  leave('payments', 'early.csv', table(`P20,7,EARLY1,${day},${day},12.34,Client,Credit Card`));
  expect(await importNew('payments')).toMatchObject({ structure: { unmatched: 1 } });
  const claim = await billed('EARLY1');
  expect(await importNew('payments')).toMatchObject({
    outcome: 'nothingNew',
    structure: { matchedLater: 1, unmatched: 0 },
  });
  expect(await ledger(claim)).toMatchObject({ books: { patientPaidCents: 1_234 } });
});

test('a table whose column was renamed posts nothing and says which label to enter', async () => {
  leave('payments', 'renamed.csv', table(`P30,7,PAID1,${day},${day},9,Client,Cash`).replace('Amount', 'Total'));
  expect(listOf(await importNew('payments'), 'items')).toMatchObject([
    {
      outcome: 'unreadable',
      structure: {
        posted: 0,
        rejected: [{ row: 0, column: 'Amount', reason: 'column missing' }],
        unknownColumns: ['Total'],
        fix: expect.stringContaining('labels.payments') as unknown,
      },
    },
  ]);
});

test('a payment that a named person takes is in the books once, under their name, never changed', async () => {
  const claim = await billed('DESK1');
  const path = `/v1/console/claims/${claim}/payments`;
  const body = { key: 'a0000000-0000-0000-0000-000000000001', cents: 2_500, paidOn: day, method: 'card' };
  const post = (changes: Json = {}) =>
    server.call('POST', path, { cookie, headers: { 'x-gait-console': '1' }, body: { ...body, ...changes } });
  expect((await post()).json).toEqual({ outcome: 'posted' });
  expect((await post()).json).toEqual({ outcome: 'known' });
  expect((await post({ cents: 2_600 })).status).toBe(409);
  expect((await post({ key: `${body.key}-b`, paidOn: testDay(2) })).status).toBe(400);
  expect((await post({ key: `${body.key}-c`, cents: 0 })).status).toBe(400);
  expect(await ledger(claim)).toMatchObject({
    books: { patientPaidCents: 2_500 },
    payments: [{ by: expect.stringMatching(/^usr_/) as unknown, file: null, method: 'card' }],
  });
  const { db } = server.services;
  await expect(db.updateTable('patient_payments').set({ cents: 1 }).execute()).rejects.toThrow(/append-only/);
  await expect(db.deleteFrom('patient_payment_postings').execute()).rejects.toThrow(/append-only/);
});

test('a remittance that came from a clearinghouse lies once in the folder for upload, with an item that says what to do', async () => {
  const text = remittanceFile([{ trace: 'HANDON', claims: [{ number: 'PAID1', chargeCents: 18_050 }] }]);
  const { folders } = asJson(await sandbox.get('/sandbox/x12-files'));
  writeFileSync(join(String(asJson(folders)['inbox']), 'era.x12'), text);
  const [received] = listOf(await at.ask('x12Files.files.fetch', 'Files'), 'items');
  const [record] = Array.isArray(received?.['refs']) ? received['refs'].map(String) : [];
  const send = () => at.effect('therabill.remittance.send', 'Therabill', record ?? '');
  const sent = await send();
  expect(sent).toMatchObject({ state: 'done', outcome: 'left', structure: { file: uploads()[0] } });
  expect(readFileSync(join(folder, 'upload', uploads()[0] ?? ''), 'utf8')).toBe(text);
  expect(await send()).toMatchObject({ state: 'duplicate' });
  expect(uploads()).toHaveLength(1);
  const [item] = Array.isArray(sent['refs']) ? sent['refs'].map(String) : [];
  const page = await at.page(item ?? '');
  const reason = expect.stringContaining('Upload it into Therabill') as unknown;
  expect(page).toMatchObject({ item: { kind: 'file.upload', role: 'biller', reason } });
  expect((await at.decide(item ?? '', 'notUploaded')).status).toBe(400);
  expect((await at.decide(item ?? '', 'uploaded')).status).toBe(200);
});

test('what is no remittance of a clearinghouse is not handed on', async () => {
  leave(
    'remittances',
    'own.edi',
    remittanceFile([{ trace: 'OWN', claims: [{ number: 'PAID1', chargeCents: 18_050 }] }]),
  );
  const [own] = listOf(await importNew('remittances'), 'items');
  expect(own).toMatchObject({ outcome: 'kept', structure: { kinds: ['835'] } });
  const before = uploads();
  for (const subject of [String(own?.['item']), 'rec_nobody'])
    await expect(at.effect('therabill.remittance.send', 'Therabill', subject)).rejects.toThrow();
  expect(uploads()).toEqual(before);
});

test('clients nobody knows become patients; whom another system brought stays as it says; one goes out for the import', async () => {
  const known = await server.services.db
    .selectFrom('patients')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('clinic', '=', at.clinic.clinic)
    .executeTakeFirst();
  const clients = [
    'Client #,Last Name,First Name,DOB,Sex,Carrier,Policy Number',
    'TB900,Quill-Test,Ida,03/14/1958,F,Harbor Health,MBR900',
    'TB901,Quill-Test,,03/14/1959,F,Harbor Health,MBR901',
  ];
  leave('clients', 'clients.csv', `${clients.join('\n')}\n`);
  expect(listOf(await importNew('patients'), 'items')).toMatchObject([
    {
      outcome: 'partlyRead',
      structure: { added: 1, elsewhere: 0, rejected: [{ row: 3, column: 'First Name', reason: 'empty' }] },
    },
  ]);
  const rows = await server.services.db
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', at.clinic.clinic)
    .orderBy('updated_at', 'desc')
    .execute();
  expect(rows.length).toBe(Number(known?.count) + 1);
  const before = uploads();
  const sent = await at.effect('therabill.patient.create', 'Therabill', rows[0]?.ref ?? '');
  expect(sent).toMatchObject({ state: 'done', outcome: 'left' });
  const [left = ''] = uploads().filter((name) => !before.includes(name));
  expect(readFileSync(join(folder, 'upload', left), 'utf8')).toContain('TB900,Quill-Test,Ida,03/14/1958,F');
  expect(await at.effect('therabill.patient.create', 'Therabill', rows[0]?.ref ?? '')).toMatchObject({
    state: 'duplicate',
  });
  expect(connection).toMatch(/^conn_/);
});
