// What messages of HL7 v2 mean, event by event: patients, coverages, merges and visits; and what is told where they cannot be used.
import { describe, expect, test } from 'vitest';
import { placeUntold } from '../pt-records/rows.ts';
import { header, message, pid } from './testing/messages.ts';
import { only, read } from './testing/read.ts';

const coverage = 'IN1|1|^Harbor Choice PPO|HH01|Harbor Health|||||GRP1||||20260101|||||SEL|||||1||||||||||||||HBR123';
// IN1 by field: 8 group, 12 from, 17 relationship, 22 priority, 36 member id.
const in1 = (fields: Readonly<Record<number, string>>): string =>
  ['IN1', ...Array.from({ length: 49 }, (_, index) => fields[index + 1] ?? '')].join('|');
const primary = in1({
  1: '1',
  2: '^Harbor Choice PPO',
  4: 'Harbor Health',
  8: 'GRP1',
  12: '20260101',
  17: 'SEL',
  22: '1',
  36: 'HBR123',
});

const patients = (segments: readonly string[], own = {}) =>
  only(read(message(header('ADT^A08'), ...segments), own), 'patients');

describe('patients', () => {
  test('a patient with two coverages is two rows', () => {
    const second = in1({ 1: '2', 4: 'Nobody Knows', 17: 'SPO', 49: 'NK7' });
    const pv1 = 'PV1|1|O|||||1999999984^Quill^Dana|12^Ortega^Sam~1999999968^Ortega^Sam';
    const found = patients([pid, pv1, 'DG1|1||M25.561^^I10', 'DG1|2||R26.2', 'GT1|1||X', primary, second]);
    expect(found.rows).toMatchObject([
      {
        recordNumber: 'PT10001',
        name: { given: 'Orla', family: 'Fenwick-Test' },
        birthDate: '1958-03-14',
        gender: 'female',
        contact: { phone: '303-555-0101', email: 'orla@example.org' },
        address: { line: '12 Elm St', city: 'Denver', state: 'CO', postalCode: '80202' },
        coverage: {
          payerId: 'harbor-health',
          memberId: 'HBR123',
          groupNumber: 'GRP1',
          planName: 'Harbor Choice PPO',
          relationship: 'self',
          order: 'primary',
          from: '2026-01-01',
          to: null,
        },
        renderingProvider: { name: 'Dana Quill', npi: '1999999984' },
        referringProvider: { name: 'Sam Ortega' },
        diagnoses: [{ code: 'M25.561' }, { code: 'R26.2' }],
      },
      { coverage: { payerId: null, memberId: 'NK7', relationship: 'spouse', order: 'secondary' } },
    ]);
    expect(found.problems).toEqual([{ row: 8, column: 'IN1-4', reason: 'unknown payer', rejected: false }]);
    expect(found.asOf).toBe('2026-11-18T16:30:00.000Z');
    expect(found.id).toMatch(/^[0-9a-f]{64}$/);
  });

  test('the legal name, the mobile telephone and the home address come before others', () => {
    const odd =
      'PID|1||7||Nick^Name^^^^^N~Real^Name^^^^^L||1958|X|||1 Work Rd^^Denver^CO^80202^^B~2 Home St^Apt 4^Denver^CO^80203^^H||^PRN^PH^^^303^5550101~^ORN^CP^^^303^5550102';
    expect(patients([odd]).rows).toMatchObject([
      {
        name: { given: 'Name', family: 'Real' },
        birthDate: null,
        gender: 'other',
        contact: { phone: '(303) 555-0102', email: null },
        address: { line: '2 Home St, Apt 4', postalCode: '80203' },
        coverage: null,
      },
    ]);
    expect(patients([odd]).problems).toEqual([{ row: 2, column: 'PID-7', reason: 'not a date', rejected: false }]);
  });

  test('"" is null, as HL7 means it', () => {
    const [row] = patients(['PID|1||7||A^B||""|""|||""||""', primary.replace('GRP1', '""')]).rows;
    expect(row).toMatchObject({
      birthDate: null,
      gender: 'unknown',
      address: null,
      contact: { phone: null, email: null },
      coverage: { groupNumber: null },
    });
  });

  test('the number of the clinic is chosen by authority and type, else only where there is no choice', () => {
    const number = (identifiers: string, identifier?: object): string | null => {
      const found = patients([`PID|1||${identifiers}||A^B`], identifier === undefined ? {} : { identifier });
      return found.rows[0]?.recordNumber ?? found.problems.map(({ column, reason }) => `${column} ${reason}`).join();
    };
    const several = '1^^^HIE^EE~2^^^PTSYS&1.2.3&ISO^MR~3^^^OTHER^XX';
    expect(number(several, { authority: 'ptsys' })).toBe('2');
    expect(number(several, { type: 'XX' })).toBe('3');
    expect(number(several, { authority: 'NONE' })).toBe('PID-3 not in the form expected');
    expect(number(several)).toBe('2');
    expect(number('9')).toBe('9');
    expect(number('1^^^A~2^^^B')).toBe('PID-3 not in the form expected');
    expect(number('""')).toBe('PID-3 empty');
  });

  test('a coverage without a payer is left out, not the patient; the fourth is told', () => {
    const found = patients([pid, in1({ 1: '1' }), in1({ 1: '4', 4: 'Harbor Health' }), coverage.replace('|HH01', '|')]);
    expect(found.rows).toHaveLength(1);
    expect(found.problems.filter(({ rejected }) => rejected).map(({ row, column }) => [row, column])).toEqual([
      [3, 'IN1-4'],
      [4, 'IN1-22'],
    ]);
  });

  test('words of the clinic come before the usual ones, unknown ones are told', () => {
    const words = { gender: { female: ['Weiblich'] }, relationship: { child: ['KID'] } };
    const found = patients(['PID|1||7||A^B|||Weiblich', primary.replace('|SEL|', '|KID|')], { words });
    expect(found.rows).toMatchObject([{ gender: 'female', coverage: { relationship: 'child' } }]);
    expect(patients(['PID|1||7||A^B|||Weiblich']).problems).toEqual([
      { row: 2, column: 'PID-8', reason: 'unknown word', rejected: false },
    ]);
  });

  test('merged patients and deleted ones are gone, and stay so within the piece only until they are told of again', () => {
    const merge = [header('ADT^A40'), pid, 'MRG|PT7^^^PTSYS^MR', 'PID|1||PT3^^^^MR||A^B', 'MRG|PT4'];
    expect(read(message(...merge)).gone).toEqual([
      { of: 'patient', id: 'PT7', mergedInto: 'PT10001' },
      { of: 'patient', id: 'PT4', mergedInto: 'PT3' },
    ]);
    const removed = message(header('ADT^A28'), pid, header('ADT^A29', { id: '2' }), pid);
    expect(read(removed)).toMatchObject({
      gone: [{ of: 'patient', id: 'PT10001', mergedInto: null }],
      deliveries: [{ kind: 'patients', rows: [] }],
    });
    const back = Buffer.concat([removed, message(header('ADT^A28', { id: '3' }), pid)]);
    expect(read(back)).toMatchObject({ gone: [], deliveries: [{ rows: [{ recordNumber: 'PT10001' }] }] });
    expect(only(read(message(header('ADT^A40'), pid)), 'patients').problems).toMatchObject([
      { column: 'MRG', reason: 'segment missing' },
    ]);
  });

  test('what is told twice counts once, and what changed is as it was told last', () => {
    const piece = read(
      message(header('ADT^A28'), pid, header('ADT^A31'), pid, header('ADT^A31'), pid.replace('Orla', 'Ora')),
    );
    expect(only(piece, 'patients')).toMatchObject({ duplicates: 1, rows: [{ name: { given: 'Ora' } }] });
  });
});

describe('visits', () => {
  const sch = (start: string, more: { status?: string; ids?: string } = {}): string =>
    `SCH|${more.ids ?? 'P1|F1'}||||||^Follow-up|||^^^${start}||||||||||||||${more.status ?? ''}`;
  const visits = (event: string, segments: readonly string[], own = {}) =>
    read(message(header(`SIU^${event}`), ...segments), own);
  const rows = (event: string, segments: readonly string[], own = {}) =>
    only(visits(event, segments, own), 'appointments');

  test.each([
    ['S12', '', 'booked'],
    ['S12', 'Confirmed', 'booked'],
    ['S14', 'Checked Out', 'arrived'],
    ['S14', 'NOSHOW', 'missed'],
    ['S15', '', 'cancelled'],
    ['S26', 'Booked', 'missed'],
  ])('%s with the status "%s" is %s', (event, status, told) => {
    expect(rows(event, [sch('202611180930', { status }), pid]).rows).toMatchObject([{ status: told }]);
  });

  test.each([
    ['20261118093000', '2026-11-18', '09:30', '2026-11-18T16:30:00.000Z'],
    ['20261118093000-0500', '2026-11-18', '07:30', '2026-11-18T14:30:00.000Z'],
    ['20261118033000+0000', '2026-11-17', '20:30', '2026-11-18T03:30:00.000Z'],
    ['20261118', '2026-11-18', null, null],
  ])('a start told as %s is on the clinic’s clocks', (start, date, time, startsAt) => {
    expect(rows('S12', [sch(start), pid]).rows).toEqual([
      {
        appointmentId: 'F1',
        recordNumber: 'PT10001',
        date,
        time,
        startsAt,
        status: 'booked',
        type: 'Follow-up',
        units: null,
        ...placeUntold,
      },
    ]);
  });

  test('who treats, in which room and for how long stand beside the visit; hours are no minutes', () => {
    const aip = 'AIP|1||T7^Quill^Dana^^^^PT';
    const ail = 'AIL|1||GYM^Room 2^^Mesa Falls';
    const timed = (units: string): string => sch('202611180930').replace('^Follow-up|||', `^Follow-up|45|${units}|`);
    expect(rows('S12', [timed('min'), pid, aip, ail]).rows).toMatchObject([
      { therapist: { id: 'T7', name: 'Dana Quill' }, room: 'Room 2', location: 'Mesa Falls', minutes: 45 },
    ]);
    expect(rows('S12', [timed('hr'), pid]).rows).toMatchObject([{ therapist: null, minutes: null }]);
    expect(rows('S12', [sch('202611180930'), pid, 'AIS|1||V^Visit||||30|min']).rows).toMatchObject([{ minutes: 30 }]);
  });

  test('an hour that does not exist has no instant, and is told', () => {
    const { rows: found, problems } = rows('S12', [sch('202603080230'), pid]);
    expect(found).toMatchObject([{ date: '2026-03-08', time: '02:30', startsAt: null }]);
    expect(problems).toMatchObject([{ column: 'SCH-11', reason: 'time does not exist on that day', rejected: false }]);
  });

  test('a start may stand with the service; the placer’s number is taken where the settings say so', () => {
    const found = rows('S12', [sch(''), pid, 'AIS|1|A|V^Visit|202611180930'], { appointmentId: 'placer' });
    expect(found.rows).toMatchObject([{ appointmentId: 'P1', time: '09:30' }]);
  });

  test('a status nobody knows, a missing start and a missing number leave the visit out and say so', () => {
    const problems = (segments: readonly string[]) =>
      rows('S14', segments).problems.map(({ row, column, reason, rejected }) => [row, column, reason, rejected]);
    expect(problems([sch('202611180930', { status: 'LWBS' }), pid])).toEqual([[2, 'SCH-25', 'unknown word', true]]);
    expect(problems([sch(''), pid])).toEqual([[2, 'SCH-11', 'empty', true]]);
    expect(problems([sch('202611180930', { ids: '|' }), pid])).toEqual([[2, 'SCH-2', 'empty', true]]);
    expect(problems([pid])).toEqual([[1, 'SCH', 'segment missing', true]]);
  });

  test('a deleted visit was booked by mistake: it is gone', () => {
    expect(visits('S17', [sch('202611180930'), pid]).gone).toEqual([{ of: 'appointment', id: 'F1', mergedInto: null }]);
  });
});
