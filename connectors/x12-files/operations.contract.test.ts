// Files to and from a clearinghouse, over a folder and over SFTP, with its faults on: nothing lost, nothing half read, nothing twice.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WrittenSet } from '../../domain/x12/writer.ts';
import { writeInterchange } from '../../domain/x12/writer.ts';
import type { ConnectorContext, Outcome } from '../connector.ts';
import { writeForConnection } from './envelope.ts';
import type { FilesFetch } from './fetch.ts';
import { x12FilesOperations } from './operations.ts';
import type { TestClearinghouse, Transport } from './testing/clearinghouse.ts';
import { startClearinghouse } from './testing/clearinghouse.ts';

const send = x12FilesOperations['x12Files.send'];
const fetchFiles = x12FilesOperations['x12Files.files.fetch'];
const acknowledgments = x12FilesOperations['x12Files.acknowledgments'];
const fetchClaims = x12FilesOperations['x12Files.claims.fetch'];
const connectionTest = x12FilesOperations['x12Files.connection.test'];

let house: TestClearinghouse;
afterEach(() => house.stop());

function done<Result>(outcome: Outcome<Result>): Result {
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return outcome.result;
}

/** An 837P with one claim, enough for a clearinghouse to acknowledge. Every value is made up. */
const claim = (control: string): WrittenSet => ({
  type: '837',
  version: '005010X222A1',
  control,
  segments: [
    ['BHT', '0019', '00', `REF${control}`, '20261121', '1200', 'CH'],
    ['NM1', '41', '2', 'STRIDE TEST CLINIC', '', '', '', '', '46', 'CLINIC'],
    ['NM1', '40', '2', 'SUNRISE MEDICARE', '', '', '', '', '46', 'SUNRISE'],
    ['HL', '1', '', '20', '1'],
    ['NM1', '85', '2', 'STRIDE TEST CLINIC', '', '', '', '', 'XX', '1999999984'],
    ['HL', '2', '1', '22', '0'],
    ['NM1', 'IL', '1', 'FENWICK-TEST', 'ORLA', '', '', '', 'MI', 'SMA900100200'],
    ['CLM', 'CLAIM1', '120', '', '', ['11', 'B', '1']],
  ],
});

const written = (context: ConnectorContext): Promise<string> => writeForConnection(context, '837', [claim]);

async function sent(): Promise<string> {
  const interchange = await written(house.context());
  done(await send.run(house.context(), { interchange }));
  return interchange;
}

const fetched = async (confirmed: readonly string[] = []): Promise<FilesFetch> =>
  done(await fetchFiles.run(house.context(), { confirmed }));

const kindsOf = ({ files }: FilesFetch) => files.map(({ kinds }) => kinds.join('+')).sort();

/** A remittance as a payer leaves it, whole. */
function remittance(control: number, amount = '0'): string {
  const party = { qualifier: 'ZZ', id: 'PAYER' };
  return writeInterchange(
    {
      sender: party,
      receiver: { qualifier: 'ZZ', id: 'CLINIC' },
      groupSender: 'PAYER',
      groupReceiver: 'CLINIC',
      groupCode: 'HP',
      interchangeControl: control,
      groupControl: control,
      date: '2026-11-21',
      time: '1200',
      usage: 'test',
      acknowledge: false,
    },
    [
      {
        type: '835',
        version: '005010X221A1',
        control: '0001',
        segments: [
          ['BPR', 'H', amount, 'C', 'NON'],
          ['TRN', '1', `CHECK${control}`, '1999999999'],
        ],
      },
    ],
  );
}

describe.each<Transport>(['folder', 'sftp'])('over %s', (transport) => {
  beforeEach(async () => {
    house = await startClearinghouse(transport);
  });

  test('what is sent lies in the outbox whole, under its control number, and an inquiry finds it after it was picked up', async () => {
    const interchange = await written(house.context());
    const outcome = await send.run(house.context(), { interchange });
    expect(outcome).toEqual({ kind: 'done', result: { control: '000000001', kind: '837' } });
    expect(house.names('outbox')).toEqual(['837-000000001.x12']);
    expect(house.text('outbox', '837-000000001.x12')).toBe(interchange);
    house.sweep();
    expect(house.names('outbox')).toEqual([]);
    expect(await send.inquire(house.context(), { interchange })).toMatchObject({ kind: 'found' });
  });

  test('sent twice, one after the other or at once, the clearinghouse gets one file', async () => {
    const interchange = await written(house.context());
    await Promise.all([1, 2, 3].map(() => send.run(house.context(), { interchange })));
    house.sweep();
    expect(await send.run(house.context(), { interchange })).toMatchObject({ kind: 'done' });
    house.sweep();
    expect(house.store.journal().map(({ control }) => control)).toEqual(['000000001']);
  });

  test('the claims of the billing software come in by themselves, until they are confirmed; without such a folder none do', async () => {
    const root = transport === 'folder' ? house.store.root : '';
    mkdirSync(join(house.store.root, 'claims'));
    const context = house.context({ config: { claims: `${root}/claims` } });
    const interchange = await written(context);
    writeFileSync(join(house.store.root, 'claims', 'monday.837'), interchange);
    house.leave('era.835', remittance(7));
    const first = done(await fetchClaims.run(context, { confirmed: [] }));
    expect(first.files.map(({ kinds, text }) => [kinds, text])).toEqual([[['other'], interchange]]);
    expect(done(await fetchClaims.run(context, { confirmed: [] })).files).toHaveLength(1);
    const confirmed = first.files.map(({ sha256 }) => sha256);
    expect(done(await fetchClaims.run(context, { confirmed })).files).toEqual([]);
    expect(kindsOf(done(await fetchFiles.run(context, { confirmed: [] })))).toEqual(['835']);
    expect(await fetchClaims.run(house.context(), { confirmed: [] })).not.toMatchObject({ result: { files: [{}] } });
  });

  test('another text under a control number that was used is refused', async () => {
    const interchange = await sent();
    house.sweep();
    const other = interchange.replace('CLAIM1', 'CLAIM2');
    expect(await send.run(house.context(), { interchange: other })).toMatchObject({
      kind: 'rejected',
      code: 'state.conflict',
    });
    house.sweep();
    expect(house.store.journal()).toHaveLength(1);
  });

  test('what is not one whole interchange is not sent', async () => {
    const interchange = await written(house.context());
    for (const broken of ['', 'hello', interchange.slice(0, -20), interchange + interchange])
      expect(await send.run(house.context(), { interchange: broken })).toMatchObject({
        kind: 'rejected',
        code: 'input.invalid',
      });
    expect(house.names('outbox')).toEqual([]);
  });

  test('what was sent is acknowledged: accepted, refused as an envelope, refused in its group', async () => {
    await sent();
    house.sweep();
    house.fail({ fault: 'ta1Rejected' });
    await sent();
    house.sweep();
    house.fail({ fault: '999Rejected' });
    await sent();
    house.sweep();
    await sent();
    const { interchanges } = done(await acknowledgments.run(house.context(), {}));
    const byControl = interchanges.toSorted((a, b) => (a.control < b.control ? -1 : 1));
    expect(byControl.map(({ control, status }) => [control, status])).toEqual([
      ['000000001', 'accepted'],
      ['000000002', 'rejected'],
      ['000000003', 'rejected'],
      ['000000004', 'pending'],
    ]);
    expect(byControl[0]).toMatchObject({
      kind: '837',
      ta1: { code: 'A', note: '000' },
      groups: [{ control: '1', code: 'A', transactions: [{ control: '0001', code: 'A', reasons: [] }] }],
    });
    expect(byControl[1]).toMatchObject({ ta1: { code: 'R', note: '022' }, groups: [{ code: null }] });
    expect(byControl[2]?.groups[0]).toMatchObject({ code: 'R', transactions: [{ code: 'R', reasons: ['5'] }] });
  });

  test('an acknowledgment of another number is not taken for ours', async () => {
    house.fail({ fault: 'wrongControl' });
    await sent();
    house.sweep();
    const { interchanges } = done(await acknowledgments.run(house.context(), {}));
    expect(interchanges).toMatchObject([{ control: '000000001', ta1: null, status: 'pending' }]);
  });

  test('files are told apart by what they hold, handed out until they are confirmed, and never again', async () => {
    await sent();
    house.sweep();
    house.leave('REMIT ORLA FENWICK.835', remittance(7));
    house.leave('notice.txt', 'The payer list changes on Monday.\n');
    const first = await fetched();
    expect(kindsOf(first)).toEqual(['277CA', '835', '999', 'TA1', 'other']);
    expect(first).toMatchObject({ duplicates: 0, waiting: 0, unreadable: 0, more: false });
    expect(JSON.stringify({ ...first, files: first.files.map(({ text: _, ...file }) => file) })).not.toContain('ORLA');
    expect(house.names('inbox')).toEqual([]);
    expect(kindsOf(await fetched())).toEqual(kindsOf(first));
    const [one, ...others] = first.files.map(({ sha256 }) => sha256);
    expect((await fetched(one === undefined ? [] : [one])).files.map(({ sha256 }) => sha256).sort()).toEqual(
      others.sort(),
    );
    expect((await fetched(others)).files).toEqual([]);
    expect(house.names('archive/received')).toHaveLength(5);
  });

  test('the same bytes under another name are taken once', async () => {
    house.leave('a.835', remittance(7));
    const [first] = (await fetched()).files;
    house.leave('b.835', remittance(7));
    house.leave('c.835', remittance(8));
    const second = await fetched(first === undefined ? [] : [first.sha256]);
    expect(second).toMatchObject({ duplicates: 1 });
    expect(second.files).toHaveLength(1);
    expect(house.names('inbox')).toEqual([]);
  });

  test('a file that is still being written stays where it is until its end is there', async () => {
    const text = remittance(7);
    house.leave('a.835', text.slice(0, 150));
    expect(await fetched()).toMatchObject({ files: [], waiting: 1 });
    house.leave('a.835', text);
    const { files, waiting } = await fetched();
    expect([waiting, files.map((file) => file.text)]).toEqual([0, [text]]);
  });

  test('a file that grows between two looks is not taken, however whole it is', async () => {
    house.leave('a.835', remittance(7));
    const growing = fetchFiles.run(house.context({ config: { settleSeconds: 1.5 } }), {});
    await new Promise((resolve) => setTimeout(resolve, 700));
    house.leave('a.835', remittance(7) + remittance(8));
    expect(done(await growing)).toMatchObject({ files: [], waiting: 1 });
    expect((await fetched()).files.map(({ text }) => text)).toEqual([remittance(7) + remittance(8)]);
  });

  test('a file with a ready marker is taken at once, and the marker with it', async () => {
    house.leave('a.835', remittance(7));
    house.leave('a.835.done', '');
    const context = house.context({ config: { settleSeconds: 30 } });
    expect(done(await fetchFiles.run(context, {})).files).toHaveLength(1);
    expect(house.names('inbox')).toEqual([]);
  });

  test('a file whose end never comes is handed out as damaged after its time', async () => {
    house.leave('a.835', remittance(7).slice(0, 150));
    expect(await fetched()).toMatchObject({ waiting: 1 });
    house.pass(601_000);
    const { files } = await fetched();
    expect(files[0]?.findings.map(({ code }) => code)).toContain('truncated');
  });

  test('ten who fetch at once take each file once', async () => {
    for (let control = 1; control <= 12; control += 1) house.leave(`${control}.835`, remittance(control));
    const all = await Promise.all(Array.from({ length: 10 }, () => fetched()));
    expect(house.names('inbox')).toEqual([]);
    expect(house.names('archive/new')).toHaveLength(12);
    const last = await fetched();
    expect(new Set(last.files.map(({ sha256 }) => sha256)).size).toBe(12);
    expect(
      all.flatMap(({ files }) => files).every(({ sha256 }) => last.files.some((file) => file.sha256 === sha256)),
    ).toBe(true);
  });

  test('a file that somebody moved out of the inbox and died is sorted by the next one', async () => {
    mkdirSync(join(house.store.root, 'archive/taking'), { recursive: true });
    writeFileSync(join(house.store.root, 'archive/taking/0123456789abcdef.x12'), remittance(7));
    expect((await fetched()).files).toHaveLength(1);
  });

  test('the connection test says what it found and leaves nothing behind', async () => {
    house.leave('a.835', remittance(7));
    expect(await connectionTest.run(house.context(), {})).toMatchObject({
      kind: 'done',
      result: { facts: [{ label: 'Transport' }, { value: '1' }, { value: '0' }, { value: 'test' }] },
    });
    expect(house.names('outbox')).toEqual([]);
  });

  test.each(['inbox', 'outbox', 'archive'])(
    'the connection test names the folder that is wrong: %s',
    async (folder) => {
      const config = { [folder]: '/nowhere/else' };
      const outcome = await connectionTest.run(house.context({ config }), {});
      const made = folder === 'archive' && transport === 'folder' && outcome.kind === 'done';
      if (!made)
        expect(outcome).toMatchObject({ kind: 'rejected', code: 'file.unreadable', reasons: [{ field: folder }] });
    },
  );
});
