// What messages of HL7 v2 mean, event by event: charges, notes and scores, and what is answered to each.
import { describe, expect, test } from 'vitest';
import { judge } from './acknowledgment.ts';
import { clinicWords, header, message, pid, settingsOf } from './testing/messages.ts';
import { only, read } from './testing/read.ts';

describe('charges, notes and scores', () => {
  const ft1 = (fields: Readonly<Record<number, string>>): string =>
    ['FT1', ...Array.from({ length: 26 }, (_, index) => fields[index + 1] ?? '')].join('|');
  const line = {
    1: '1',
    2: 'C1',
    4: '20261118',
    6: 'CG',
    10: '2',
    11: '90.50&USD',
    25: '97110^Exercise^C4',
    26: 'gp~59',
  };
  const charges = (...lines: readonly string[]) => only(read(message(header('DFT^P03'), pid, ...lines)), 'charges');

  test('every line charged is a row, in cents', () => {
    const each = { ...line, 2: 'C2', 11: '', 12: '45.25', 25: '', 7: '97140' };
    expect(charges(ft1(line), ft1(each)).rows).toEqual([
      {
        chargeId: 'C1',
        recordNumber: 'PT10001',
        date: '2026-11-18',
        code: '97110',
        modifiers: ['GP', '59'],
        units: 2,
        chargeCents: 9050,
      },
      expect.objectContaining({ chargeId: 'C2', code: '97140', units: 2, chargeCents: 9050 }),
    ]);
  });

  test('a credit takes its charge back; one for a charge that is not here is told, as is a payment', () => {
    const credit = ft1({ ...line, 6: 'CD' });
    const taken = read(message(header('DFT^P03'), pid, ft1(line), credit));
    expect(taken.deliveries).toMatchObject([{ rows: [], problems: [] }]);
    expect(charges(credit, ft1({ ...line, 6: 'PY' })).problems).toMatchObject([
      { column: 'FT1-6', reason: 'withdrawn', rejected: true },
      { column: 'FT1-6', reason: 'unknown word', rejected: true },
    ]);
  });

  test('amounts and counts that are none read as unknown, a day or a code that is none leaves the line out', () => {
    const found = charges(ft1({ ...line, 10: '1.5', 11: 'much' }), ft1({ ...line, 4: '2026', 25: '' }));
    expect(found.rows).toMatchObject([{ units: null, chargeCents: null }]);
    expect(found.problems.map(({ column, rejected }) => [column, rejected])).toEqual([
      ['FT1-10', false],
      ['FT1-11', false],
      ['FT1-4', true],
      ['FT1-25', true],
    ]);
  });

  const txa = (fields: Readonly<Record<number, string>>): string =>
    ['TXA', ...Array.from({ length: 22 }, (_, index) => fields[index + 1] ?? '')].join('|');
  const signed = {
    1: '1',
    2: 'PN^Progress',
    4: '202611180930',
    9: '^Quill^Dana^^^^PT',
    12: 'N1',
    17: 'LA',
    22: '^Quill^Dana^^^^^^^^^^^^20261119120000',
  };
  const notes = (event: string, ...segments: readonly string[]) =>
    only(read(message(header(`MDM^${event}`), pid, ...segments)), 'notes');

  test('a note exists: its kind, its day, whether signed; what it says stays outside', () => {
    const found = notes('T02', txa(signed), 'OBX|1|TX|N||Patient cannot climb stairs.');
    expect(found.rows).toEqual([
      {
        noteId: 'N1',
        recordNumber: 'PT10001',
        date: '2026-11-18',
        kind: 'progress',
        signedOn: '2026-11-19',
        clinicianName: 'Dana Quill',
        credential: 'PT',
      },
    ]);
    expect(JSON.stringify(found)).not.toContain('stairs');
  });

  test('a note that is not authenticated is not signed, one of an unknown kind is another', () => {
    expect(notes('T04', txa({ ...signed, 17: 'IP' })).rows).toMatchObject([{ signedOn: null }]);
    const odd = notes('T02', txa({ ...signed, 2: 'XYZ', 22: '' }));
    expect(odd.rows).toMatchObject([{ kind: 'other', signedOn: null }]);
    expect(odd.problems.map(({ column, reason }) => [column, reason])).toEqual([
      ['TXA-2', 'unknown word'],
      ['TXA-22', 'empty'],
    ]);
  });

  test('a cancelled note is no note; one taken earlier is told', () => {
    const both = message(header('MDM^T02'), pid, txa(signed), header('MDM^T11'), pid, txa(signed));
    expect(only(read(both), 'patients')).toMatchObject({ rows: [], problems: [] });
    expect(notes('T11', txa(signed)).problems).toMatchObject([{ column: 'TXA-12', reason: 'withdrawn' }]);
  });

  test('scores of outcome measures are rows, other results are not looked at, notes in a result are notes', () => {
    const obr = 'OBR|1||R1|DN^Daily Note|||202611180930|||||||||||||||202611181800|||F|||||||&Quill&Dana&&&&PT';
    const bytes = message(
      header('ORU^R01'),
      pid,
      'OBR|1||R0|OUT^Outcomes|||20261101',
      'OBX|1|NM|1^LEFS^L||41||||||F|||20261112',
      'OBX|2|SN|72514-3^Pain^LN||^6||||||F',
      'OBX|3|NM|NDI||many||||||F',
      'OBX|4|NM|ODI||20||||||P|||20261112',
      'OBX|5|TX|TEXT||Sleeps badly.||||||F',
      obr.replace('OBR|1|', 'OBR|2|'),
      'OBR|3||R2|LAB^Something',
    );
    const piece = read(bytes);
    expect(only(piece, 'outcomes')).toMatchObject({
      rows: [
        { recordNumber: 'PT10001', measure: 'LEFS', score: 41, date: '2026-11-12' },
        { measure: 'NPRS', score: 6, date: '2026-11-01' },
      ],
      problems: [
        { row: 6, column: 'OBX-5', reason: 'not a number', rejected: true },
        { row: 7, column: 'OBX-11', reason: 'not final', rejected: true },
        { row: 10, column: 'OBR-4', reason: 'unknown word', rejected: true },
      ],
    });
    expect(only(piece, 'notes').rows).toEqual([
      {
        noteId: 'R1',
        recordNumber: 'PT10001',
        date: '2026-11-18',
        kind: 'daily',
        signedOn: '2026-11-18',
        clinicianName: 'Dana Quill',
        credential: 'PT',
      },
    ]);
    // Two kinds in one piece: each delivery is known by an id of its own.
    expect(new Set(piece.deliveries.map(({ id }) => id)).size).toBe(2);
    expect(JSON.stringify(piece)).not.toContain('badly');
  });
});

describe('what is answered', () => {
  const answer = (bytes: Buffer, own = {}) => {
    const { code, errors } = judge(bytes, settingsOf(own), clinicWords);
    return [code, ...errors.map((error) => `${error.code} ${error.segment ?? ''}-${error.field ?? ''}`)];
  };

  test('stored, of no use, or refused, with the code of table 0357 and the field', () => {
    expect(answer(message(header('ADT^A28'), pid))).toEqual(['AA']);
    expect(answer(message(header('ADT^A28'), 'PID|1||||A^B'))).toEqual(['AE', '101 PID-3']);
    expect(answer(message(header('ADT^A03'), pid))).toEqual(['AR', '201 MSH-9']);
    expect(answer(message(header('ZZZ^Z01'), pid))).toEqual(['AR', '201 MSH-9']);
    expect(answer(message(header('ADT^A28').replace('|P|', '|T|'), pid))).toEqual(['AR', '202 MSH-11']);
    expect(answer(message(header('ADT^A28').replace('|P|', '|T|'), pid), { processing: ['P', 'T'] })).toEqual(['AA']);
    expect(answer(message(header('ADT^A28').replace('2.5.1', '3.0'), pid))).toEqual(['AR', '203 MSH-12']);
    expect(answer(message(header('ADT^A28'), pid), { sendingApplications: ['WEBPT'] })).toEqual(['AR', '207 MSH-3']);
    expect(answer(Buffer.from('hello'))).toEqual(['AR', '100 -']);
    expect(answer(message(header('ADT^A28'), pid, header('ADT^A28'), pid))).toEqual(['AR', '100 MSH-']);
  });

  test('an event nobody reads is counted and told by its line', () => {
    const piece = read(message(header('ADT^A28'), pid, header('ADT^A03'), pid));
    expect(piece.unrecognised).toBe(1);
    expect(only(piece, 'patients')).toMatchObject({
      rows: [{ recordNumber: 'PT10001' }],
      problems: [{ row: 3, column: 'MSH-9', reason: 'unknown event', rejected: true }],
    });
  });
});
