// A signed note on its way to the chart, over HTTP: once under its permit, by a person where no program can, and told of in doubt.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Receiver } from '../../sandbox/hl7/wire.ts';
import { followedClinic, password } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { give } from '../patient-links/moves.ts';
import { addPatient } from '../patient-links/testing/patients.ts';
import { addConnection } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { takeSigned } from './begin.ts';
import { addAddendum, signNote } from './testing/signed.ts';
import type { Signed, Signing } from './testing/signed.ts';
import { filingOf, filingsOf } from './views.ts';

let server: TestServer;
let clinic: Followed;
let cookie: string;
let receiver: Receiver;
let port: number;
let round = 0;
const today = testDay();

beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.stop());
beforeEach(async () => {
  round += 1;
  clinic = await followedClinic(server.services, { name: `clinic${round}`, today });
  receiver = new Receiver();
  port = await receiver.start(0);
  const answer = await server.call('POST', '/v1/session', { body: { email: clinic.email, password } });
  cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});
afterEach(() => receiver.stop());

const everything = ['any'];

/** A connection to WebPT that takes notes as messages; the patient's number is the one an import would have kept. */
async function chart(options: { scope?: readonly string[]; send?: object } = {}): Promise<string> {
  const { scope = everything, send = {} } = options;
  const { id: connection } = await addConnection(server.services, clinic.clinic, {
    name: 'Chart',
    system: 'webpt',
    mode: 'live',
    config: { hl7: { send: { host: '127.0.0.1', port, timeoutSeconds: 0.3, ...send } } },
    secrets: {},
    agreement: { vendor: 'webpt', effective: '2020-01-01', expires: null, scope: [...scope], evidence: 'in the safe' },
  });
  const { db, vault, now } = server.services;
  await db.transaction().execute(async (trx) => {
    const ref = await vault.put(clinic.clinic, 'systemPatient', { recordNumber: 'P-1001' }, { trx });
    await trx
      .insertInto('patient_records')
      .values({
        ref,
        clinic: clinic.clinic,
        connection,
        patient: clinic.patient,
        gone: null,
        as_of: now(),
        updated_at: now(),
      })
      .execute();
  });
  return connection;
}

const signing = (): Signing => ({
  clinic: clinic.clinic,
  connection: clinic.webpt,
  patient: clinic.patient,
  user: clinic.user.user,
  date: today,
});

/** A signed note whose filing has begun. */
async function signed(): Promise<Signed> {
  const note = await signNote(server.services, signing());
  await begun(note.note, 1);
  return note;
}

/** What the sweep does; here it would wait for a Temporal that is away. */
async function begun(note: string, versions: number): Promise<void> {
  await takeSigned(server.services);
  expect(await filingsOf(server.services.db, clinic.clinic, note)).toHaveLength(versions);
}

const worker = async (path: string, body: object): Promise<Record<string, unknown>> => {
  const answer = await server.call('POST', `/v1/worker/note-filings/${path}`, { key: clinic.workerKey, body });
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.json as Record<string, unknown>;
};
const at = (note: string, version = 1) => ({ clinic: clinic.clinic, note, version });
const next = (note: string, version = 1) => worker('next', at(note, version));
const settle = (note: string, answer: object, version = 1) =>
  worker('settle', { ...at(note, version), answer: { item: note, ...answer }, code: null });

interface Answered {
  readonly state: string;
  readonly outcome?: string;
  readonly rule?: string;
  readonly structure?: Readonly<Record<string, unknown>>;
}

/** What the clinic's flow asks for when it answers the step. */
async function file({ note, hash }: Signed, more: object = {}): Promise<Answered> {
  const body = { operation: 'webpt.note.file', connection: 'Chart', subject: note, approval: hash, ...more };
  const answer = await server.call('POST', '/v1/effects', { key: clinic.key, body });
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.json as Answered;
}

const figure = (note: string) => filingOf(server.services.db, clinic.clinic, note);
const items = (kind: string) =>
  server.services.db
    .selectFrom('work_items')
    .select(['id', 'status', 'subject', 'reason'])
    .where('clinic', '=', clinic.clinic)
    .where('kind', '=', kind)
    .execute();

interface Page {
  readonly revision: { readonly hash: string };
  readonly copyReady: readonly { readonly label: string; readonly value: string }[] | null;
}

async function page(item: string): Promise<Page> {
  return (await server.call('GET', `/v1/console/work-items/${item}`, { cookie })).json as Page;
}

async function decide(item: string, decision: string, more: object = {}): Promise<void> {
  const { revision } = await page(item);
  const answer = await server.call('POST', `/v1/console/work-items/${item}/decisions`, {
    cookie,
    headers: { 'x-gait-console': '1' },
    body: { decision, hash: revision.hash, ...more },
  });
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
}

describe('a signed note', () => {
  test('is handed out as it was signed, filed once, and its receipt is kept; asked again it is told, not sent', async () => {
    const connection = await chart();
    const note = await signed();
    expect(await next(note.note)).toEqual({
      kind: 'file',
      approval: note.hash,
      effectKey: `note.file/${note.note}/1`,
    });
    expect(await file(note)).toMatchObject({ state: 'done', outcome: 'filed', structure: { way: 'message' } });
    expect(await file(note)).toMatchObject({ state: 'duplicate', outcome: 'filed' });
    expect(receiver.received).toMatchObject([{ event: 'MDM^T02^MDM_T02', times: 1 }]);
    await settle(note.note, { outcome: 'filed' });
    expect(await next(note.note)).toEqual({ kind: 'over' });
    expect(await figure(note.note)).toMatchObject({
      state: 'filed',
      by: null,
      system: 'Chart',
      way: 'message',
      receipt: receiver.received[0]?.controlId,
    });
    const row = await server.services.db.selectFrom('notes').select('state').where('ref', '=', note.note).execute();
    expect(row).toEqual([{ state: 'filed' }]);
    expect(connection).not.toBe(clinic.webpt);
  });

  test('carries who signed under which words, and the patient by the number of that system', async () => {
    await chart();
    const note = await signed();
    await file(note);
    const text = receiver.received[0]?.text ?? '';
    expect(text).toContain('PID|1||P-1001^^^^MR||Abernathy^Quillon');
    expect(text).toContain('Left knee flexion 118 degrees.');
    expect(text).toMatch(/Signed by Robin Desk\\?.* PT on .*I treated this patient or supervised/);
  });

  test('is not filed under the approval of another version, nor without one', async () => {
    await chart();
    const note = await signed();
    expect(await file({ ...note, hash: 'f'.repeat(64) })).toMatchObject({ rule: 'approval.superseded' });
    expect(await file(note, { approval: '' })).toMatchObject({ state: 'blocked' });
    expect(await file(note, { key: 'note.file/other/1' })).toMatchObject({ rule: 'key.mismatch' });
    expect(receiver.received).toEqual([]);
  });

  test('that nobody has signed has nothing to file', async () => {
    await chart();
    const body = { operation: 'webpt.note.file', connection: 'Chart', subject: 'not_0000000000000000000009' };
    const answer = await server.call('POST', '/v1/effects', { key: clinic.key, body });
    expect([answer.status, answer.json]).toMatchObject([404, { error: { code: 'reference.unknown' } }]);
  });

  test('and its addendum are two documents, each filed once under its own signature', async () => {
    await chart();
    const note = await signed();
    await file(note);
    const addendum = await addAddendum(server.services, { ...signing(), ...note }, 'Heel slides were added.');
    await begun(note.note, 2);
    expect(await file(addendum)).toMatchObject({ state: 'done', outcome: 'filed' });
    expect(receiver.received.map(({ times }) => times)).toEqual([1, 1]);
    expect(receiver.received[1]?.text).toContain('Heel slides were added.');
    expect(await filingsOf(server.services.db, clinic.clinic, note.note)).toMatchObject([
      { version: 1, state: 'filed' },
      { version: 2, state: 'filed' },
    ]);
  });
});

describe('where something stands in the way', () => {
  test('an agreement that does not cover it is waited for a day, then a person enters the note, and no program does any more', async () => {
    await chart({ scope: ['name'] });
    const note = await signed();
    const blocked = await file(note);
    expect(blocked).toMatchObject({ state: 'blocked', rule: 'agreement.scope' });
    await settle(note.note, { outcome: 'blocked', structure: { rule: 'agreement.scope' } });
    expect(await next(note.note)).toMatchObject({ kind: 'wait' });
    expect(await figure(note.note)).toMatchObject({ state: 'waiting', reason: 'agreement.scope' });
    server.pass(25 * 3_600_000);
    await settle(note.note, { outcome: 'blocked', structure: { rule: 'agreement.scope' } });
    const [item] = await items('note.enter');
    expect(item).toMatchObject({ status: 'open', subject: clinic.patient });
    const answer = await server.call('POST', '/v1/session', { body: { email: clinic.email, password } });
    cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const { copyReady } = await page(item?.id ?? '');
    expect(copyReady?.map(({ label }) => label)).toEqual([
      'Document',
      'Date of service',
      'Subjective',
      'Objective',
      'Signature',
    ]);
    expect(await file(note)).toMatchObject({ state: 'blocked', rule: 'note.byHand' });
    await decide(item?.id ?? '', 'entered');
    expect(await figure(note.note)).toMatchObject({ state: 'filed', by: 'Robin Desk', way: 'person' });
    expect(await next(note.note)).toEqual({ kind: 'over' });
    expect(await file(note)).toMatchObject({ state: 'blocked', rule: 'note.over' });
    expect(receiver.received).toEqual([]);
  });

  test('a connection without a way for notes makes it a work item, one however often the flow asks', async () => {
    const note = await signed();
    const ask = () => file(note, { connection: 'WebPT' });
    expect(await ask()).toMatchObject({ state: 'done', outcome: 'workItem' });
    expect(await ask()).toMatchObject({ state: 'duplicate', outcome: 'workItem' });
    await settle(note.note, { outcome: 'workItem' });
    expect(await items('note.enter')).toHaveLength(1);
    expect(await next(note.note)).toMatchObject({ kind: 'wait' });
    const [item] = await items('note.enter');
    await decide(item?.id ?? '', 'notNeeded', { reason: 'The chart was closed by another clinic.' });
    expect(await figure(note.note)).toMatchObject({ state: 'notNeeded' });
  });

  test('a refusal of the system makes it a work item that names the code and nothing of the chart', async () => {
    await chart();
    receiver.faults = [{ fault: 'AE' }];
    const note = await signed();
    expect(await file(note)).toMatchObject({ state: 'notSent' });
    await settle(note.note, { error: { code: 'vendor.rejected' } });
    const [item] = await items('note.enter');
    expect(item?.reason).toBe('Chart: the signed note could not be filed (AE); enter it into the chart');
  });
});

describe('in doubt', () => {
  const inDoubt = async (): Promise<{ note: Signed; item: string }> => {
    await chart();
    receiver.faults = [{ fault: 'noAck' }];
    const note = await signed();
    expect(await file(note)).toMatchObject({ state: 'uncertain' });
    await settle(note.note, { outcome: 'wait' });
    expect(await figure(note.note)).toMatchObject({ state: 'uncertain' });
    server.pass(61_000);
    expect(await file(note)).toMatchObject({ state: 'uncertain' });
    const [item] = await items('note.uncertain');
    return { note, item: item?.id ?? '' };
  };

  test('it is never sent twice; a person who finds it in the chart says so, and it is filed by their name', async () => {
    const { note, item } = await inDoubt();
    expect(receiver.received).toMatchObject([{ times: 1 }]);
    await decide(item, 'wasSent', { outcome: { confirmation: null } });
    expect(await figure(note.note)).toMatchObject({ state: 'filed', by: 'Robin Desk' });
    expect(await file(note)).toMatchObject({ state: 'duplicate' });
    expect(receiver.received).toMatchObject([{ times: 1 }]);
  });

  test('a person who does not find it lets it be sent again, and it arrives once', async () => {
    const { note, item } = await inDoubt();
    receiver.received.length = 0;
    await decide(item, 'wasNotSent');
    expect(await next(note.note)).toMatchObject({ kind: 'file' });
    expect(await file(note)).toMatchObject({ state: 'done', outcome: 'filed' });
    expect(receiver.received).toMatchObject([{ times: 1 }]);
  });
});

test('a filing goes along when its visit is another patient’s after two records were put together', async () => {
  const note = await signed();
  const { db } = server.services;
  const [visit] = await db
    .selectFrom('session_records as s')
    .innerJoin('notes as n', 'n.session', 's.ref')
    .select('s.appointment')
    .where('n.ref', '=', note.note)
    .execute();
  const other = await addPatient(server.services, { clinic: clinic.clinic, connection: clinic.webpt });
  await db
    .transaction()
    .execute((trx) => give(trx, 'appointments', [visit?.appointment ?? ''], other, server.services.now()));
  const rows = await db.selectFrom('note_filings').select('patient').where('note', '=', note.note).execute();
  expect(rows).toEqual([{ patient: other }]);
});

test('nothing of a chart stands in logs, in the audit chain or in what a flow is told', async () => {
  await chart();
  const note = await signed();
  const told = JSON.stringify(await file(note));
  const audit = await server.services.db.selectFrom('audit_entries').select('details').execute();
  for (const text of [told, server.logs.join('\n'), JSON.stringify(audit)])
    expect(text).not.toMatch(/Abernathy|Quillon|P-1001|118 degrees|Stairs/);
});
