// A signed note leaves once: as the message its own reader and another library read back, or as a text with its manifest; and what is known in doubt.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Message as OtherMessage } from 'node-hl7-client';
import { afterEach, describe, expect, test } from 'vitest';
import { Receiver } from '../../sandbox/hl7/wire.ts';
import type { ConnectorContext } from '../connector.ts';
import { readMessage } from '../hl7/read-message.ts';
import { clinicWords, settingsOf } from '../hl7/testing/messages.ts';
import { availityContext } from '../testing/context.ts';
import { plainForm } from './note.ts';
import { noteFilings, writeNote } from './operations.ts';
import { filingWay } from './settings.ts';
import { signedNote } from './testing/note.ts';

const cleanups: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const key = 'note.file/not_0000000000000000000001/1';
const contextOf = (config: Readonly<Record<string, unknown>>): ConnectorContext => ({
  ...availityContext({ url: '' }),
  config,
});

describe('over MLLP', () => {
  const over = async (faults: Receiver['faults'] = [], more: object = {}) => {
    const receiver = new Receiver();
    receiver.faults = faults;
    const port = await receiver.start(0);
    cleanups.push(() => receiver.stop());
    return {
      receiver,
      context: contextOf({ hl7: { send: { host: '127.0.0.1', port, timeoutSeconds: 0.3, ...more } } }),
    };
  };

  test.each(['webpt.note.file', 'clinicient.note.file', 'raintree.note.file'] as const)(
    '%s sends MDM^T02 and keeps what the receiver acknowledged it under',
    async (name) => {
      const { receiver, context } = await over();
      const wire = writeNote(context, signedNote, key);
      const outcome = await noteFilings[name].run(context, { wire });
      const controlId = createHash('sha256').update(key).digest('hex').slice(0, 20);
      expect(outcome).toEqual({ kind: 'done', result: { way: 'message', receipt: controlId } });
      expect(receiver.received).toMatchObject([{ event: 'MDM^T02^MDM_T02', controlId, times: 1 }]);
    },
  );

  test('the reader of PT systems reads the same note back: whose, of which day and kind, signed when and by whom', async () => {
    const { receiver, context } = await over();
    await noteFilings['webpt.note.file'].run(context, { wire: writeNote(context, signedNote, key) });
    const [sent] = receiver.received;
    const read = readMessage(sent?.text ?? '', settingsOf(), clinicWords, { receivedAt: '2026-11-18T23:00:00.000Z' });
    expect(read.deliveries).toMatchObject([
      {
        kind: 'notes',
        problems: [],
        rows: [
          {
            noteId: 'not_0000000000000000000001/1',
            recordNumber: 'PT10001',
            date: '2026-11-18',
            kind: 'daily',
            signedOn: '2026-11-18',
            clinicianName: 'Dana Quill',
            credential: 'PT',
          },
        ],
      },
    ]);
  });

  test('every sentence arrives as it was signed, delimiters and all; a section without a sentence is left out', async () => {
    const { receiver, context } = await over();
    await noteFilings['webpt.note.file'].run(context, { wire: writeNote(context, signedNote, key) });
    const text = receiver.received[0]?.text ?? '';
    const message = new OtherMessage({ text });
    const observed = text.split('\r').filter((line) => line.startsWith('OBX|'));
    expect(observed.map((line) => line.split('|')[3])).toEqual([
      'subjective^Subjective^L',
      'objective^Objective^L',
      'signature^Signature^L',
    ]);
    expect(message.get('OBX.5').toString()).toContain('Pain 4 of 10 before & 2 of 10 after.');
    expect(observed[1]).toContain('110 degrees \\F\\ passive \\S\\ end feel \\R\\ firm.~[strength not recorded]');
    expect(observed[2]).toContain('Signed by Dana Quill, PT on 2026-11-18 at 21:15 UTC.');
    expect(observed[2]).toContain('Co-signed by Noor Vale, DPT');
  });

  test("the codes of the system's own stand in TXA-2 where they are set", async () => {
    const { receiver, context } = await over([], { noteTypes: { daily: 'TXNOTE' } });
    await noteFilings['raintree.note.file'].run(context, { wire: writeNote(context, signedNote, key) });
    expect(receiver.received[0]?.text).toContain('TXA|1|TXNOTE^Daily note|TX|20261118|');
  });

  test('a doubtful sending is settled by the repeat where the receiver knows one, and it is applied once', async () => {
    const { receiver, context } = await over([{ fault: 'closeAfterTaking' }], { knowsRepeats: true });
    const wire = writeNote(context, signedNote, key);
    expect(await noteFilings['webpt.note.file'].run(context, { wire })).toMatchObject({ kind: 'uncertain' });
    expect(await noteFilings['webpt.note.file'].inquire(context, { wire })).toMatchObject({ kind: 'found' });
    expect(receiver.received).toMatchObject([{ times: 2 }]);
  });

  test('where it does not know one, nothing is sent again and a person is asked', async () => {
    const { receiver, context } = await over([{ fault: 'noAck' }]);
    const wire = writeNote(context, signedNote, key);
    expect(await noteFilings['webpt.note.file'].run(context, { wire })).toMatchObject({ kind: 'uncertain' });
    expect(await noteFilings['webpt.note.file'].inquire(context, { wire })).toEqual({ kind: 'notFound' });
    expect(receiver.received).toMatchObject([{ times: 1 }]);
  });

  test('a refusal tells its codes and never its words; a closed door is surely nothing sent', async () => {
    const { receiver, context } = await over([{ fault: 'AE' }]);
    const wire = writeNote(context, signedNote, key);
    const refused = await noteFilings['webpt.note.file'].run(context, { wire });
    expect(refused).toMatchObject({ kind: 'rejected', code: 'vendor.rejected' });
    expect(JSON.stringify(refused)).not.toContain('JANE');
    await receiver.stop();
    expect(await noteFilings['webpt.note.file'].run(context, { wire })).toMatchObject({ kind: 'notSent' });
  });
});

describe('into a folder', () => {
  const into = () => {
    const folder = mkdtempSync(join(tmpdir(), 'gait-notes-'));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    return { folder, context: contextOf({ notes: { folder } }) };
  };
  const visible = (folder: string): string[] => readdirSync(folder).filter((name) => !name.startsWith('.'));

  test.each(['prompt.note.file', 'breezyNotes.note.file'] as const)(
    '%s leaves the text and a manifest that proves it, once however often it is asked',
    async (name) => {
      const { folder, context } = into();
      const wire = writeNote(context, signedNote, key);
      const done = await noteFilings[name].run(context, { wire });
      expect(await noteFilings[name].run(context, { wire })).toEqual(done);
      expect(await noteFilings[name].inquire(context, { wire })).toMatchObject({ kind: 'found' });
      const [manifestName = '', textName = ''] = visible(folder).sort();
      expect(visible(folder)).toHaveLength(2);
      const text = readFileSync(join(folder, textName), 'utf8');
      expect(text).toBe(plainForm(signedNote));
      const manifest: unknown = JSON.parse(readFileSync(join(folder, manifestName), 'utf8'));
      expect(manifest).toMatchObject({
        document: signedNote.note,
        patient: { recordNumber: 'PT10001' },
        text: { file: textName, sha256: createHash('sha256').update(text).digest('hex') },
      });
      expect([textName, manifestName].join()).not.toMatch(/Fenwick|PT10001/);
    },
  );

  test('taken by the other side meanwhile, it is still known to have been left, and not left again', async () => {
    const { folder, context } = into();
    const wire = writeNote(context, signedNote, key);
    await noteFilings['prompt.note.file'].run(context, { wire });
    for (const name of visible(folder)) rmSync(join(folder, name));
    expect(await noteFilings['prompt.note.file'].inquire(context, { wire })).toMatchObject({ kind: 'found' });
    await noteFilings['prompt.note.file'].run(context, { wire });
    expect(visible(folder)).toEqual([]);
  });

  test('a folder that is not there leaves nothing, and says so', async () => {
    const context = contextOf({ notes: { folder: '/nowhere/at-all' } });
    const wire = writeNote(context, signedNote, key);
    expect((await noteFilings['prompt.note.file'].run(context, { wire })).kind).toBe('rejected');
  });
});

test('a connection without a way for notes has none, and messages go before files', () => {
  expect(filingWay({ dropFolder: '/drop' })).toBeNull();
  expect(() => writeNote(contextOf({ dropFolder: '/drop' }), signedNote, key)).toThrow('no program may write notes');
  const both = { hl7: { send: { folder: '/out' } }, notes: { folder: '/notes' } };
  expect(filingWay(both)).toEqual({ kind: 'hl7' });
  expect(() => filingWay({ notes: { folder: 'here' } })).toThrow('absolute path');
});
