// How an interchange tells what separates its elements, and an ISA that does not.
import { describe, expect, test } from 'vitest';
import { found, inquiry, isa, read, shape } from './testing/samples.ts';

const text = inquiry.join('');
const clean = shape(text);

test('two interchanges have their own delimiters each', () => {
  const other = text
    .replaceAll('*', '|')
    .replaceAll(':', '>')
    .replaceAll('~', '\n')
    .replaceAll('^', '!')
    .replaceAll('000000905', '000000906');
  const { interchanges, segments, findings } = read(text + other);
  expect(interchanges.map(({ control, delimiters }) => ({ control, ...delimiters }))).toEqual([
    { control: '000000905', element: '*', component: ':', repetition: '^', segment: '~' },
    { control: '000000906', element: '|', component: '>', repetition: '!', segment: '\n' },
  ]);
  expect({ segments, findings }).toEqual({ segments: 34, findings: [] });
});

test('ISA11 is no repetition separator in 4010, nor where it is the letter U', () => {
  const repetition = (file: string) => read(file).interchanges[0]?.delimiters.repetition;
  expect(repetition(text.replace('*^*00501*', '*^*00402*'))).toBe('^');
  expect(repetition(text.replace('*^*00501*', '*^*00401*'))).toBeNull();
  expect(repetition(text.replace('*^*00501*', '*U*00501*'))).toBeNull();
  expect(read(text.replace('*^*00501*', '*U*00401*')).findings).toEqual([]);
});

describe('an ISA that is not as it must be', () => {
  test('ISA06 and ISA08 without their padding are told of, the interchange is read', () => {
    const short = text.replace('CLINIC         ', 'CLINIC').replace('PAYER          ', '');
    expect(shape(short)).toEqual({ ...clean, findings: ['isa.malformed', 'isa.malformed'] });
    expect(read(short).findings.map(({ message }) => message)).toEqual([
      'ISA06 has 6 characters, 15 are required.',
      'ISA08 has 0 characters, 15 are required.',
    ]);
    expect(read(short).interchanges[0]).toMatchObject({ sender: 'ZZ:CLINIC', receiver: 'ZZ:' });
  });

  test('a sender or receiver of blanks is read as empty', () => {
    const blank = text.replace('CLINIC         ', ' '.repeat(15));
    expect(read(blank)).toMatchObject({ findings: [], interchanges: [{ sender: 'ZZ:', receiver: 'ZZ:PAYER' }] });
  });

  test.each([
    ['an element too few', isa.replace('*0*P', '*P')],
    ['an element too many', isa.replace('*0*P', '*0*0*P')],
    ['no ISA16', isa.replace('*:~', '*~')],
    ['neither ISA16 nor its separator', isa.replace('*:~', '~')],
  ])('%s: the segments are read nevertheless', (_name, header) => {
    for (const between of ['', '\n', '\r\n'])
      expect(shape([header, ...inquiry.slice(1)].join(between))).toMatchObject({
        segments: 17,
        interchanges: [{ groups: [{ transactions: [{ segments: 13 }] }] }],
      });
    expect(found(read([header, ...inquiry.slice(1)].join('')))).toContain('isa.malformed at 0');
  });

  test('an ISA with elements missing and a newline as the terminator is read', () => {
    const file = [isa.replace('*0*P', '*P'), ...inquiry.slice(1)].join('').replaceAll('~', '\n');
    expect(shape(file)).toMatchObject({ segments: 17, interchanges: [{ groups: [{ control: '1' }] }] });
    expect(read(file).interchanges[0]?.delimiters).toMatchObject({ component: ':', segment: '\n' });
  });

  test('one character as component separator and terminator is told of', () => {
    const file = [isa.replace(':~', '~~'), ...inquiry.slice(1)].join('');
    expect(shape(file)).toEqual({ ...clean, findings: ['isa.delimiters'] });
  });

  test('an ISA16 that separates nothing is told of', () => {
    for (const separator of ['A', ' ', '0'])
      expect(shape(text.replace('*:~', `*${separator}~`))).toEqual({ ...clean, findings: ['isa.delimiters'] });
  });

  test('one character as component and repetition separator is told of', () => {
    expect(shape(text.replace('*^*', '*:*'))).toEqual({ ...clean, findings: ['isa.delimiters'] });
  });

  test('an ISA of the right width with a letter for its terminator is told of, and the next one is read', () => {
    expect(shape(`${isa.replace('~', 'x')}${'y'.repeat(600)} ${text}`)).toEqual({
      ...clean,
      findings: ['isa.malformed'],
    });
    expect(shape(`mail ${isa.replace('~', 'x')}${'y'.repeat(600)} ${text}`)).toMatchObject({ segments: 17 });
  });

  test('an ISA that tells no delimiters is told of, and the next interchange is read', () => {
    expect(shape(`ISA*00*lost ${'x'.repeat(600)}${text}`)).toEqual({ ...clean, findings: ['isa.malformed'] });
  });
});
