// HL7 v2 as bytes: own delimiters, escapes, character sets, line ends and batches; what is written is what is read, and nothing throws.
import fc from 'fast-check';
import { Message as OtherMessage } from 'node-hl7-client';
import { describe, expect, test } from 'vitest';
import { buildMessage } from './build-message.ts';
import { splitFile } from './batch.ts';
import { usualDelimiters } from './delimiters.ts';
import { judge } from './acknowledgment.ts';
import { fieldOf, parseMessage } from './message.ts';
import type { Message } from './message.ts';
import { readMessage } from './read-message.ts';
import { clinicWords, header, message, settingsOf } from './testing/messages.ts';
import { readTimestamp } from './timestamps.ts';

function parsed(bytes: Uint8Array): Message {
  const { message: found } = parseMessage(bytes);
  if (found === null) throw new Error('no message');
  return found;
}

/** All components of a field of the segment at `index`, subcomponents joined by a slash. */
function components(bytes: Uint8Array, index: number, field: number): string[][] {
  const found = parsed(bytes);
  const segment = found.segments[index];
  if (segment === undefined) throw new Error('no segment');
  return fieldOf(found, segment, field).map((one) => one.map((part) => part.join('/')));
}

describe('what is written is what is read', () => {
  const text = fc.string({ unit: fc.constantFrom(...'aZ9 ^~\\&|é\r\n\t中"\v\u001c#.'), maxLength: 12 });
  // What ends empty is not written: trailing delimiters say nothing.
  const full = text.filter((one) => one !== '');
  const component = fc.oneof(full, fc.array(full, { minLength: 2, maxLength: 3 }));
  const repetition = fc.array(component, { minLength: 1, maxLength: 4 });
  const fields = fc.array(fc.array(repetition, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });
  const delimiters = fc.constantFrom(
    usualDelimiters,
    { ...usualDelimiters, truncation: '#' },
    { field: '!', component: '+', repetition: '?', escape: '$', subcomponent: ']', truncation: null },
  );

  test('any text in any part, with any delimiters', () => {
    fc.assert(
      fc.property(fields, delimiters, (values, cut) => {
        const numbered = Object.fromEntries(values.map((repeated, index) => [index + 1, { repeated }]));
        const built = buildMessage(
          [
            { name: 'MSH', fields: { 9: 'ADT', 10: '1' } },
            { name: 'ZZ1', fields: numbered },
          ],
          cut,
        );
        const found = parsed(Buffer.from(built));
        const segment = found.segments[1];
        if (segment === undefined) throw new Error('no segment');
        const list = (one: string | string[]): string[] => (typeof one === 'string' ? [one] : one);
        expect(values.map((_, index) => fieldOf(found, segment, index + 1))).toEqual(
          values.map((repeated) => repeated.map((one) => one.map(list))),
        );
        // Reading and writing once more changes nothing.
        const again = Object.fromEntries(
          values.map((_, index) => [index + 1, { repeated: fieldOf(found, segment, index + 1) }]),
        );
        expect(
          buildMessage(
            [
              { name: 'MSH', fields: { 9: 'ADT', 10: '1' } },
              { name: 'ZZ1', fields: again },
            ],
            cut,
          ),
        ).toBe(built);
      }),
      { numRuns: 300 },
    );
  });

  test('another implementation reads what is written, field by field', () => {
    const odd = 'O|Br^ien & Söhne~\\x';
    const built = buildMessage([
      { name: 'MSH', fields: { 3: 'GAIT', 9: ['ADT', 'A28'], 10: 'M1', 11: 'P', 12: '2.5.1' } },
      { name: 'PID', fields: { 3: { repeated: [['1', null, null, ['A', 'B']], ['2']] }, 5: [odd, 'Given'] } },
    ]);
    const other = new OtherMessage({ text: built });
    expect(other.get('MSH.9.2').toString()).toBe('A28');
    expect(other.get('PID.5.1').toString()).toBe(odd);
    expect(other.get('PID.3').get(1).toString()).toBe('2');
    expect(other.get('PID.3').get(0).get(3).get(1).toString()).toBe('B');
  });
});

describe('what interfaces send', () => {
  const nte = (text: string): string[][] => components(message(header('ADT^A28'), `NTE|1||${text}`), 1, 3);

  test.each([
    ['a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f', 'a|b^c&d~e\\f'],
    ['one\\.br\\two', 'one\ntwo'],
    ['\\H\\bold\\N\\', 'bold'],
    ['caf\\XC3A9\\', 'café'],
    ['a path C:\\temp\\new', 'a path C:\\temp\\new'],
    ['lone \\ and \\XZZ\\ and \\b\\S\\', 'lone \\ and \\XZZ\\ and \\b^'],
  ])('the escapes in %s', (written, read) => {
    expect(nte(written)).toEqual([[read]]);
  });

  test.each(['\r', '\n', '\r\n'])('segments that end with %j', (end) => {
    const bytes = Buffer.from([header('ADT^A28'), 'PID|1||7', 'PV1|1|O'].join(end) + end);
    expect(parsed(bytes).segments.map(({ name, line }) => [name, line])).toEqual([
      ['MSH', 1],
      ['PID', 2],
      ['PV1', 3],
    ]);
  });

  test('a line that is no segment belongs to the text before it, and is told', () => {
    const { message: found, problems } = parseMessage(Buffer.from(`${header('ADT^A28')}\rNTE|1||first\nsecond\rPV1|1`));
    expect(found?.segments.map(({ fields }) => fields[3])).toEqual([expect.anything(), 'first\nsecond', undefined]);
    expect(problems).toEqual([{ row: 3, column: null, reason: 'not in the form expected', rejected: false }]);
  });

  test.each([
    ['|8859/1', 'latin1', []],
    ['|UNICODE UTF-8', 'utf8', []],
    ['', 'utf8', []],
    ['', 'latin1', ['MSH-18']],
    ['|UNICODE UTF-8', 'latin1', ['MSH-18']],
    ['|NONESUCH', 'utf8', ['MSH-18']],
  ] as const)('the character set %j with bytes of %s', (declared, encoding, told) => {
    const head = header('ADT^A28', { rest: `|||||${declared}` });
    const bytes = Buffer.from(`${head}\rPID|1||7||Núñez^Zoë\r`, encoding);
    const { problems } = parseMessage(bytes);
    expect(problems.map(({ column }) => column)).toEqual(told);
    expect(components(bytes, 1, 5)).toEqual([['Núñez', 'Zoë']]);
  });

  test.each(['', 'x', 'PID|1', 'MSH', 'MSH|', 'MSH||||', 'MSH|^^~&|A', 'MSHA^~\\&A', '\u0000\u0000'])(
    'no message: %j',
    (text) => {
      expect(parseMessage(Buffer.from(text))).toMatchObject({
        message: null,
        problems: [{ reason: 'not a message', rejected: true }],
      });
    },
  );

  test('a message with fewer or more delimiters than usual', () => {
    expect(components(Buffer.from('MSH|^|A\rPID|1||a^b~c'), 1, 3)).toEqual([['a', 'b'], ['c']]);
    expect(components(Buffer.from('MSH|^~\\&#|A\rPID|1||a\\P\\b'), 1, 3)).toEqual([['a#b']]);
  });
});

describe('dates are as precise as they are told', () => {
  test.each([
    ['2026', { precision: 'year', date: null }],
    ['202611', { precision: 'month', date: null }],
    ['20261118', { precision: 'day', date: '2026-11-18', time: null }],
    ['2026111809', { precision: 'hour', date: '2026-11-18', time: null }],
    ['202611180930', { precision: 'minute', time: '09:30', offsetMinutes: null }],
    ['20261118093000.1234-0730', { precision: 'second', time: '09:30', offsetMinutes: -450 }],
  ])('%s', (text, found) => {
    expect(readTimestamp(text)).toMatchObject(found);
  });
  test.each(['', '20260230', '2026-11-18', '20261118250000', '20261118096100', 'soon', '20261118+9900'])(
    '%j is none',
    (text) => {
      expect(readTimestamp(text)).toBeNull();
    },
  );
});

describe('files of several messages', () => {
  const one = `${header('ADT^A28')}\rPID|1||1\r`;
  const wrap = (body: string, count: string): Buffer =>
    Buffer.from(`FHS|^~\\&|A\rBHS|^~\\&|A\r${body}BTS|${count}\rFTS|1\r`);

  test('a batch whose trailers count right is its messages, each with its line', () => {
    const { messages, problems } = splitFile(wrap(one + one, '2'));
    expect([messages.map(({ line }) => line), problems]).toEqual([[3, 5], []]);
  });
  test('messages after each other, framed as MLLP frames them, are as many', () => {
    expect(splitFile(Buffer.from(`\v${one}\x1c\r\v${one}\x1c\r`)).messages).toHaveLength(2);
  });
  test('a wrong count is told and loses no message', () => {
    const { messages, problems } = splitFile(wrap(one + one, '3'));
    expect(messages).toHaveLength(2);
    expect(problems).toEqual([{ row: 7, column: 'BTS-1', reason: 'count does not match', rejected: false }]);
  });
  test('a batch without its trailer was cut off: its last message is left out', () => {
    const { messages, problems } = splitFile(Buffer.from(`BHS|^~\\&|A\r${one}${one}`));
    expect(messages).toHaveLength(1);
    expect(problems).toEqual([{ row: 4, column: 'BTS', reason: 'row cut off', rejected: true }]);
  });
  test('lines of no message are told', () => {
    expect(splitFile(Buffer.from('hello\rworld')).problems).toMatchObject([{ row: 1, reason: 'not a message' }]);
    expect(splitFile(Buffer.from('')).problems).toMatchObject([{ row: 0, reason: 'not a message' }]);
  });
});

test('nothing a sender can write makes a reader throw', () => {
  const settings = settingsOf();
  const whole = message(
    header('ORU^R01'),
    'PID|1||7^^^A^MR||A^B||1958',
    'OBR|1||7|LEFS|||20261101',
    'OBX|1|NM|LEFS^x||41||||||F|||20261101',
    'IN1|1|A|B|C',
    'SCH|1|2|||||||||^^^20261118',
  ).toString('latin1');
  const events = ['ADT^A28', 'ADT^A40', 'ADT^A29', 'SIU^S12', 'DFT^P03', 'MDM^T02', 'ORU^R01'];
  const cut = fc.tuple(
    fc.nat({ max: whole.length }),
    fc.nat({ max: 40 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const spoiled = fc.tuple(fc.constantFrom(...events), cut).map(([event, [at, length, put]]) => {
    const text = whole.replace('ORU^R01', event);
    return Buffer.from(text.slice(0, at) + put + text.slice(at + length), 'latin1');
  });
  const random = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  const headed = random.map((bytes) =>
    Buffer.concat([Buffer.from('MSH|^~\\&|A|B|||2026||ADT^A28|1|P|2.5\rPID|'), bytes]),
  );
  fc.assert(
    fc.property(fc.oneof(random, headed, spoiled), (bytes) => {
      const piece = readMessage(bytes, settings, clinicWords, { receivedAt: '2026-11-18T00:00:00.000Z' });
      expect(piece.deliveries.length).toBeGreaterThan(0);
      expect(['AA', 'AE', 'AR']).toContain(judge(bytes, settings, clinicWords).code);
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ['separators', '|'],
  ['escapes', '\\'],
  ['lines', 'x\r'],
  ['coverages', 'IN1|1\r'],
  ['headers', 'MSH\r'],
  ['stamps', '~20261118'],
])('nor can one of %s without end', (_name, unit) => {
  const bytes = Buffer.from(`${header('ADT^A28')}\rPID|1||1||A^B\r${unit.repeat(50_000)}`);
  const piece = readMessage(bytes, settingsOf(), clinicWords, { receivedAt: '2026-11-18T00:00:00.000Z' });
  expect(piece.deliveries.length).toBeGreaterThan(0);
  expect(['AA', 'AE', 'AR']).toContain(judge(bytes, settingsOf(), clinicWords).code);
});
