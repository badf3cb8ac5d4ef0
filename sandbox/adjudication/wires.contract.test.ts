// Claims go out over three wires and come back acknowledged, answered and paid over the same wires, over HTTP and as files.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changeHealthcareOperations } from '../../connectors/change-healthcare/operations.ts';
import { stediOperations } from '../../connectors/stedi/operations.ts';
import { readRemittances } from '../../connectors/stedi/remittance.ts';
import { stediEvent } from '../../connectors/stedi/webhook.ts';
import { changeHealthcareContext, stediContext } from '../../connectors/testing/networks.ts';
import { statusRequestOf } from '../../domain/claim/facts.ts';
import type { RemittanceClaim } from '../../domain/claim/remittance.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import { claimFile } from '../../domain/claim/testing/claim-file.ts';
import { sampleClaim } from '../../domain/claim/testing/claims.ts';
import { readClaimStatuses } from '../../domain/x12/readers/claim-status-response.ts';
import { readRemittance } from '../../domain/x12/readers/remittance.ts';
import { readClaimAcknowledgments } from '../../domain/x12/readers/claim-acknowledgment.ts';
import { writeClaimStatusInquiry } from '../../domain/x12/writers/claim-status-inquiry.ts';
import { writeInterchange } from '../../domain/x12/writer.ts';
import { Scanner } from '../../domain/x12/scanner.ts';
import { TransactionSets } from '../../domain/x12/transaction-set.ts';
import type { TransactionSet } from '../../domain/x12/transaction-set.ts';
import { everyPayer } from '../clinic/payers.ts';
import { startSandbox } from '../testing/running-sandbox.ts';
import type { RunningSandbox } from '../testing/running-sandbox.ts';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(async () => {
  for (const name of ['adjudication', 'x12-files', 'change-healthcare', 'stedi'])
    await sandbox.post(`/sandbox/${name}/reset`, {});
});

const levers = '/sandbox/adjudication';
const sweep = () => sandbox.post('/sandbox/x12-files/sweep', {});
const adjudicate = (body: object = {}) => sandbox.post(`${levers}/adjudicate`, body);

function claimOf(number: string): Claim {
  const sample = sampleClaim({ patientControlNumber: number, filingCode: 'MB' });
  const { id, name } = everyPayer.medicarePartB;
  return {
    ...sample,
    payer: { ...sample.payer, id, name },
    subscriber: { ...sample.subscriber, memberId: 'MPB900100200' },
  };
}

function setsIn(text: string): TransactionSet[] {
  const found: TransactionSet[] = [];
  const taker = new TransactionSets((set) => found.push(set));
  const scanner = new Scanner(taker);
  scanner.push(Buffer.from(text));
  scanner.end();
  taker.end();
  return found;
}

const inbox = () => join(sandbox.stateFolder, 'x12-files', 'inbox');
const filesOf = (version: string): TransactionSet[] =>
  readdirSync(inbox())
    .sort()
    .flatMap((name) => setsIn(readFileSync(join(inbox(), name), 'utf8')))
    .filter((set) => set.version.startsWith(version));

async function send(text: string): Promise<void> {
  const outbox = join(sandbox.stateFolder, 'x12-files', 'outbox');
  mkdirSync(outbox, { recursive: true });
  writeFileSync(join(outbox, 'claims.edi'), text);
  await sweep();
}

test('files: acknowledged claim by claim, asked after, paid into the inbox', async () => {
  await send(claimFile([claimOf('FILE1'), { ...claimOf('FILE2'), chargeCents: 1 }], 11));
  const [acknowledged] = filesOf('005010X214').map(readClaimAcknowledgments);
  expect(acknowledged?.faults).toEqual([]);
  expect(acknowledged?.claims.map(({ trace, verdict }) => [trace.number, verdict.outcome])).toEqual([
    ['FILE1', 'accepted'],
    ['FILE2', 'rejected'],
  ]);
  expect(await adjudicate()).toEqual({ traces: ['EFT0000001'] });
  await sweep();
  const [paid] = filesOf('005010X221').map((set) => readRemittance(set).value);
  expect(paid?.claims.map(({ patientControlNumber, status }) => [patientControlNumber, status])).toEqual([
    ['FILE1', '1'],
  ]);
  const ask = writeClaimStatusInquiry([statusRequestOf(claimOf('FILE1'), { trace: 'ASK1' })], {
    control: '0001',
    reference: 'ASK1',
    date: '2026-11-20',
    time: '1200',
    submitter: { name: 'Stride Test Clinic', id: 'CLINIC' },
  });
  const party = { qualifier: 'ZZ', id: 'CLINIC' };
  const envelope = { sender: party, receiver: { qualifier: 'ZZ', id: 'CLEARING' }, groupSender: 'CLINIC' };
  const numbers = { groupReceiver: 'CLEARING', groupCode: 'HR', interchangeControl: 12, groupControl: 12 };
  const when = { date: '2026-11-20', time: '1200', usage: 'test', acknowledge: false } as const;
  await send(writeInterchange({ ...envelope, ...numbers, ...when }, [ask]));
  const [answer] = filesOf('005010X212').map(readClaimStatuses);
  expect(answer?.faults).toEqual([]);
  expect(answer?.value.claims).toMatchObject([
    {
      payerClaimNumber: paid?.claims[0]?.payerClaimNumber,
      statuses: [{ category: 'F1', code: '65', paidCents: paid?.payment.amountCents, checkNumber: 'EFT0000001' }],
    },
  ]);
});

test('Change Healthcare: the acknowledgment and the payment are X12 reports, the status tells the payment', async () => {
  const { 'changeHealthcare.claim.submit': submit, 'changeHealthcare.claimStatus.check': check } =
    changeHealthcareOperations;
  const { 'changeHealthcare.reports.list': list, 'changeHealthcare.reports.get': get } = changeHealthcareOperations;
  const context = () => changeHealthcareContext({ url: sandbox.url, now: sandbox.now });
  const claim = claimOf('CHC1');
  expect(await submit.run(context(), { claim, key: 'claim.submit/clm_1/1' })).toMatchObject({ kind: 'done' });
  const status = () =>
    check.run(context(), { request: statusRequestOf(claim, { trace: 'Q1' }), vendorRequestId: null });
  const says = (category: string, paidCents: number) => ({
    result: { answer: { claims: [{ statuses: [{ category, paidCents }] }] } },
  });
  expect(await status()).toMatchObject(says('A2', 0));
  await adjudicate();
  const listed = await list.run(context(), {});
  const names = listed.kind === 'done' ? listed.result.reports.map(({ name }) => name) : [];
  expect(names.map((name) => name.slice(0, 2))).toEqual(['X3', 'R5']);
  const report = await get.run(context(), { name: names[1] ?? '' });
  expect(report).toMatchObject({ result: { transactions: [{ type: '835', version: '005010X221A1' }] } });
  const [set] = setsIn(report.kind === 'done' ? report.result.content : '');
  const paid = set === undefined ? null : readRemittance(set).value;
  expect(paid?.claims).toMatchObject([{ patientControlNumber: 'CHC1', status: '1' }]);
  expect(await status()).toMatchObject(says('F1', paid?.payment.amountCents ?? -1));
});

test('Stedi: an event for each transaction, the transaction in JSON behind it', async () => {
  const events: { readonly body: unknown; readonly secret: string | undefined }[] = [];
  const listener = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      events.push({ body: JSON.parse(text), secret: request.headers.authorization });
      response.end('{}');
    });
  });
  await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready));
  const { port } = listener.address() as AddressInfo;
  const webhook = { url: `http://127.0.0.1:${port}/hook`, header: 'authorization', secret: 'a-long-random-text' };
  await sandbox.post('/sandbox/stedi/settings', { webhook });
  const context = () => stediContext({ url: sandbox.url, now: sandbox.now });
  const claim = claimOf('ST1');
  await stediOperations['stedi.claim.submit'].run(context(), { claim, key: 'claim.submit/clm_1/1' });
  await adjudicate();
  await expect.poll(() => events.length).toBe(2);
  expect(events.every(({ secret }) => secret === webhook.secret)).toBe(true);
  const told = events.map(({ body }) => stediEvent(body));
  const idOf = (set: string) => told.find((one) => one?.set === set)?.transactionId ?? '';
  const acknowledgment = await stediOperations['stedi.reports.acknowledgment'].run(context(), {
    transactionId: idOf('277'),
  });
  expect(acknowledgment).toMatchObject({
    result: { answer: { claims: [{ patientControlNumber: 'ST1', statuses: [{ category: 'A2', code: '20' }] }] } },
  });
  const remittance = await stediOperations['stedi.reports.remittance'].run(context(), { transactionId: idOf('835') });
  expect(remittance).toMatchObject({
    result: {
      raw: { transactions: [{ detailInfo: [{ paymentInfo: [{ claimPaymentInfo: { claimStatusCode: '1' } }] }] }] },
    },
  });
  await new Promise((closed) => listener.close(closed));
});

test('to the cent, a claim is paid alike over every wire', async () => {
  const said = ({ status, chargeCents, paidCents, patientResponsibilityCents, lines }: RemittanceClaim) => ({
    status,
    chargeCents,
    paidCents,
    patientResponsibilityCents,
    lines: lines.map(({ procedure, units, chargeCents: charge, paidCents: paid, adjustments, remarks }) => ({
      ...{ procedure, units, charge, paid, remarks },
      adjustments: adjustments.map(({ group, reason, amountCents }) => ({ group, reason, amountCents })),
    })),
  });
  // Of three patients: the same service twice for one is a duplicate.
  const [one, two, three] = ['ALIKE1', 'ALIKE2', 'ALIKE3'].map((number, at) => {
    const claim = claimOf(number);
    return { ...claim, subscriber: { ...claim.subscriber, memberId: `MPB90010030${at}` } };
  });
  if (one === undefined || two === undefined || three === undefined) return expect.unreachable();
  await send(claimFile([one], 31));
  const chc = () => changeHealthcareContext({ url: sandbox.url, now: sandbox.now });
  const stedi = () => stediContext({ url: sandbox.url, now: sandbox.now });
  await changeHealthcareOperations['changeHealthcare.claim.submit'].run(chc(), { claim: two, key: 'k2' });
  await stediOperations['stedi.claim.submit'].run(stedi(), { claim: three, key: 'k3' });
  await adjudicate();
  await sweep();
  const [byFile] = filesOf('005010X221').map((set) => readRemittance(set).value);
  const mailbox = await changeHealthcareOperations['changeHealthcare.reports.list'].run(chc(), {});
  const name =
    mailbox.kind === 'done' ? mailbox.result.reports.find((report) => report.name.startsWith('R5')) : undefined;
  const report = await changeHealthcareOperations['changeHealthcare.reports.get'].run(chc(), {
    name: name?.name ?? '',
  });
  const [byReport] = setsIn(report.kind === 'done' ? report.result.content : '').map(
    (set) => readRemittance(set).value,
  );
  const stored: unknown = JSON.parse(readFileSync(join(sandbox.stateFolder, 'stedi-state.json'), 'utf8'));
  const transaction = /"name":"([^"]+)\/835"/.exec(JSON.stringify(stored))?.[1] ?? '';
  const told = await stediOperations['stedi.reports.remittance'].run(stedi(), { transactionId: transaction });
  const [byJson] = readRemittances(told.kind === 'done' ? told.result.raw : null);
  const all = [byFile, byReport, byJson].map((remittance) => remittance?.claims.map(said));
  expect(all[0]?.[0]?.lines.length).toBeGreaterThan(0);
  expect(all).toEqual([all[0], all[0], all[0]]);
});

test('a person chooses what becomes of a claim, and how fast payers work; the journal names nobody', async () => {
  await sandbox.post(`${levers}/outcome`, { claim: 'CHOSEN', outcome: 'noAuthorization' });
  await sandbox.post(`${levers}/pace`, { pace: { processSeconds: 1, decideSeconds: 2, paySeconds: 3 } });
  await send(claimFile([claimOf('CHOSEN')], 13));
  sandbox.advance(4000);
  const journal = await sandbox.get(`${levers}/journal`);
  expect(journal).toMatchObject({ claims: [{ claim: 'CHOSEN', status: '4', paidCents: 0, trace: 'EFT0000001' }] });
  expect(JSON.stringify(journal)).not.toMatch(/Fenwick|MPB9|1958/i);
  expect(await sandbox.post(`${levers}/pace`, { pace: 'fast' })).toMatchObject({ error: { code: 'input.invalid' } });
  expect(await sandbox.post(`${levers}/faults`, { next: [{ fault: 'none' }] })).toMatchObject({
    error: { code: 'input.invalid' },
  });
});
