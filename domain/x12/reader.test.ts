// Files as senders really write them.
import { describe, expect, test } from 'vitest';
import { X12Reader } from './reader.ts';
import { bare, ge, gs, inquiry, isa, iea, latin1, read, shape } from './testing/samples.ts';

const text = inquiry.join('');
const whole = read(text);
const clean = shape(text);

test('an eligibility inquiry is one interchange with one group and one transaction of 13 segments', () => {
  expect(whole).toEqual({
    segments: 17,
    interchanges: [
      {
        control: '000000905',
        sender: 'ZZ:CLINIC',
        receiver: 'ZZ:PAYER',
        version: '00501',
        delimiters: { element: '*', component: ':', repetition: '^', segment: '~' },
        groups: [
          {
            code: 'HS',
            control: '1',
            version: '005010X279A1',
            transactions: [{ type: '270', version: '005010X279A1', control: '0001', segments: 13 }],
          },
        ],
      },
    ],
    ta1: [],
    findings: [],
  });
});

describe('files that are read as they come', () => {
  test.each([
    ['a newline after each segment', inquiry.join('\n')],
    ['a carriage return and a newline after each segment, and some at the end', `${inquiry.join('\r\n')}\r\n\r\n\r\n`],
    ['indented by the loops they stand in', inquiry.join('\n\t  ')],
    ['a newline as the terminator', text.replaceAll('~', '\n')],
    ['a newline as the terminator, and none after the last segment', text.replaceAll('~', '\n').slice(0, -1)],
    ['carriage return and newline as the terminator', text.replaceAll('~', '\r\n')],
    ['carriage return as the terminator', text.replaceAll('~', '\r')],
    [
      'carriage return and newline after the ISA, a newline after every other segment',
      [isa, ...inquiry.slice(1)].join('').replace('~', '\r\n').replaceAll('~', '\n'),
    ],
    ['control characters as delimiters', text.replaceAll('*', '\x1d').replaceAll(':', '\x1f').replaceAll('~', '\x1c')],
    ['blanks behind every terminator', text.replaceAll('~', '~  ')],
    ['leading newlines', `\r\n\r\n${text}`],
    ['the bar as element separator, the backslash as terminator', text.replaceAll('*', '|').replaceAll('~', '\\')],
  ])('%s', (_name, file) => {
    expect(shape(file)).toEqual(clean);
  });

  test('a blank before every terminator is told of the ISA, where it moves the terminator', () => {
    expect(shape(text.replaceAll('~', ' ~'))).toEqual({ ...clean, findings: ['trailing.data'] });
  });

  test('a byte order mark is told of', () => {
    expect(shape(`\uFEFF${text}`)).toEqual({ ...clean, findings: ['encoding'] });
    expect(read(`\uFEFF${text}`).findings[0]).toMatchObject({ severity: 'warning', offset: 0 });
  });

  test('Ctrl-Z and zero bytes at the end of a DOS file are told of once', () => {
    expect(shape(`${text}\r\n\x1a\x1a\0`)).toEqual({ ...clean, findings: ['trailing.data'] });
  });

  test('an interchange behind the Ctrl-Z of another is read', () => {
    expect(shape(`${text}\x1a${text}`)).toMatchObject({ segments: 34, findings: ['trailing.data'] });
  });

  test('names that hold ISA, as ISAAC and NARCISA, begin no interchange', () => {
    const names = ['ISA*SAMPLE', 'ISA', 'ISAAC*NARCISA', 'NARCISA ISA*ISA'];
    const file = [isa, gs, bare, ...names.map((name) => `NM1*IL*1*${name}~`), 'SE*6*0001~', ge, iea].join('');
    expect(shape(file)).toMatchObject({ segments: 10, interchanges: [{ control: '000000905' }], findings: [] });
    expect(shape(file.replaceAll('*ISA*SAMPLE~', '*ISA*SAMPLE\nISA*~'))).toMatchObject({ segments: 10, findings: [] });
  });

  test('names in UTF-8 and in lower case are data like any other', () => {
    const file = text.replace('ISAAC*NARCISA', 'Núñez*josé');
    expect(shape(file)).toEqual(clean);
  });

  test('a question mark releases no delimiter: that is EDIFACT', () => {
    expect(read(text.replace('ISAAC*NARCISA', 'O?*BRIEN?')).findings).toEqual([]);
    expect(shape(text.replace('*9SAMPLE', '?~TRN*1*9SAMPLE'))).toMatchObject({ segments: 18, findings: ['se.count'] });
  });

  test('two files that are read at the same time do not disturb each other', () => {
    const [one, two] = [new X12Reader('envelopes'), new X12Reader('envelopes')];
    const other = latin1(text.replaceAll('~', '\n'));
    for (const [at, byte] of latin1(text).entries()) {
      one.push(Uint8Array.of(byte));
      two.push(other.subarray(at, at + 1));
    }
    expect([one.end(), two.end()]).toEqual([whole, read(other)]);
  });

  test('a name in ISO 8859-1 is read and told of', () => {
    const { findings } = read(latin1(text.replace('ISAAC', 'NU\xd1EZ')));
    expect(findings).toMatchObject([{ code: 'encoding', severity: 'warning', segment: 10, transaction: '0001' }]);
  });
});
